"""An invented year of work, for trying the portal."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from missions import demo
from missions.models import LoadedRow


class Command(BaseCommand):
    """Makes an invented, clearly marked year of work, or takes it all away again."""

    help = "Make an invented, clearly marked year of work for trying the portal; --remove takes it away again."

    def add_arguments(self, parser):
        """How many difficulties, or none any more."""
        parser.add_argument("--count", type=int, default=300, help="How many difficulties.")
        parser.add_argument("--remove", action="store_true", help="Take away all that was made.")

    def handle(self, *args, count=300, remove=False, **options):
        """Refuse to run in production, and to make it twice."""
        if not settings.DEBUG:
            raise CommandError("Invented data are made only with DEBUG on, on a development machine.")
        made = LoadedRow.objects.filter(file=demo.FILE).exists()
        if remove:
            self.stdout.write(f"{demo.remove()} invented records removed.")
        elif made:
            raise CommandError("The invented data are there already. Remove them first: seed_demo --remove")
        else:
            self.stdout.write(f"{demo.seed(count)} invented records made.")
