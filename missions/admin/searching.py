"""How the desk keeps the search index where it deletes."""

from contextlib import contextmanager

from missions.search import staff as staff_search


@contextmanager
def forgetting(model, rows):
    """Take the words of rows out of the index while they are deleted, and write anew the entries that held them."""
    rows = list(rows)
    bearers = [bearer for row in rows for bearer in _bearers(row)]
    staff_search.forget(model, [row.pk for row in rows])
    yield
    staff_search.keep(*bearers)


def _bearers(row):
    """The rows that a row points to, in whose entries its words may stand."""
    found = (getattr(row, field.name) for field in row._meta.fields if field.many_to_one)
    return [bearer for bearer in found if bearer is not None]
