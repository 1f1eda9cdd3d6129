"""Bring the database to the state that the sources ask for, as at every start of ``./run``."""

import hashlib

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
        elif unknown := unknown_migrations():
            raise CommandError(
                f"The database was made by other sources: these have no migration {unknown[-1]}. Use those, or "
                "make the database anew: delete var/portal.sqlite3*, or empty what DATABASE_URL names, and start again."
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


def unknown_migrations():
    """Names of migrations that the database has had and the sources do not have."""
    loader = MigrationLoader(connection)
    return [
        name for app, name in sorted(loader.applied_migrations.keys() - loader.disk_migrations) if app == "missions"
    ]


def remembered():
    """The fingerprint of the last time that all went well; empty in a database that is new."""
    if LoadedRow._meta.db_table not in connection.introspection.table_names():
        return ""
    return next((row.values["fingerprint"] for row in LoadedRow.objects.filter(**REMEMBERED)), "")
