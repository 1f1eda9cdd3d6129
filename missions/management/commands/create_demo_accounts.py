"""Accounts for trying the portal on a development machine."""

import datetime
import secrets
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from missions.models import Body, Posting, User
from missions.roles import write_roles


class Account(NamedTuple):
    """Whom an account stands for, and what to try with it."""

    username: str
    role: str
    name: str
    meant_for: str
    posted_to: str = ""


ACCOUNTS = [
    Account(
        "manager",
        "ministry",
        "개발용 중기부 담당자",
        "Ministry staff at the MSS: sees every body. Try the health of the bodies, the counters, a person’s posting.",
    ),
    Account(
        "mofa",
        "ministry",
        "개발용 외교부 담당자",
        "Ministry staff at the MoFA: the same. Try to approve a text that another account wrote.",
    ),
    Account(
        "lax",
        "mission_officer",
        "개발용 로스앤젤레스 담당관",
        "Mission officer in Los Angeles. Try to file a difficulty, relay it to HAN, close it, write its public text.",
        "LAX",
    ),
    Account(
        "han",
        "mission_officer",
        "개발용 베트남 담당관",
        "Mission officer in Hanoi. Try to answer what lax relayed, and to open a difficulty of another body.",
        "HAN",
    ),
    Account(
        "domestic",
        "domestic_secretariat",
        "개발용 국내 사무국",
        "Secretariat of the domestic body. Try to relay many difficulties at once from their list.",
        "KOR",
    ),
    Account(
        "approver",
        "approver",
        "개발용 승인자",
        "Approver: reads everything, writes nothing. Try to approve a text, or to send it back.",
    ),
    Account(
        "auditor",
        "auditor",
        "개발용 감사자",
        "Auditor: reads everything, changes nothing. Try the history of a record.",
    ),
]


class Command(BaseCommand):
    """Makes accounts of each role, two of the ministries, or sets their passwords anew."""

    help = "Make development accounts of each role, and print their passwords."

    def add_arguments(self, parser):
        parser.add_argument("--password", help="The password of every account; random ones are made without it.")

    @transaction.atomic
    def handle(self, *args, password=None, **options):
        if not settings.DEBUG:
            raise CommandError("Development accounts are made only with DEBUG on. Use createsuperuser instead.")
        write_roles()
        for account in ACCOUNTS:
            user, _created = User.objects.get_or_create(username=account.username, defaults={"name": account.name})
            chosen = password or secrets.token_urlsafe(9)
            user.is_staff = user.is_active = True
            user.email = user.email or f"{account.username}@desk.example"
            user.set_password(chosen)
            user.save()
            user.groups.set([Group.objects.get(name=account.role)])
            if account.posted_to:
                self._post(user, account.posted_to)
            self.stdout.write(f"{account.username:<10} {chosen:<14} {account.meant_for}")

    def _post(self, user, code):
        try:
            body = Body.objects.get(code=code)
        except Body.DoesNotExist as error:
            raise CommandError(f"There is no body {code} yet. Run load_programme first.") from error
        if not Body.objects.staffed_by(user).filter(pk=body.pk).exists():
            Posting.objects.create(user=user, body=body, since_on=timezone.localdate() - datetime.timedelta(days=1))
