from django.db import migrations, models

# On SQLite a later change of this table makes it anew, and its triggers must be made again with it.
INDEX = {
    "postgresql": [
        # The place of an entry in the order of writing stands in the index four times, ever more coarsely: a word
        # that very many entries hold is looked for among the newest (missions/models/public_entry.py asks so).
        # A short list of what is still to be sorted in: every search reads it from end to end.
        """
        CREATE INDEX public_entry_tokens ON missions_publicentry
            USING gin (to_tsvector('simple', tokens || ' u' || kind || (id >> 12)::text
                || ' v' || kind || (id >> 14)::text || ' w' || kind || (id >> 16)::text
                || ' x' || kind || (id >> 18)::text)) WITH (gin_pending_list_limit = 64)
        """,
        # Without statistics the planner takes every term for rare, and asks the index.
        "ALTER INDEX public_entry_tokens ALTER COLUMN 1 SET STATISTICS 0",
        # Long tokens move out of the row, those of a title stay in it.
        "ALTER TABLE missions_publicentry SET (toast_tuple_target = 512)",
    ],
    "sqlite": [
        """
        CREATE VIRTUAL TABLE missions_publicentry_words USING fts5
            (tokens, content='missions_publicentry', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)
        """,
        """
        CREATE TRIGGER missions_publicentry_added AFTER INSERT ON missions_publicentry
        BEGIN
            INSERT INTO missions_publicentry_words (rowid, tokens) VALUES (new.id, new.tokens);
        END
        """,
        """
        CREATE TRIGGER missions_publicentry_removed AFTER DELETE ON missions_publicentry
        BEGIN
            INSERT INTO missions_publicentry_words (missions_publicentry_words, rowid, tokens)
                VALUES ('delete', old.id, old.tokens);
        END
        """,
        """
        CREATE TRIGGER missions_publicentry_changed AFTER UPDATE OF tokens ON missions_publicentry
            WHEN old.tokens <> new.tokens
        BEGIN
            INSERT INTO missions_publicentry_words (missions_publicentry_words, rowid, tokens)
                VALUES ('delete', old.id, old.tokens);
            INSERT INTO missions_publicentry_words (rowid, tokens) VALUES (new.id, new.tokens);
        END
        """,
    ],
}
# Elsewhere index and triggers go with the table.
REMOVAL = {"sqlite": ["DROP TABLE missions_publicentry_words"]}


def make_index(apps, schema_editor):
    for statement in INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_index(apps, schema_editor):
    for statement in REMOVAL.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0011_counted_results")]

    operations = [
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("record", models.BigIntegerField()),
                ("day", models.DateField(null=True)),
                ("title", models.TextField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="public_entry_once")],
            },
        ),
        migrations.RunPython(make_index, remove_index),
    ]
