"""Erase content of files that no record has."""

from django.core.management.base import BaseCommand

from missions.files import storing
from missions.models import Attachment


class Command(BaseCommand):
    """Clears away what uploads that broke off, and records that were deleted, have left."""

    help = "Erase stored content that no row names and that is older than a day. To be run once a day."

    def handle(self, *args, **options):
        """Say how many there were."""
        known = set(Attachment.objects.present().values_list("stored_as", flat=True))
        self.stdout.write(f"Erased the content of {storing.sweep(known)} files that no record has.")
