"""The index behind the public search. It holds words of what the public may read, and of nothing else."""

from dataclasses import dataclass

from django.db import models

from missions.fields.capped import MOST
from missions.models.search_entry import Every, checked

# Letters under which PostgreSQL's index has an entry's kind and its place in the order of writing, and the bits that
# each drops. The entries of this block and the one before are the newest 4,096 to 8,192, and so on.
BLOCKS = {"u": 12, "v": 14, "w": 16, "x": 18}


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
    """What entries hold: all ``terms``, the token of each condition, and that of one of ``kinds``.

    ``newest_of`` names their only kind where very many may hold the terms. ``dated`` says that a condition is a time,
    so that the hits may lie together and far back.
    """

    terms: tuple
    kinds: tuple
    newest_of: str = ""
    conditions: tuple = ()
    dated: bool = False

    def apart(self):
        """The terms, and then each condition, as queries of PostgreSQL. Raises ``ValueError`` for what is not a term.

        Each begins where the others do; of one query, every entry that has the rarest of its terms would be read.
        """
        return [checked(self.terms, " & "), *(checked([condition], "") for condition in self.conditions)]

    def together(self, conjunction, disjunction):
        """Terms, conditions and kinds as one query of a database. Raises ``ValueError`` as well."""
        every = checked([*self.terms, *self.conditions], conjunction)
        return f"{every}{conjunction}({checked(self.kinds, disjunction)})"


# How PostgreSQL looks for entries of one kind: among the newest, then back block by block until there are enough. A
# block is so large that, as the newest let expect, four hold enough; where all have few, they are asked for at once.
# What 64 samples say most entries are is then left to the rows: in so long a list each hit would be looked up alone.
# OFFSET 0: a common word must not lure the planner into reading the table backwards.
STEPS = """
many{n} AS MATERIALIZED (
    SELECT FROM {table} WHERE kind = '{kind}' ORDER BY record OFFSET {most} LIMIT 1
), near{n} AS MATERIALIZED (
    SELECT id, place FROM (
        SELECT id, ctid AS place FROM {table}
        WHERE {every} AND {words} @@ (
            SELECT string_agg('u{kind}' || block, ' | ')
            FROM top, generate_series(greatest((top.id >> 12) - 1, 0), top.id >> 12) AS block
        )::tsquery AND EXISTS (SELECT FROM many{n}) OFFSET 0
    ) found ORDER BY id DESC LIMIT {most} + 1
), size{n} AS MATERIALIZED (
    SELECT letter, bits
    FROM top, (SELECT count(*) AS hits FROM near{n}) AS near, (VALUES {letters}, ('', {all})) AS size (letter, bits)
    WHERE hits <= {most} AND bits >= CASE
        WHEN NOT EXISTS (SELECT FROM many{n}) THEN {all}
        WHEN hits < 2 THEN CASE WHEN top.id >> {unseen} < 256 THEN {unseen} ELSE {all} END
        WHEN NOT {dated} AND hits * top.id < 3 * {most} * (4096 + top.id %% 4096) THEN {all}
        ELSE least(18, log(2, {most} * (4096 + top.id %% 4096) / (4 * hits)))
    END
    ORDER BY bits LIMIT 1
), back{n} AS MATERIALIZED (
    SELECT place
    FROM top, size{n}, generate_series(top.id >> bits, 0, -1) AS block, LATERAL (
        SELECT place FROM (
            SELECT id, ctid AS place FROM {table}
            WHERE {every} AND {words} @@ (letter || '{kind}' || block)::tsquery OFFSET 0
        ) found ORDER BY id DESC LIMIT {most} + 1
    ) AS found
    WHERE bits < {all} LIMIT {most} + 1
), all{n} AS MATERIALIZED (
    SELECT place FROM (
        SELECT id, ctid AS place, kind FROM {table} WHERE {words} @@ (
            SELECT CASE WHEN count(*) > 32 THEN %s ELSE %s END
            FROM top CROSS JOIN generate_series(1, 64) AS part
            JOIN {table} sample ON sample.id = top.id * part / 64 AND sample.kind = '{kind}'
        )::tsquery AND EXISTS (SELECT FROM size{n} WHERE bits = {all}) OFFSET 0
    ) found WHERE kind = '{kind}' ORDER BY id DESC LIMIT {most} + 1
)"""
FIXED = {"all": 62, "letters": ", ".join(f"('{letter}', {bits})" for letter, bits in BLOCKS.items())}


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
        """In steps, each of which is taken only where the ones before found too few."""
        table = connection.ops.quote_name(self.lhs.target.model._meta.db_table)
        words = self.lhs.target.model.words.format(table)
        steps, found = [f"top AS (SELECT coalesce(max(id), 0) AS id FROM {table})"], []
        params, last = [], []
        for n, sought in enumerate(self.rhs):
            asked = sought.together(" & ", " | ")
            if sought.newest_of:
                every = sought.apart()
                said = {
                    "every": " AND ".join(f"{words} @@ %s::tsquery" for _query in every),
                    "kind": sought.newest_of,
                    "most": MOST,
                    "dated": sought.dated,
                    "unseen": 16 if sought.dated else 18,
                }
                steps.append(STEPS.format(n=n, table=table, words=words, **said, **FIXED))
                params += [*every, *every, " & ".join(every), asked]
                found += [f"SELECT place FROM {step}{n}" for step in ("near", "back", "all")]
            else:
                found.append(f"SELECT ctid FROM {table} WHERE {words} @@ %s::tsquery")
                last.append(asked)
        # Places and not keys, which would have to be looked up; an array, which the planner takes for a short one.
        places = f"ARRAY(WITH {', '.join(steps)} {' UNION ALL '.join(found)})"
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.ctid = ANY ({places})", [*params, *last]

    def as_sqlite(self, compiler, connection):
        """From the end of FTS5's lists."""
        words = f"{self.lhs.target.model._meta.db_table}_words"
        found, params = [], [sought.together(" AND ", " OR ") for sought in self.rhs]
        for sought in self.rhs:
            limit = f" ORDER BY rowid DESC LIMIT {MOST + 1}" if sought.newest_of else ""
            found.append(f"SELECT rowid FROM (SELECT rowid FROM {words} WHERE {words} MATCH %s{limit})")
        key = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{connection.ops.quote_name('id')}"
        return f"{key} IN ({' UNION ALL '.join(found)})", params


PublicEntry._meta.get_field("tokens").register_lookup(Every)
PublicEntry._meta.get_field("tokens").register_lookup(Newest)
