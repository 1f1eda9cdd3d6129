"""The databases' own indexes of words: GIN on PostgreSQL, FTS5 with its triggers on SQLite.

On SQLite a later change of one of these tables makes it anew, and its triggers must be made again with it.
"""

STAFF, PUBLIC = "missions_searchentry", "missions_publicentry"
POSTGRESQL = [
    # A short list of what is still to be sorted in: every search reads it from end to end.
    f"""
    CREATE INDEX search_entry_tokens ON {STAFF}
        USING gin (to_tsvector('simple', tokens)) WITH (gin_pending_list_limit = 256)
    """,
    # The block of keys to which an entry belongs is a word as well: what very many entries hold is looked for among the
    # newest first (missions/models/public_entry.py asks so).
    f"""
    CREATE INDEX public_entry_tokens ON {PUBLIC}
        USING gin (to_tsvector('simple', tokens || ' u' || kind || (id >> 14)::text))
        WITH (gin_pending_list_limit = 64)
    """,
    # Knowing how common a term is, the planner would read the whole table for one that nearly every row has, and cut
    # each row into words again. Without statistics it takes every term for rare and asks the index.
    "ALTER INDEX search_entry_tokens ALTER COLUMN 1 SET STATISTICS 0",
    "ALTER INDEX public_entry_tokens ALTER COLUMN 1 SET STATISTICS 0",
    # Long tokens move out of the row, so that many rows found stand on few pages; those of a title stay in it.
    f"ALTER TABLE {STAFF} SET (toast_tuple_target = 128)",
    f"ALTER TABLE {PUBLIC} SET (toast_tuple_target = 512)",
]


def on_sqlite(table):
    """The index of one table's tokens, and the triggers that keep it."""
    added = f"INSERT INTO {table}_words (rowid, tokens) VALUES (new.id, new.tokens);"
    removed = f"INSERT INTO {table}_words ({table}_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
    return [
        f"""
        CREATE VIRTUAL TABLE {table}_words USING fts5
            (tokens, content='{table}', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)
        """,
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {added} END",
        f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {removed} END",
        f"""
        CREATE TRIGGER {table}_changed AFTER UPDATE OF tokens ON {table} WHEN old.tokens <> new.tokens
        BEGIN {removed} {added} END
        """,
    ]


MADE = {"postgresql": POSTGRESQL, "sqlite": [*on_sqlite(STAFF), *on_sqlite(PUBLIC)]}
UNDONE = {
    "postgresql": ["DROP INDEX search_entry_tokens", "DROP INDEX public_entry_tokens"],
    "sqlite": [
        *(f"DROP TRIGGER {table}_{verb}" for table in (STAFF, PUBLIC) for verb in ("added", "removed", "changed")),
        *(f"DROP TABLE {table}_words" for table in (STAFF, PUBLIC)),
    ],
}


def make(schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def undo(schema_editor):
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
