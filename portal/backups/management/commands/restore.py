"""Bring a backup back."""

from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from portal.backups import attached, schema
from portal.backups.folder import Backup
from portal.backups.management.commands.backup import DATABASES


class Command(BaseCommand):
    """Fills an empty database and an empty folder of files, after everything was looked at."""

    help = (
        "Bring a backup back into the empty database that DATABASE_URL names and the empty folder of files. It is read "
        "to its end and compared with its manifest before anything is written. Sessions end: everyone signs in anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="One backup: the folder with manifest.json.")
        parser.add_argument("--plain", action="store_true", help="Take one that is not encrypted, though a key is set.")
        parser.add_argument("--check", action="store_true", help="Only read it and compare it with its manifest.")

    def handle(self, *args, folder, plain, check, **options):
        """Files come before the rows that name them."""
        backup = Backup(folder, may_be_plain=plain)
        backup.check()
        told = backup.told
        counted = f"{sum(told['rows'].values())} rows in {len(told['rows'])} tables of {told['made_at']}"
        if check:
            self.stdout.write(f"{folder} is whole: {counted}.")
            return
        if told["database"] != connection.vendor:
            raise CommandError(
                f"The backup is of {told['database']}, and DATABASE_URL names {connection.vendor}. Restore it there; "
                "move_to_postgresql goes from SQLite to PostgreSQL."
            )
        schema.must_fit(told)
        database = DATABASES[connection.vendor]
        database.must_be_empty()
        if told["files"]:
            attached.must_be_empty()
        try:
            files = attached.load(backup) if told["files"] else 0
            database.load(backup)
        except BaseException as error:
            if told["files"]:
                attached.clear()
            if isinstance(error, OSError | DatabaseError):
                raise CommandError(f"Nothing was restored: {error}") from error
            raise
        try:
            database.finish()
        except DatabaseError as error:
            self.stderr.write(f"It was restored, and then: {error}")
        Session.objects.all().delete()  # one that was ended since must not come back
        self.stdout.write(f"Restored: {counted}, {files} files. Everyone signs in anew.")
        if told["files"] is None:
            self.stdout.write("It has no files: they lie in a bucket.")
        for role in told.get("readers", ()):
            self._grant(role)

    def _grant(self, role):
        try:
            call_command("grant_public_role", role=role, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(f"The role {role} could not be granted what it had: {error} Then: grant_public_role.")
