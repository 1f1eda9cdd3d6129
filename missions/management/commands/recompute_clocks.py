"""Work out open due days again, after the library or rows of the database changed."""

from django.core.management.base import BaseCommand

from missions.difficulties.clocks import recompute


class Command(BaseCommand):
    """Moves the due days of open relays and difficulties to where the days known by now put them."""

    help = "Work out the due days of open relays and difficulties again, after the library of holidays was updated."

    def handle(self, *args, **options):
        """Change only rows whose days differ; running it again changes nothing."""
        self.stdout.write(f"{recompute()} open relays and difficulties have other due days.")
