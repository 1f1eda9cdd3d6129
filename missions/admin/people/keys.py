"""Who holds the keys: what an auditor asks about accounts, and the trace that each change of a role leaves."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import RoleChange, SignIn, SignInOutcome, User
from missions.roles import ROLES

SHOWN = 200
RECENT = datetime.timedelta(days=90)
WRITES, APPROVES = "add_publishedcase", "approve_publishedcase"


@dataclass(frozen=True)
class Maker:
    """A person, the accounts they made, and whether one of these may approve what another of theirs may write."""

    name: str
    accounts: list
    can_approve_alone: bool


def keep(user, before, *, by):
    """Write down which roles an account got and lost, given the names of those it had."""
    now = set(user.groups.values_list("name", flat=True))
    changes = [(name, True) for name in sorted(now - before)] + [(name, False) for name in sorted(before - now)]
    kept = {"user": user, "by": by, "by_name": str(by)[:150]}
    RoleChange.objects.bulk_create(RoleChange(role=name, is_given=given, **kept) for name, given in changes)


def keys(request):
    """The page of the auditor. Raises ``PermissionDenied`` for everybody who does not look through accesses."""
    if not request.user.has_perm("missions.review_access"):
        raise PermissionDenied
    context = {
        "title": _("Who holds the keys"),
        "both": _holding(WRITES).filter(pk__in=_holding(APPROVES).values("pk")).order_by("username"),
        "superusers": _superusers(),
        "days": RECENT.days,
        "changes": [
            (change, ROLES[change.role].label if change.role in ROLES else change.role)
            for change in RoleChange.objects.select_related("user")[:SHOWN]
        ],
        "makers": _makers(),
    }
    return TemplateResponse(request, "admin/keys.html", admin.site.each_context(request) | context)


def _superusers():
    """Those who may do everything, each with how often they signed in and what they changed of late."""
    since = timezone.now() - RECENT
    found = list(User.objects.filter(is_superuser=True).order_by("username"))
    entered = SignIn.objects.filter(outcome=SignInOutcome.SIGNED_IN, at__gte=since).order_by()
    sign_ins = dict(entered.values_list("account").annotate(Count("pk")))
    changed = Counter()
    for model in apps.get_app_config("missions").get_models():
        if hasattr(model, "history"):
            rows = model.history.filter(history_user__in=found, history_date__gte=since).order_by()
            changed.update(dict(rows.values_list("history_user").annotate(Count("pk"))))
    for user in found:
        user.sign_ins, user.changes = sign_ins.get(user.username, 0), changed[user.pk]
    return found


def _holding(permission):
    """Accounts that may sign in and have a permission, by a role, of their own, or as superusers."""
    held = Q(groups__permissions__codename=permission) | Q(user_permissions__codename=permission)
    able = User.objects.filter(held | Q(is_superuser=True)).values("pk")
    return User.objects.filter(pk__in=able, is_active=True, is_institution=False)


def _makers():
    """Who made the accounts that may sign in, those with most first. Accounts made by commands have no maker."""
    made = User.history.filter(history_type="+", history_user__isnull=False).values_list("history_user", "id")
    people = {user.pk: user for user in User.objects.all()}
    writing, approving = (set(_holding(name).values_list("pk", flat=True)) for name in (WRITES, APPROVES))
    accounts = defaultdict(list)
    for maker, key in made:
        if key in people and people[key].is_active:
            accounts[maker].append(key)
    found = []
    for maker, keys_made in accounts.items():
        hands = {maker, *keys_made}
        alone = any(writer != approver for approver in approving & set(keys_made) for writer in hands & writing)
        found.append(Maker(str(people.get(maker, maker)), [people[key] for key in keys_made], alone))
    return sorted(found, key=lambda one: (-len(one.accounts), one.name))
