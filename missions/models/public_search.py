"""The index behind the public search. It holds words of what the public may read, and of nothing else."""

from dataclasses import dataclass

from django.db import models

from missions.capped import MOST
from missions.models.search import Every, checked

# Letters under which PostgreSQL's index has an entry's kind and its place in the order of writing, and the bits that
# each drops. The entries of this block and the one before are the newest 4,096 to 8,192, and so on.
BLOCKS = {"u": 12, "v": 14, "w": 16, "x": 18}


class PublicEntry(models.Model):
    """The words of one published record. ``missions.public_index`` keeps it.

    Entries are written in the order in which records are published, so that the greatest keys are the newest.
    ``tokens`` also hold the kind, the countries and the bodies of a record, so that the index alone answers a
    search that is narrowed to them. ``title`` repeats the words of the title, each between blanks.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    day = models.DateField(null=True)
    title = models.TextField()
    tokens = models.TextField()

    words = (  # what PostgreSQL's index is made of, as the migration has it
        "to_tsvector('simple', {0}.tokens || ' u' || {0}.kind || ({0}.id >> 12)::text"
        " || ' v' || {0}.kind || ({0}.id >> 14)::text || ' w' || {0}.kind || ({0}.id >> 16)::text"
        " || ' x' || {0}.kind || ({0}.id >> 18)::text)"
    )

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
    """What entries hold: all ``terms``, and one of ``kinds``, which are terms too.

    ``newest_of`` names their only kind where very many may hold the terms.
    """

    terms: tuple
    kinds: tuple
    newest_of: str = ""

    def every(self, conjunction):
        """The terms as a query of a database. Raises ``ValueError`` for what is not a term."""
        return checked(self.terms, conjunction)

    def of_kinds(self, conjunction, disjunction):
        """The terms and the kinds as a query of a database."""
        return f"{self.every(conjunction)}{conjunction}({checked(self.kinds, disjunction)})"


class Newest(models.Lookup):
    """The newest entries of each of several ``Sought``: at most ``MOST`` and one more where there may be many.

    These are ranked; where there are more, they are the last ones published.

    Only there are blocks worth their planning, and only where there are many worth their asking. What this costs does
    not grow with the table: a word that very many entries hold is looked for among the newest first, and further back
    only where these have too few. FTS5 reads its lists from the end by itself.
    """

    lookup_name = "newest"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        """Block by block, each looked into only if the ones before gave too few, and this one may give enough."""
        table = connection.ops.quote_name(self.lhs.target.model._meta.db_table)
        words = self.lhs.target.model.words.format(table)
        tables, found, params = [f"top AS (SELECT coalesce(max(id), 0) AS id FROM {table})"], [], []
        for number, sought in enumerate(self.rhs):
            before, limit = [], f" ORDER BY id DESC LIMIT {MOST + 1}" if sought.newest_of else ""
            if sought.newest_of:
                rows = f"SELECT FROM {table} WHERE kind = %s ORDER BY record OFFSET {MOST} LIMIT 1"
                tables.append(f"many{number} AS MATERIALIZED ({rows})")
                params.append(sought.newest_of)
            for letter in [*BLOCKS, "all"] if sought.newest_of else ["all"]:
                name = f"{letter}{number}"
                gates = f" AND EXISTS (SELECT FROM many{number})" if letter in BLOCKS else ""
                gates += "".join(f" AND (SELECT count(*) FROM {other}) <= {MOST}" for other in before)
                if letter in BLOCKS and before:
                    gates += f" AND (SELECT count(*) FROM {before[0]}) * {_larger(letter)} > {MOST} / 2"
                # OFFSET 0: a common word must not lure the planner into reading the table backwards.
                tables.append(
                    f"{name} AS MATERIALIZED (SELECT id FROM (SELECT id FROM {table}"
                    f" WHERE {words} @@ {_within(letter)}{gates} OFFSET 0) {name}_found{limit})"
                )
                asked = sought.every(" & ") if letter in BLOCKS else sought.of_kinds(" & ", " | ")
                params += [asked, *([sought.newest_of] * 2 if letter in BLOCKS else [])]
                found.append(f"SELECT id FROM {name}")
                before.append(name)
        # An array, so that entries are looked up by their keys: for a thousand the planner might read the whole table.
        keys = f"ARRAY(WITH {', '.join(tables)} {' UNION '.join(found)})"
        return f"{self._key(compiler, connection)} = ANY ({keys})", params

    def as_sqlite(self, compiler, connection):
        """From the end of FTS5's lists."""
        words = f"{self.lhs.target.model._meta.db_table}_words"
        found, params = [], [sought.of_kinds(" AND ", " OR ") for sought in self.rhs]
        for sought in self.rhs:
            limit = f" ORDER BY rowid DESC LIMIT {MOST + 1}" if sought.newest_of else ""
            found.append(f"SELECT rowid FROM (SELECT rowid FROM {words} WHERE {words} MATCH %s{limit})")
        return f"{self._key(compiler, connection)} IN ({' UNION ALL '.join(found)})", params

    def _key(self, compiler, connection):
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"


def _larger(letter):
    """How many times as large the blocks of a letter are as the smallest: what was found there tells what to expect."""
    return 1 << BLOCKS[letter] - min(BLOCKS.values())


def _within(letter):
    """The condition of a query on PostgreSQL, limited to the newest two blocks of a size."""
    if letter not in BLOCKS:
        return "%s::tsquery"
    block = f"(SELECT id FROM top) >> {BLOCKS[letter]}"
    blocks = f"'{letter}' || %s || ({block})::text || ' | {letter}' || %s || greatest(({block}) - 1, 0)::text"
    return f"(%s || ' & (' || {blocks} || ')')::tsquery"


PublicEntry._meta.get_field("tokens").register_lookup(Every)
PublicEntry._meta.get_field("tokens").register_lookup(Newest)
