"""Ask the scanner for viruses about files that wait for it."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from missions.files import scanning


class Command(BaseCommand):
    """Scans what waits, once or over and over."""

    help = (
        "Scan attached files that wait for it, by the clamd that CLAMD_SOCKET names. Until then nobody can open them. "
        "With --watch, look for more every few seconds; a scanner that is down is waited for."
    )

    def add_arguments(self, parser):
        """Say how often to look."""
        parser.add_argument("--watch", action="store_true", help="go on, until stopped")
        parser.add_argument("--every", type=float, default=5, help="seconds between two looks; 5 by default")

    def handle(self, *args, watch, every, **options):
        """Print files by their number, never by their name: names tell of firms."""
        if not settings.CLAMD_SOCKET:
            raise CommandError("CLAMD_SOCKET is not set: there is no scanner to ask.")
        while True:
            try:
                for attachment, found in scanning.scan_pending():
                    self.stdout.write(f"file {attachment.pk}: {found or 'clean'}")
            except scanning.Unreachable as error:
                if not watch:
                    raise CommandError(f"The scanner does not answer: {error}. What waits is scanned later.") from None
                self.stderr.write(f"The scanner does not answer: {error}")
            if not watch:
                return
            time.sleep(every)
