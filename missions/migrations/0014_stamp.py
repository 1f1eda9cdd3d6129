"""The stamp of public pages, and the triggers that move it.

It is the moment of the change in microseconds, or one more than before where that is not more: a database that was
restored from a backup never gives the same number to other words. On SQLite a later change of one of these tables
makes the table anew and its triggers must be made again with it: ``sqlite(table, column)``.
"""

from django.db import migrations, models

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
# waits for a commit, and a transaction that waits for another's row holds no lock here. The mark that it was done
# is undone together with it by a rollback to a savepoint.
FUNCTION = """
    CREATE FUNCTION missions_stamp_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        mark text := 'missions.moved_' || TG_ARGV[0];
        moment bigint := extract(epoch FROM clock_timestamp()) * 1000000;
    BEGIN
        IF current_setting(mark, true) IS DISTINCT FROM txid_current()::text THEN
            INSERT INTO missions_stamp AS stamp (id, published, counted) VALUES (1, moment, moment)
            ON CONFLICT (id) DO UPDATE SET
                published = CASE TG_ARGV[0] WHEN 'published'
                    THEN greatest(stamp.published + 1, moment) ELSE stamp.published END,
                counted = CASE TG_ARGV[0] WHEN 'counted'
                    THEN greatest(stamp.counted + 1, moment) ELSE stamp.counted END;
            PERFORM set_config(mark, txid_current()::text, true);
        END IF;
        RETURN NULL;
    END $$
"""


def postgresql(table, column):
    """The triggers of one table."""
    call = f"EXECUTE FUNCTION missions_stamp_moved('{column}')"
    return [
        f"""
        CREATE CONSTRAINT TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {call}
        """,
        f"CREATE TRIGGER {table}_stamp_emptied AFTER TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]


def sqlite(table, column):
    """The triggers of one table."""
    return [
        f"""
        CREATE TRIGGER {table}_stamp_{verb} AFTER {verb} ON {table}
        BEGIN
            INSERT INTO missions_stamp (id, published, counted)
                SELECT 1, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM missions_stamp);
            UPDATE missions_stamp SET {column} =
                max({column} + 1, CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER));
        END
        """  # noqa: S608 - names of this file
        for verb in VERBS
    ]


def triggers(vendor):
    """The triggers of all tables."""
    make = {"postgresql": postgresql, "sqlite": sqlite}[vendor]
    columns = [("published", name) for name in PUBLISHED] + [("counted", name) for name in COUNTED]
    return [statement for column, name in columns for statement in make(f"missions_{name}", column)]


def make_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    for statement in triggers(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION missions_stamp_moved CASCADE")
        return
    for name in PUBLISHED + COUNTED:
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER missions_{name}_stamp_{verb}")


class Migration(migrations.Migration):
    dependencies = [("missions", "0013_lists_of_a_million_rows")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("published", models.BigIntegerField(default=0)),
                ("counted", models.BigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="stamp_one_row")],
            },
        ),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
