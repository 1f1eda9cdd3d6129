"""Sends what people are to be told by e-mail."""

import signal
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from missions.messages import deadlines, outbox, sender

DAYS_EVERY = 600  # seconds between two looks at days that passed


class Command(BaseCommand):
    """Writes notices of days that passed, packs mails and sends those that are due. Several may run at once."""

    help = "Send the mails that are due. --watch goes on until it is told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="Go on, looking again every few seconds.")
        parser.add_argument("--every", type=int, default=10, help="Seconds between two looks (10).")

    def handle(self, *args, watch=False, every=10, **options):
        if not settings.DESK_ADDRESS:
            raise CommandError("DESK_ADDRESS is not set. Set it to the address of the desk, https:// included.")
        self.is_stopped, self.looked_at = False, None
        if watch:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop)
        while True:
            self._pass(watch)
            if not watch or self.is_stopped:
                return
            time.sleep(every)

    def _pass(self, watch):
        try:
            if self.looked_at is None or time.monotonic() - self.looked_at > DAYS_EVERY:
                deadlines.tell()
                outbox.clear()
                self.looked_at = time.monotonic()
            outbox.pack()
            ends = sender.send_due(lambda: self.is_stopped)
        except (OperationalError, InterfaceError) as error:
            if not watch:
                raise
            self.stderr.write(f"The database does not answer: {error}")
            connection.close()
            return
        if ends:
            self.stdout.write(", ".join(f"{end}: {count}" for end, count in sorted(ends.items())))

    def _stop(self, number, frame):
        self.is_stopped = True
