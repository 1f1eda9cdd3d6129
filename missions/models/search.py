"""The index behind the staff's search. Staff only: it holds the words of private records."""

import re

from django.db import models

TERM = re.compile(r"[a-pt]+\*?")


class SearchEntry(models.Model):
    """The words of one record, cut by ``missions.bigrams``. ``missions.search`` keeps it.

    A word of the title stands twice, the second time marked as such. The databases index the tokens by
    themselves, PostgreSQL with GIN and SQLite with FTS5; the migration that made this table says how.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    tokens = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="search_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.record}"


class _Holds(models.Lookup):
    """Asks the databases' own indexes for terms, a sequence of them."""

    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        """The expression that the GIN index is made of."""
        column, params = compiler.compile(self.lhs)
        asked = self.postgresql.join(term.replace("*", ":*") for term in self._terms())
        return f"to_tsvector('simple', {column}) @@ %s::tsquery", [*params, asked]

    def as_sqlite(self, compiler, connection):
        """The rows that FTS5 finds."""
        key = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"
        asked = self.sqlite.join(self._terms())
        found = "(SELECT rowid FROM missions_searchentry_words WHERE missions_searchentry_words MATCH %s)"
        return f"{key} IN {found}", [asked]

    def _terms(self):
        if wrong := [term for term in self.rhs if not TERM.fullmatch(term)]:
            raise ValueError(f"Not a term of missions.bigrams: {wrong[0]!r}")
        return self.rhs


class Every(_Holds):
    """Entries that hold every one of the terms."""

    lookup_name = "every"
    postgresql, sqlite = " & ", " AND "


class Any(_Holds):
    """Entries that hold at least one of the terms."""

    lookup_name = "any"
    postgresql, sqlite = " | ", " OR "


SearchEntry._meta.get_field("tokens").register_lookup(Every)
SearchEntry._meta.get_field("tokens").register_lookup(Any)
