"""An invented year of work, for trying the portal."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from missions import demo
from missions.models import LoadedRow


class Command(BaseCommand):
    """Makes an invented, clearly marked year of work, shows it on the public pages, or takes it all away again."""

    help = (
        "Make an invented, clearly marked year of work for trying the portal. --publish shows it on the public pages "
        "as well; --remove takes it away again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--count", type=int, default=300, help="How many difficulties.")
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--publish", action="store_true", help="Show what is or was made on the public pages.")
        asked.add_argument("--remove", action="store_true", help="Take away all that was made.")

    def handle(self, *args, count=300, publish=False, remove=False, **options):
        """Refuse to run in production, and to make it twice."""
        if not settings.DEBUG:
            raise CommandError("Invented data are made only with DEBUG on, on a development machine.")
        made = LoadedRow.any_invented()
        if remove:
            self.stdout.write(f"{demo.remove()} invented records removed.")
            return
        if made and not publish:
            raise CommandError("The invented data are there already. Remove them first: seed_demo --remove")
        if not made:
            self.stdout.write(f"{demo.seed(count)} invented records made.")
        if publish:
            self.stdout.write(f"{demo.publish()} of them shown on the public pages.")
