"""Makes the first migration anew from the models, until the first release: ``python -m tests.first_migration``.

Django's own writes each constraint and many keys as a step by itself. Each of these steps makes a table anew on SQLite
and renders every model again: 30 seconds of processor time. Here each table is created after those that it names, with
all that belongs to it, and all of them in one step: 6 seconds, other apps included.
"""

import os
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory

import django

FILES = Path(__file__).parent.parent / "missions" / "migrations"
FIRST = FILES / "0001_records.py"


def named_tables(create):
    """The other models of missions that the fields of a model lead to."""
    led_to = (field.remote_field.model for _name, field in create.fields if field.remote_field)
    names = {model.rpartition("missions.")[2].lower() for model in led_to if isinstance(model, str)}
    return names - {create.name_lower}


def in_order(operations):
    """The same schema in one ``CreateModel`` a table, each after the tables that it names."""
    creates = {operation.name_lower: operation for operation in operations if hasattr(operation, "bases")}
    for operation in operations:
        kind = type(operation).__name__
        if kind == "AddField":
            creates[operation.model_name_lower].fields.append((operation.name, operation.field))
        elif kind in {"AddConstraint", "AddIndex"}:
            key = {"AddConstraint": "constraint", "AddIndex": "index"}[kind]
            belonging = creates[operation.model_name_lower].options.setdefault(
                {"constraint": "constraints", "index": "indexes"}[key], []
            )
            belonging.append(getattr(operation, key))
        elif operation.name_lower not in creates:
            raise ValueError(f"{kind} cannot be written into the creation of a table")
    needed = {name: named_tables(create) & creates.keys() for name, create in sorted(creates.items())}
    return [creates[name] for name in TopologicalSorter(needed).static_order()]


def main():
    """Write the file; the others stay as they are."""
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.writer import MigrationWriter

    from missions.migrations._tables import CreateTables

    with TemporaryDirectory() as aside:
        kept = [file.rename(Path(aside) / file.name) for file in FILES.glob("0*.py")]
        try:
            call_command("makemigrations", "missions", name="records", verbosity=0)
            migration = MigrationLoader(None).disk_migrations["missions", FIRST.stem]
            migration.operations = [CreateTables(in_order(migration.operations))]
            FIRST.write_text(MigrationWriter(migration).as_string())
        finally:
            for file in kept:
                if file.name != FIRST.name or not FIRST.exists():
                    (Path(aside) / file.name).rename(FILES / file.name)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
