"""Erase content of files that no record has."""

from django.core.management.base import BaseCommand

from missions.files import storing
from missions.models import Attachment, PublicFile


class Command(BaseCommand):
    """Clears away what uploads that broke off, and records that were deleted, have left."""

    help = "Erase stored content that no row names and that is older than a day. To be run once a day."

    def handle(self, *args, **options):
        """Say how many there were."""
        count = 0
        for rows, where in ((Attachment.objects.present(), storing.FILES), (PublicFile.objects.all(), storing.PUBLIC)):
            count += storing.sweep(set(rows.values_list("stored_as", flat=True)), where)
        self.stdout.write(f"Erased the content of {count} files that no record has.")
