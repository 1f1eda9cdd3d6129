"""Write anew by what public texts are compared with the firms."""

from django.core.management.base import BaseCommand

from missions.publication import firm_keys


class Command(BaseCommand):
    """For after an update that compares more, or after firms were written past the portal. Safe to repeat."""

    help = "Write anew the names and numbers of firms that public texts are compared with; staff may go on."

    def handle(self, *args, **options):
        self.stdout.write(f"Public texts are compared with {firm_keys.rebuild():,} names and numbers of firms.")
