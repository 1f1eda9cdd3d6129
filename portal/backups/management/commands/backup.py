"""Make a backup of the database and the attached files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from portal.backups import attached, folder, postgresql, sqlite

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
LOST = 3  # exit status


class Command(BaseCommand):
    """Writes a folder of its own into a folder, while the site goes on."""

    help = (
        "Make a backup of the database and the attached files in a folder of its own below DIR, while the site is in "
        "use. It is encrypted where BACKUP_KEY or BACKUP_KEY_FILE is set."
    )

    def add_arguments(self, parser):
        parser.add_argument("place", metavar="DIR", type=Path, help="The folder that holds the backups.")
        told = "Then delete all there but the latest N, unless files of records were lost or damaged."
        parser.add_argument("--keep", type=int, metavar="N", help=told)

    def handle(self, *args, place, keep, **options):
        """Files come after the rows that name them. Exit status 3: it is whole, but files of records are lost."""
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number of 1 or more.")
        try:
            with folder.making(place) as backup:
                told, named = DATABASES[connection.vendor].save(backup)
                files = attached.save(backup, named)
                whole = backup.finish({"database": connection.vendor, "files": files, **told})
        except (OSError, DatabaseError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{whole}: {sum(told['rows'].values())} rows in {len(told['rows'])} tables, {_said(files)}")
        if not backup.cover.box:
            self.stderr.write("It is not encrypted: neither BACKUP_KEY nor BACKUP_KEY_FILE is set.")
        if files and (files["lost"] or files["damaged"]):
            raise CommandError(
                "The backup is whole, but files of records are not what they should be. Lost: "
                f"{' '.join(files['lost']) or 'none'}. Damaged: {' '.join(files['damaged']) or 'none'}.",
                returncode=LOST,
            )  # an older backup may be the last that has them
        if keep:
            self.stdout.write(f"{folder.drop_older(place, keep)} older backups deleted.")


def _said(files):
    if files is None:
        return "no files: they lie in a bucket, whose versions or copies are a backup of their own"
    return f"{files['count']} files of {files['bytes']} bytes"
