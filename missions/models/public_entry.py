"""The index behind the public search. It holds words of what the public may read, and of nothing else."""

from dataclasses import dataclass

from django.db import models

from missions.fields.capped import MOST
from missions.models.search_entry import Every, checked

# PostgreSQL's index holds which block of 2 ** 14 keys an entry belongs to, as a word: u, its kind, the block's number.
BLOCK = 14


class PublicEntry(models.Model):
    """The words of one published record. ``missions.search.index`` keeps it.

    Entries are written in the order in which records are published, so that the greatest keys are the newest.
    ``tokens`` also hold the kind, the countries and the bodies of a record, so that the index alone answers a
    search that is narrowed to them. ``title`` repeats the words of the title, each between blanks.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    day = models.DateField(null=True)
    title = models.TextField()
    tokens = models.TextField()

    # What PostgreSQL's index is made of, as the migration has it.
    words = f"to_tsvector('simple', {{0}}.tokens || ' u' || {{0}}.kind || ({{0}}.id >> {BLOCK})::text)"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="public_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.record}"


# For a table that is filled from nothing: PostgreSQL makes an index at once much faster than row by row.
POSTGRESQL_INDEX = "public_entry_tokens"
POSTGRESQL_MAKES = [
    f"CREATE INDEX IF NOT EXISTS {POSTGRESQL_INDEX} ON missions_publicentry USING gin ("
    + PublicEntry.words.format("missions_publicentry")
    + ") WITH (gin_pending_list_limit = 64)",
    f"ALTER INDEX {POSTGRESQL_INDEX} ALTER COLUMN 1 SET STATISTICS 0",
]


@dataclass(frozen=True)
class Sought:
    """What entries hold: every one of the terms, and the token of one of ``kinds``.

    ``newest_of`` names their only kind where very many may hold the terms.
    """

    terms: tuple
    kinds: tuple
    newest_of: str = ""

    def query(self, conjunction, disjunction):
        """The query of a database for them. Raises ``ValueError`` for what is not a term."""
        return f"{checked(self.terms, conjunction)}{conjunction}({checked(self.kinds, disjunction)})"


# From the newest block back to the first, or until there are enough. The block is a condition of its own and comes
# first: GIN then enters the lists of the terms where the block begins. No index has the order of id + 0: the planner
# must not read the table backwards instead, and cut each entry into words again.
WALK = f"""
SELECT id FROM generate_series((SELECT max(id) FROM {{table}}) >> {BLOCK}, 0, -1) AS block, LATERAL (
    SELECT id FROM {{table}} WHERE {{words}} @@ ('u{{kind}}' || block)::tsquery AND {{words}} @@ %s::tsquery
    ORDER BY id + 0 DESC LIMIT {{limit}}
) AS found LIMIT {{limit}}"""
ALL = "SELECT id FROM {table} WHERE {words} @@ %s::tsquery"


class Newest(models.Lookup):
    """The newest entries of each of several ``Sought``: at most ``MOST`` and one more where there may be many.

    These are ranked; where there are more, they are the last ones published. GIN always collects every hit, so that
    on PostgreSQL entries are asked for block by block. FTS5 reads its lists from the end by itself.
    """

    lookup_name = "newest"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        """The keys as an array, which the planner takes for a short one."""
        table = connection.ops.quote_name(self.lhs.target.model._meta.db_table)
        words = self.lhs.target.model.words.format(table)
        found = [
            (WALK if sought.newest_of else ALL).format(table=table, words=words, kind=sought.newest_of, limit=MOST + 1)
            for sought in self.rhs
        ]
        params = [sought.query(" & ", " | ") for sought in self.rhs]
        key = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"
        return f"{key} = ANY (ARRAY({' UNION ALL '.join(f'({rows})' for rows in found)}))", params

    def as_sqlite(self, compiler, connection):
        """From the end of FTS5's lists."""
        words = f"{self.lhs.target.model._meta.db_table}_words"
        found, params = [], [sought.query(" AND ", " OR ") for sought in self.rhs]
        for sought in self.rhs:
            limit = f" ORDER BY rowid DESC LIMIT {MOST + 1}" if sought.newest_of else ""
            found.append(f"SELECT rowid FROM (SELECT rowid FROM {words} WHERE {words} MATCH %s{limit})")
        key = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"
        return f"{key} IN ({' UNION ALL '.join(found)})", params


PublicEntry._meta.get_field("tokens").register_lookup(Every)
PublicEntry._meta.get_field("tokens").register_lookup(Newest)
