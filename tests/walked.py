"""The walk over the public site that the tests of a worker share.

A copy of the database gets records of each kind. A process of the public face walks over it at one moment, on
PostgreSQL as the public role, as in production. The copy stays there for tests that go on from it.
"""

import datetime
import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from missions.difficulties import progress, workflow
from missions.models import Action, Organisation
from tests import face, make, template
from tests.site import CANARY, Site, plant


@dataclass
class Walked(Site):
    """What a process found, over which rows of which database, as whom, at which moment, and what it had loaded."""

    planted: SimpleNamespace
    database: str
    user: str | None
    moment: datetime.datetime
    modules: list


@contextmanager
def walked(source):
    """The site over a copy of this database, as long as the copy is there."""
    own = connection.settings_dict["NAME"]
    with template.beside(source, "planted") as name:
        rows = plant_all()
        with public_role() as user:
            moment = timezone.now()
            asked = {"walk": [rows.body.pk, rows.meeting.pk, moment]}
            told = face.process("public", asked, user=user)
            rest = {"planted": rows, "database": name, "user": user, "moment": moment, "modules": told["modules"]}
            with template.led_to(own):
                yield Walked(**vars(told["walk"]), **rest)


def plant_all():
    """What ``tests.site`` plants, and what the figures of a month and the work of another body need."""
    rows = plant()
    rows.case = make.case(rows.body)
    rows.other = make.body(purpose_ko="하노이의 기업과 함께 일합니다.", purpose_en="It works with firms in Hanoi.")
    officer, organisation = make.officer(rows.body), Organisation.objects.get(slug="kosme")
    for _ in range(5):
        record = make.difficulty(rows.body, officer, reported_on=make.DAY)
        record = workflow.accept(record, by=officer, owner=officer)
        done_on = make.DAY + datetime.timedelta(days=4)
        action = Action(organisation=organisation, kind="advice", done_on=done_on, what=CANARY)
        progress.act(record, action, by=officer)
    make.month_passes()
    call_command("rebuild_search", verbosity=0)
    return rows


@contextmanager
def public_role():
    """Name and password of a role of the public face on the database of the connection; None where there are no roles.

    The role is taken away again, with what it was granted.
    """
    if connection.vendor != "postgresql":
        yield None
        return
    name, password = f"portal_public_{secrets.token_hex(4)}", secrets.token_hex(8)
    try:
        with patch.dict(os.environ, PUBLIC_ROLE_PASSWORD=password):
            call_command("grant_public_role", role=name, verbosity=0)
            call_command("grant_public_role", role=name, verbosity=0)  # again, as after the next release
        yield f"{name}:{password}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")
