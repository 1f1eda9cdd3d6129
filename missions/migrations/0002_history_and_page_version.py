"""Triggers: the history of difficulties is append-only, and the page version moves with what the public pages show.

The page version is the moment of the change in microseconds, or one more than before where that is not more: a
database that was restored from a backup never gives the same number to other words. On SQLite a later change of one
of these tables makes the table anew and its triggers must be made again with it: ``moving_on_sqlite(table, column)``.
"""

from django.db import migrations

HISTORY = "missions_difficultyevent"
REFUSED = "The history of a difficulty cannot be changed."
# REPLACE deletes a row without telling the trigger that guards against DELETE: so a third one guards INSERT.
HISTORY_KEPT = {
    "postgresql": [
        f"""
        CREATE FUNCTION {HISTORY}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        f"""
        CREATE TRIGGER {HISTORY}_kept BEFORE UPDATE OR DELETE ON {HISTORY}
        FOR EACH ROW EXECUTE FUNCTION {HISTORY}_kept()
        """,
        f"""
        CREATE TRIGGER {HISTORY}_kept_whole BEFORE TRUNCATE ON {HISTORY}
        FOR EACH STATEMENT EXECUTE FUNCTION {HISTORY}_kept()
        """,
    ],
    "sqlite": [
        *(
            f"CREATE TRIGGER {HISTORY}_{verb}_kept BEFORE {verb} ON {HISTORY} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for verb in ("update", "delete")
        ),
        f"""
        CREATE TRIGGER {HISTORY}_replace_kept BEFORE INSERT ON {HISTORY}
        WHEN EXISTS (SELECT 1 FROM {HISTORY} WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
    ],
}
HISTORY_OPENED = {
    "postgresql": [f"DROP FUNCTION {HISTORY}_kept() CASCADE"],
    "sqlite": [f"DROP TRIGGER {HISTORY}_{verb}_kept" for verb in ("update", "delete", "replace")],
}

PUBLISHED = [
    "agendaitem",
    "agreement",
    "agreement_sources",
    "attendance",
    "body",
    "body_sources",
    "bodystep",
    "caseactor",
    "commitment",
    "country",
    "difficultytype",
    "discrepancy",
    "discrepancy_bodies",
    "discrepancy_sources",
    "localinformation",
    "localinformation_sources",
    "meeting",
    "meeting_sources",
    "membership",
    "membership_sources",
    "ministry",
    "ministry_sources",
    "mission",
    "mission_covers",
    "mission_sources",
    "organisation",
    "organisation_sources",
    "party",
    "publicentry",
    "publishedcase",
    "publishedcase_sources",
    "region",
    "reportedresult",
    "reportedresult_sources",
    "sector",
    "source",
    "supportprogramme",
    "supportprogramme_organisations",
    "supportprogramme_sources",
]
COUNTED = ["action", "difficulty", "difficultyevent", "linkage"]
VERBS = ["insert", "update", "delete"]

# The one row is locked once a transaction and as its last act, when the deferred triggers run: whoever waits for it
# waits for a commit, and a transaction that waits for another's row holds no lock here. The setting that says it was
# done is undone together with it by a rollback to a savepoint.
PAGE_VERSION_MOVED = """
    CREATE FUNCTION missions_pageversion_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        done text := 'missions.moved_' || TG_ARGV[0];
        moment bigint := extract(epoch FROM clock_timestamp()) * 1000000;
    BEGIN
        IF current_setting(done, true) IS DISTINCT FROM txid_current()::text THEN
            INSERT INTO missions_pageversion AS current (id, published, counted) VALUES (1, moment, moment)
            ON CONFLICT (id) DO UPDATE SET
                published = CASE TG_ARGV[0] WHEN 'published'
                    THEN greatest(current.published + 1, moment) ELSE current.published END,
                counted = CASE TG_ARGV[0] WHEN 'counted'
                    THEN greatest(current.counted + 1, moment) ELSE current.counted END;
            PERFORM set_config(done, txid_current()::text, true);
        END IF;
        RETURN NULL;
    END $$
"""


def moving_on_postgresql(table, column):
    """The triggers of one table."""
    call = f"EXECUTE FUNCTION missions_pageversion_moved('{column}')"
    return [
        f"""
        CREATE CONSTRAINT TRIGGER {table}_version AFTER INSERT OR UPDATE OR DELETE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {call}
        """,
        f"CREATE TRIGGER {table}_version_emptied AFTER TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]


def moving_on_sqlite(table, column):
    """The triggers of one table."""
    return [
        f"""
        CREATE TRIGGER {table}_version_{verb} AFTER {verb} ON {table}
        BEGIN
            INSERT INTO missions_pageversion (id, published, counted)
                SELECT 1, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM missions_pageversion);
            UPDATE missions_pageversion SET {column} =
                max({column} + 1, CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER));
        END
        """
        for verb in VERBS
    ]


def made(vendor):
    """Every statement of this file for one database."""
    moving = {"postgresql": moving_on_postgresql, "sqlite": moving_on_sqlite}[vendor]
    tables = [("published", name) for name in PUBLISHED] + [("counted", name) for name in COUNTED]
    function = [PAGE_VERSION_MOVED] if vendor == "postgresql" else []
    triggers = [statement for column, name in tables for statement in moving(f"missions_{name}", column)]
    return [*HISTORY_KEPT[vendor], *function, *triggers]


def undone(vendor):
    """The statements that take it all away again."""
    if vendor == "postgresql":
        return [*HISTORY_OPENED[vendor], "DROP FUNCTION missions_pageversion_moved CASCADE"]
    tables = [*PUBLISHED, *COUNTED]
    return [
        *HISTORY_OPENED[vendor],
        *(f"DROP TRIGGER missions_{name}_version_{verb}" for name in tables for verb in VERBS),
    ]


def make(apps, schema_editor):
    for statement in made(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def undo(apps, schema_editor):
    for statement in undone(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("missions", "0001_records")]
    operations = [migrations.RunPython(make, undo)]
