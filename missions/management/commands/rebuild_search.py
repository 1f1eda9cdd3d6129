"""Write the search index anew."""

from django.core.management.base import BaseCommand

from missions import search
from missions.models import SearchEntry


class Command(BaseCommand):
    """For after an update that indexes more, or after rows were written past the portal. Safe to repeat."""

    help = "Write the search index of every record anew; staff may go on working."

    def handle(self, *args, verbosity=1, **options):
        """Tell how far it is, model by model."""
        for model, done, rows in search.rebuild():
            if verbosity and (done == rows or done % 10_000 == 0):
                self.stdout.write(f"{model._meta.model_name:<20} {done:>9,} of {rows:,}")
        self.stdout.write(f"{SearchEntry.objects.count():,} records are in the search index.")
