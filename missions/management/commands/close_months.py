"""State what the public is told of private records up to the end of the last month."""

from django.core.management.base import BaseCommand

from missions.statistics import months


class Command(BaseCommand):
    """Closes every month that has ended and is not closed yet."""

    help = "Work out the public figures of private records for each month that has ended. Run it once a day."

    def handle(self, *args, **options):
        """Running it again changes nothing: what was stated of a month stands."""
        closed = months.close()
        self.stdout.write(
            f"Closed: {', '.join(f'{month:%Y-%m}' for month in closed)}." if closed else "Every month is closed."
        )
