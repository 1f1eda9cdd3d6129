"""Write the roles of ``missions.roles`` into the database."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from missions.roles import ROLES


class Command(BaseCommand):
    """Makes each role a group with exactly its permissions; running it again changes nothing."""

    help = "Write the roles and their permissions into the database."

    @transaction.atomic
    def handle(self, *args, **options):
        """Raise ``ValueError`` for a permission that no record has."""
        known = {
            permission.codename: permission
            for permission in Permission.objects.filter(content_type__app_label="missions")
        }
        for role in ROLES.values():
            missing = role.permissions - known.keys()
            if missing:
                raise ValueError(f"{role.name}: no such permission: {', '.join(sorted(missing))}")
            group, _created = Group.objects.get_or_create(name=role.name)
            group.permissions.set(known[codename] for codename in role.permissions)
        self.stdout.write(f"{len(ROLES)} roles are up to date.")
