"""Write the roles of ``missions.roles`` into the database."""

from django.core.management.base import BaseCommand

from missions.roles import ROLES, write_roles


class Command(BaseCommand):
    """Makes each role a group with exactly its permissions; running it again changes nothing."""

    help = "Write the roles and their permissions into the database."

    def handle(self, *args, **options):
        """Write them all, or none."""
        write_roles()
        self.stdout.write(f"{len(ROLES)} roles are up to date.")
