"""Write both search indexes anew, that of the staff and the public one."""

from django.core.management.base import BaseCommand

from missions.models import PublicEntry, SearchEntry
from missions.search import index
from missions.search import staff as staff_search


class Command(BaseCommand):
    """For after an update that indexes more, or after rows were written past the portal. Safe to repeat."""

    help = "Write both search indexes anew, the staff’s and the public one; staff and readers may go on."

    def handle(self, *args, verbosity=1, **options):
        for name, rebuild, entries in [
            ("", staff_search.rebuild, SearchEntry),
            ("public ", index.rebuild, PublicEntry),
        ]:
            for model, done, rows in rebuild():
                if verbosity and (done == rows or done % 10_000 == 0):
                    self.stdout.write(f"{name}{model._meta.model_name:<20} {done:>9,} of {rows:,}")
            self.stdout.write(f"{entries.objects.count():,} records are in the {name}search index.")
