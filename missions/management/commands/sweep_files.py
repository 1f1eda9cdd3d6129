"""Erase content of files that no record has, and lists that were kept as files for a day."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from missions.files import storing
from missions.models import Attachment, PublicFile
from missions.personal_data import exports


class Command(BaseCommand):
    """Clears away what uploads that broke off, and records that were deleted, have left."""

    help = (
        "Erase lists that staff had made as files a day ago, and stored content that no row names and that is older "
        "than a day. To be run once a day."
    )

    def handle(self, *args, **options):
        """Say how many there were. While a database is brought back its rows name files of a past day alone."""
        if is_in_recovery():
            raise CommandError("The database is being brought back, or is a replica: nothing was erased.")
        lists = exports.forget_old()
        count = 0
        for rows, where in ((Attachment.objects.present(), storing.FILES), (PublicFile.objects.all(), storing.PUBLIC)):
            count += storing.sweep(set(rows.values_list("stored_as", flat=True)), where)
        self.stdout.write(f"Erased {lists} lists as files, and the content of {count} files that no record has.")


def is_in_recovery():
    """Whether PostgreSQL replays what another server, or this one at another time, has written."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]
