"""Roles as data: which records each may view, add, change and delete.

What a person sees of the records that belong to bodies follows from their postings; a role with
``view_every_body`` sees all of them. ``manage.py sync_roles`` writes this into the database.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

VERBS = {"v": "view", "a": "add", "c": "change", "d": "delete"}

REFERENCE = [
    *["region", "country", "difficultytype", "sector", "ntmchapter", "hschapter"],
    *["source", "discrepancy", "ministry", "agreement", "party", "commitment"],
    *["organisation", "supportprogramme", "reportedresult", "publicholiday", "coverage", "contactpoint"],
    *["legalprovision", "service", "earliercase"],
]
OF_BODIES = [
    *["mission", "district", "body", "bodystep", "membership", "posting", "handovernote", "user"],
    *["meeting", "agendaitem", "attendance", "onlineroom", "minutes", "actionitem", "discussion"],
    *["localinformation", "distribution", "informationevent", "publishedcase", "caseactor", "caseremark"],
    *["company", "difficulty", "action", "linkage", "relay", "difficultyevent", "periodreport"],
]

# What firms told in confidence, and what staff say of it among themselves.
PRIVATE = [
    *["company", "difficulty", "action", "linkage", "relay", "difficultyevent", "minutes", "actionitem"],
    "periodreport",
]

PUBLISH = "publish_localinformation"  # what others wrote; where and when says ``missions.publication.information``
READ_ALL = dict.fromkeys(REFERENCE + OF_BODIES, "v")
DESK_WORK = (
    dict.fromkeys(REFERENCE, "v")
    | dict.fromkeys(["source", "organisation"], "va")
    | dict.fromkeys(["mission", "body"], "vc")
    | dict.fromkeys(["posting", "handovernote", "user", "relay", "difficultyevent", "caseremark"], "v")
    | dict.fromkeys(["distribution", "informationevent"], "v")
    | dict.fromkeys(["district"], "vacd")
    | dict.fromkeys(["bodystep", "membership", "meeting", "minutes", "localinformation", "publishedcase"], "vac")
    | dict.fromkeys(["agendaitem", "attendance", "onlineroom", "actionitem", "discussion", "caseactor"], "vacd")
    | dict.fromkeys(["company", "difficulty", "linkage"], "vac")
    | {"action": "v", "periodreport": "va"}
)


@dataclass(frozen=True)
class Role:
    """A kind of staff, by what they may do."""

    name: str
    label: str
    records: dict
    extra: tuple = field(default=())

    @property
    def permissions(self):
        """Codenames of Django permissions of the ``missions`` application."""
        return {f"{VERBS[verb]}_{model}" for model, verbs in self.records.items() for verb in verbs} | set(self.extra)


ROLES = {
    role.name: role
    for role in [
        Role(
            "ministry",
            _("ministry staff"),
            dict.fromkeys(REFERENCE + OF_BODIES, "vacd")
            | dict.fromkeys(["company", "user", "body"], "vac")
            | dict.fromkeys(["difficulty", "linkage"], "vc")
            | dict.fromkeys(["action", "relay", "difficultyevent", "caseremark", "handovernote", "accessrecord"], "v")
            | dict.fromkeys(["distribution", "informationevent"], "v")
            | {"recipient": "vac", "periodreport": "va"},
            ("view_every_body", "approve_publishedcase", PUBLISH, "oversee_difficulty", "review_access"),
        ),
        Role("mission_officer", _("mission officer"), DESK_WORK, ("handle_difficulty", PUBLISH)),
        Role(
            "domestic_secretariat",
            _("domestic secretariat"),
            DESK_WORK
            | dict.fromkeys(["organisation", "supportprogramme", "earliercase", "service", "recipient"], "vac"),
            ("handle_difficulty", PUBLISH),
        ),
        Role("approver", _("approver"), READ_ALL, ("view_every_body", "approve_publishedcase")),
        Role("auditor", _("auditor"), READ_ALL | {"accessrecord": "v"}, ("view_every_body", "review_access")),
    ]
}


def sees_private_records(user):
    """Whether a person may view any record that the public never reads."""
    return any(user.has_perm(f"missions.view_{model}") for model in PRIVATE)


@transaction.atomic
def write_roles():
    """Make each role a group with exactly its permissions; running it again changes nothing.

    Raises ``ValueError`` for a permission that no record has.
    """
    from django.contrib.auth.models import Group, Permission

    rows = Permission.objects.filter(content_type__app_label="missions")
    known = {permission.codename: permission for permission in rows}
    for role in ROLES.values():
        missing = role.permissions - known.keys()
        if missing:
            raise ValueError(f"{role.name}: no such permission: {', '.join(sorted(missing))}")
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(known[codename] for codename in role.permissions)
