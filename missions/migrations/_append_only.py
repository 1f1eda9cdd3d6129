"""Triggers: what was written in some tables is never changed and never deleted."""

TABLES = {
    "accessrecord": "This record is kept as it was written.",
    "difficultyevent": "The history of a difficulty cannot be changed.",
    "informationevent": "The history of local information cannot be changed.",
    "periodreport": "A report stands as it was issued.",
    "rolechange": "This record is kept as it was written.",
    "signin": "This record is kept as it was written.",
}

# The rows of a table that may be deleted after all. Of a difficulty that a list brought in, while the list is taken
# back: the event of its filing, and no other. A difficulty with any further event stays, and so does its list.
DELETED = {
    "difficultyevent": """OLD.step = 'file' AND EXISTS (
        SELECT 1 FROM missions_importrow AS brought JOIN missions_importbatch AS list ON list.id = brought.batch_id
        WHERE brought.record = OLD.difficulty_id AND CAST(brought."before" AS text) = '{}'
        AND list.kind = 'difficulty' AND list.state = 'undoing')"""
}


def made(vendor, name):
    """The statements that keep the rows of one table."""
    table, refused, allowed = f"missions_{name}", TABLES[name], DELETED.get(name, "false")
    if vendor == "postgresql":
        return [
            f"""
            CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF {allowed} THEN RETURN OLD; END IF;
                END IF;
                RAISE EXCEPTION '{refused}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"""
            CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_kept()
            """,
            f"""
            CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()
            """,
        ]
    # REPLACE deletes a row without telling the trigger that guards against DELETE: so a third one guards INSERT.
    return [
        f"CREATE TRIGGER {table}_update_kept BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END",
        f"""
        CREATE TRIGGER {table}_delete_kept BEFORE DELETE ON {table} WHEN NOT ({allowed})
        BEGIN SELECT RAISE(ABORT, '{refused}'); END
        """,
        f"""
        CREATE TRIGGER {table}_replace_kept BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, '{refused}'); END
        """,
    ]


def undone(vendor, name):
    """The statements that take it away again."""
    table = f"missions_{name}"
    if vendor == "postgresql":
        return [f"DROP FUNCTION {table}_kept() CASCADE"]
    return [f"DROP TRIGGER {table}_{verb}_kept" for verb in ("update", "delete", "replace")]


def make(schema_editor):
    for name in TABLES:
        for statement in made(schema_editor.connection.vendor, name):
            schema_editor.execute(statement, params=None)


def undo(schema_editor):
    for name in TABLES:
        for statement in undone(schema_editor.connection.vendor, name):
            schema_editor.execute(statement, params=None)
