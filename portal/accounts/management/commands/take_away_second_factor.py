"""Take away the second factor of somebody who lost it."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from missions.models import User
from portal.accounts import second_factor


class Command(BaseCommand):
    """Does from the machine what the page of the account does at the desk."""

    help = "Take away the second factors of an account, and end its sessions. Its history tells who did it."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The account of whoever lost their second factor.")
        parser.add_argument("--by", required=True, help="The account of the superuser who does it: another one.")

    def handle(self, *args, username, by, **options):
        try:
            person, superuser = (User.objects.get(username=name) for name in (username, by))
            second_factor.take_away(person, by=superuser)
        except User.DoesNotExist as error:
            raise CommandError("There is no such account.") from error
        except PermissionDenied as error:
            raise CommandError("Only a superuser may, and not for themselves.") from error
        self.stdout.write(f"The second factor of {username} is taken away.")
