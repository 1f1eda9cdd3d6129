"""The index behind the staff's search. Staff only: it holds the words of private records."""

import re

from django.db import models

TERM = re.compile(r"[a-t]+")
BESIDE = "q"  # begins a token of a name that is not in the record: of its type, or another of an organisation in it


class SearchEntry(models.Model):
    """The words of one record, cut by ``missions.search.tokens``. ``missions.search.staff`` keeps it.

    A word of the title stands twice, the second time marked as such. The databases index the tokens by
    themselves, PostgreSQL with GIN and SQLite with FTS5; the migration that made this table says how.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    tokens = models.TextField()

    words = "to_tsvector('simple', {0}.tokens)"  # what PostgreSQL's index is made of, as the migration has it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="search_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.record}"


class Holds(models.Lookup):
    """Asks the databases' own indexes for terms, a sequence of them."""

    prepare_rhs = False

    def query(self, operator):
        """The query of a database, whose operator joins terms. Raises ``ValueError`` for what is not a term."""
        return checked(self.rhs, operator)

    def as_postgresql(self, compiler, connection):
        """The expression that the GIN index is made of."""
        words = self.lhs.target.model.words.format(compiler.quote_name_unless_alias(self.lhs.alias))
        return f"{words} @@ %s::tsquery", [self.query(self.postgresql)]

    def as_sqlite(self, compiler, connection):
        """The rows that FTS5 finds."""
        key = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"
        words = f"{self.lhs.target.model._meta.db_table}_words"
        return f"{key} IN (SELECT rowid FROM {words} WHERE {words} MATCH %s)", [self.query(self.sqlite)]


def checked(terms, operator):
    """Terms joined as a database asks for it. Raises ``ValueError`` for what could be taken for an instruction."""
    if wrong := [term for term in terms if not TERM.fullmatch(term)]:
        raise ValueError(f"Not a term of missions.search.tokens: {wrong[0]!r}")
    return operator.join(terms)


class Every(Holds):
    """Entries that hold every one of the terms."""

    lookup_name = "every"
    postgresql, sqlite = " & ", " AND "


class Any(Holds):
    """Entries that hold at least one of the terms."""

    lookup_name = "any"
    postgresql, sqlite = " | ", " OR "


class EveryOrBeside(Every):
    """Entries that hold every one of the terms, each in a text of the record or in a name that stands beside it."""

    lookup_name = "every_or_beside"
    either = {" & ": " | ", " AND ": " OR "}

    def query(self, operator):
        return operator.join(f"({checked((term, BESIDE + term), self.either[operator])})" for term in self.rhs)


SearchEntry._meta.get_field("tokens").register_lookup(Every)
SearchEntry._meta.get_field("tokens").register_lookup(EveryOrBeside)
SearchEntry._meta.get_field("tokens").register_lookup(Any)
