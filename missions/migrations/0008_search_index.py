from django.db import migrations, models

# On SQLite a later change of this table makes it anew, and its triggers must be made again with it.
INDEX = {
    "postgresql": [
        # A short list of what is still to be sorted in: every search reads it from end to end.
        """
        CREATE INDEX search_entry_tokens ON missions_searchentry
            USING gin (to_tsvector('simple', tokens)) WITH (gin_pending_list_limit = 256)
        """,
        # Knowing how common a term is, the planner would read the whole table for one that nearly every row has,
        # and cut each row into words again. Without statistics it takes every term for rare and asks the index.
        "ALTER INDEX search_entry_tokens ALTER COLUMN 1 SET STATISTICS 0",
        # Long tokens move out of the row, so that many rows found stand on few pages.
        "ALTER TABLE missions_searchentry SET (toast_tuple_target = 128)",
    ],
    "sqlite": [
        """
        CREATE VIRTUAL TABLE missions_searchentry_words USING fts5
            (tokens, content='missions_searchentry', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)
        """,
        """
        CREATE TRIGGER missions_searchentry_added AFTER INSERT ON missions_searchentry
        BEGIN
            INSERT INTO missions_searchentry_words (rowid, tokens) VALUES (new.id, new.tokens);
        END
        """,
        """
        CREATE TRIGGER missions_searchentry_removed AFTER DELETE ON missions_searchentry
        BEGIN
            INSERT INTO missions_searchentry_words (missions_searchentry_words, rowid, tokens)
                VALUES ('delete', old.id, old.tokens);
        END
        """,
        """
        CREATE TRIGGER missions_searchentry_changed AFTER UPDATE OF tokens ON missions_searchentry
            WHEN old.tokens <> new.tokens
        BEGIN
            INSERT INTO missions_searchentry_words (missions_searchentry_words, rowid, tokens)
                VALUES ('delete', old.id, old.tokens);
            INSERT INTO missions_searchentry_words (rowid, tokens) VALUES (new.id, new.tokens);
        END
        """,
    ],
}
# Elsewhere index and triggers go with the table.
REMOVAL = {"sqlite": ["DROP TABLE missions_searchentry_words"]}


def make_index(apps, schema_editor):
    for statement in INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_index(apps, schema_editor):
    for statement in REMOVAL.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0007_days_in_the_years_of_the_programme")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("record", models.BigIntegerField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="search_entry_once")],
            },
        ),
        migrations.RunPython(make_index, remove_index),
    ]
