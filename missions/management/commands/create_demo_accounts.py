"""Accounts for trying the portal on a development machine."""

import datetime
import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from missions.models import Body, Posting, User
from missions.roles import write_roles

ACCOUNTS = [
    ("manager", "ministry", None, "개발용 중기부 담당자"),
    ("mofa", "ministry", None, "개발용 외교부 담당자"),
    ("lax", "mission_officer", "LAX", "개발용 로스앤젤레스 담당관"),
    ("han", "mission_officer", "HAN", "개발용 베트남 담당관"),
    ("domestic", "domestic_secretariat", "KOR", "개발용 국내 사무국"),
    ("approver", "approver", None, "개발용 승인자"),
    ("auditor", "auditor", None, "개발용 감사자"),
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
        for username, role, code, name in ACCOUNTS:
            user, _created = User.objects.get_or_create(username=username, defaults={"name": name})
            chosen = password or secrets.token_urlsafe(9)
            user.is_staff = user.is_active = True
            user.set_password(chosen)
            user.save()
            user.groups.set([Group.objects.get(name=role)])
            if code:
                self._post(user, code)
            self.stdout.write(f"{username:<10} {chosen}")

    def _post(self, user, code):
        try:
            body = Body.objects.get(code=code)
        except Body.DoesNotExist as error:
            raise CommandError(f"There is no body {code} yet. Run load_programme first.") from error
        if not Body.objects.staffed_by(user).filter(pk=body.pk).exists():
            Posting.objects.create(user=user, body=body, since_on=timezone.localdate() - datetime.timedelta(days=1))
