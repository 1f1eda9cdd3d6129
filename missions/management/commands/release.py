"""Bring in a release: database, rights of the public face, static files. Processes are started anew afterwards."""

import os

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from missions.management import up_to_date


class Command(BaseCommand):
    """Does what is due and says what was done already. Several machines may run it at once: one works, others wait."""

    help = (
        "Bring in a release: migrate, write the roles, load the programme, write the search indexes anew where they "
        "follow from other sources, grant the public face what it reads, collect static files. Run it on every machine "
        "that has a STATIC_ROOT of its own, while processes of the release before go on; again does no harm."
    )

    def add_arguments(self, parser):
        parser.add_argument("--role", default="portal_public", help="The PostgreSQL role of the public face.")

    def handle(self, *args, role, **options):
        """One process at a time, for static files too: machines may share their folder."""
        with up_to_date.alone(self.stdout.write):
            if not up_to_date.bring_up_to_date(self.stdout.write):
                self.stdout.write("The database is up to date.")
            if connection.vendor == "postgresql":
                self._rights(role)
            self._static_files()

    def _rights(self, role):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            known = cursor.fetchone()
        if known or os.environ.get("PUBLIC_ROLE_PASSWORD"):
            call_command("grant_public_role", role=role, stdout=self.stdout)
        else:
            self.stdout.write(f"There is no role {role} for the public face; grant_public_role makes it.")

    def _static_files(self):
        list_of_release = getattr(staticfiles_storage, "manifest_name", "")
        if not list_of_release:
            self.stdout.write("Static files are served from the sources.")
        elif staticfiles_storage.exists(list_of_release):
            self.stdout.write("The static files of this release are there.")
        else:
            call_command("collectstatic", interactive=False, stdout=self.stdout)
