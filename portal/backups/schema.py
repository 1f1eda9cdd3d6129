"""Whether a backup fits the tables of these sources."""

from django.apps import apps
from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader

# What ``migrate`` itself writes into a database: one that holds nothing else is taken for empty.
WRITTEN_BY_MIGRATE = ["auth_permission", "django_content_type", "django_migrations"]


def models():
    """The models whose tables are in a database, one a table."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.managed and not model._meta.proxy}


def difference(migrations, columns):
    """Say what keeps a database with these migrations and columns from being one of these sources; empty if nothing."""
    loader, had = MigrationLoader(None), {tuple(name.split(".", 1)) for name in migrations}
    if unknown := had - loader.disk_migrations.keys():
        return f"it has the migration {'.'.join(max(unknown))}, which these sources do not know"
    if lacking := set(loader.graph.leaf_nodes()) - had:
        return f"it has not had the migration {'.'.join(min(lacking))}"
    for table, model in models().items():
        own, found = {field.column for field in model._meta.local_concrete_fields}, set(columns.get(table, []))
        if own != found:
            return f"the column {table}.{min(own ^ found)} is on one side only"
    return ""


def must_fit(told):
    """Raise ``CommandError`` where the manifest of a backup tells of other tables than these sources make."""
    if other := difference(told["migrations"], told["columns"]):
        raise CommandError(
            f"The backup was made by version {told['portal']}, whose tables are others: {other}. Restore it with the "
            "sources of that version, and bring the database up to date afterwards."
        )


def must_be_empty(filled):
    """Raise ``CommandError`` for a database that has rows in these tables."""
    if found := sorted(set(filled) - set(WRITTEN_BY_MIGRATE)):
        raise CommandError(
            f"The database that DATABASE_URL names is not empty: {found[0]} has rows, with {len(found) - 1} further "
            "tables. Nothing is written over: name an empty one."
        )
