"""Bring the database to the state that the sources ask for, as at every start of ``./run``."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from missions.management import up_to_date
from missions.models import User


class Command(BaseCommand):
    """The same for the database as ``release``, and accounts to try the desk with."""

    help = (
        "Bring the database up to date, as release does, and leave static files alone. With DEBUG on, make accounts "
        "where nobody can sign in."
    )
    requires_system_checks = []  # the server makes them right afterwards

    def add_arguments(self, parser):
        parser.add_argument("--serve", metavar="HOST:PORT", help="serve there afterwards, in the same process")

    def handle(self, *args, serve=None, **options):
        with up_to_date.alone(self.stdout.write):
            if not up_to_date.bring_up_to_date(self.stdout.write):
                self.stdout.write("The database is up to date.")
        if settings.DEBUG:
            self._accounts()
        if serve:
            self.stdout.write(f"\nPublic site   http://{serve}/ko/   http://{serve}/en/")
            self.stdout.write(f"Staff desk    http://{serve}/admin/")
            self.stdout.flush()
            connection.close()  # each thread of the server has its own
            call_command("runserver", serve, use_reloader=False)

    def _accounts(self):
        if User.objects.filter(is_active=True).exists():
            self.stdout.write("Passwords forgotten? ./run manage create_demo_accounts makes new ones.")
        else:
            self.stdout.write("Accounts for trying the staff desk. Their passwords are shown this once:\n")
            call_command("create_demo_accounts", stdout=self.stdout)
