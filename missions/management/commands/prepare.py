"""Bring the database to the state that the sources ask for, as at every start of ``./run``."""

import hashlib

from django.apps import apps as django_apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from missions.models import LoadedRow, User
from missions.statistics import months

COMMANDS = [
    ("migrate", {"verbosity": 0}),
    ("sync_roles", {}),
    ("rebuild_firm_keys", {}),
    ("load_programme", {}),
    ("rebuild_search", {"verbosity": 0}),
]
MADE_OF = ["missions/**/*.py", "missions/**/*.csv", "portal/settings.py", "requirements.txt"]
REMEMBERED = {"file": "prepare", "key": "fingerprint"}  # beside what was loaded, so that both go together


class Command(BaseCommand):
    """Migrates, writes the roles, loads the programme and rebuilds what is derived, unless it was all done."""

    help = (
        "Bring the database up to date: migrate, sync_roles, load_programme and rebuild_search, unless the sources "
        "and the database are as they were the last time. Close the months that have ended. With DEBUG on, make "
        "accounts where nobody can sign in."
    )
    requires_system_checks = []  # the server makes them right afterwards

    def handle(self, *args, **options):
        """Remember only what went well to the end: after an error the next start tries again."""
        if remembered() == fingerprint():
            self.stdout.write("The database is up to date.")
        elif unknown := unknown_to_the_sources():
            raise CommandError(
                f"The database was made by other sources: {unknown}. Use those, or make the database anew: delete "
                "var/portal.sqlite3*, or empty what DATABASE_URL names, and start again."
            )
        else:
            for name, chosen in COMMANDS:
                call_command(name, stdout=self.stdout, **chosen)
            LoadedRow.objects.update_or_create(**REMEMBERED, defaults={"values": {"fingerprint": fingerprint()}})
        months.close()
        if settings.DEBUG:
            self._accounts()

    def _accounts(self):
        if User.objects.filter(is_active=True).exists():
            self.stdout.write("Passwords forgotten? ./run manage create_demo_accounts makes new ones.")
        else:
            self.stdout.write("Accounts for trying the staff desk. Their passwords are shown this once:\n")
            call_command("create_demo_accounts", stdout=self.stdout)


def fingerprint():
    """A short name for the sources that the database follows from, and for the migrations it has had."""
    paths = sorted(path for pattern in MADE_OF for path in settings.BASE_DIR.glob(pattern))
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    made_of = [applied, *((str(path.relative_to(settings.BASE_DIR)), path.read_bytes()) for path in paths)]
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def unknown_to_the_sources():
    """Say what the database has or lacks that no migration of these sources explains; empty where there is nothing.

    Until the first release the first migration is made anew under its old name: then a table lacks a column.
    """
    loader = MigrationLoader(connection)
    applied = {key for key in loader.applied_migrations if key[0] == "missions"}
    known = {key for key in loader.disk_migrations if key[0] == "missions"}
    if applied - known:
        return f"these have no migration {max(applied - known)[1]}"
    return f"it has no {lacking}" if applied == known and (lacking := _first_missing_column()) else ""


def _first_missing_column():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in django_apps.get_app_config("missions").get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed:
                continue
            found = connection.introspection.get_table_description(cursor, table) if table in tables else []
            lacking = {field.column for field in model._meta.local_concrete_fields} - {column.name for column in found}
            if lacking:
                return f"{table}.{min(lacking)}"
    return ""


def remembered():
    """The fingerprint of the last time that all went well; empty in a database that is new."""
    if LoadedRow._meta.db_table not in connection.introspection.table_names():
        return ""
    return next((row.values["fingerprint"] for row in LoadedRow.objects.filter(**REMEMBERED)), "")
