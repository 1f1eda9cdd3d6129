"""Counts that stop at a thousand: beyond that a page says “1,000+”, however many there are."""

from django.db.models import Expression, IntegerField

MOST = 1000


def shown(count):
    """A count as it is printed: exact up to a thousand."""
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


class Capped(Expression):
    """How many rows a query finds, ``MOST`` + 1 at most. The query may not refer to the one around it."""

    output_field = IntegerField()

    def __init__(self, rows):
        super().__init__()
        self.query = rows.order_by().values("pk")[: MOST + 1].query

    def as_sql(self, compiler, connection):
        """Count inside the database, in the query that asks for the rest of the page."""
        sql, params = self.query.get_compiler(connection=connection).as_sql()
        return f"(SELECT COUNT(*) FROM ({sql}) capped)", params  # noqa: S608 - the ORM wrote it

    def get_group_by_cols(self):
        """Nothing to group by: it is the same for every row."""
        return []
