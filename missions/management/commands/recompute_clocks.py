"""Work out open due days again, after holidays were added."""

from django.core.management.base import BaseCommand

from missions.difficulties.clocks import recompute


class Command(BaseCommand):
    """Moves the due days of open relays and difficulties to where the holidays known today put them."""

    help = "Work out the due days of open relays and difficulties again, after public holidays were added."

    def handle(self, *args, **options):
        """Change only rows whose days differ; running it again changes nothing."""
        self.stdout.write(f"{recompute()} open relays and difficulties have other due days.")
