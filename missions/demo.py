"""An invented year of work, for trying the portal and for screenshots. Every name in it says that it is invented.

Difficulties move by the workflow's own verbs, on days spread over the year. Each row is noted in ``LoadedRow``,
so that ``remove`` takes away exactly what ``seed`` made.
"""

import datetime
import random
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from missions import closing, models, relays, search, workflow
from missions.roles import ROLES
from missions.workflow import StepRefused

FILE = "demo"
MARK_KO, MARK_EN = "(가상)", "(invented)"
GOODS = [
    ("김", "seaweed", "J"),
    ("화장품", "cosmetics", "C"),
    ("배터리 부품", "battery parts", "C"),
    ("의료기기", "medical devices", "C"),
    ("소프트웨어", "software", "J"),
    ("식품 포장재", "food packaging", "C"),
]
TROUBLES = [
    ("customs", "통관 지연", "customs delay"),
    ("certification", "인증 지연", "late certificate"),
    ("tariff", "반덤핑관세 부과", "anti-dumping duty"),
    ("payment", "대금 미회수", "unpaid invoice"),
    ("visa_hr", "주재원 비자 거절", "visa refusal"),
    ("regulation_licensing", "인허가 지연", "late permit"),
]
WORDS = "가상으로 만든 내용입니다."


def seed(count=300, *, seed_number=1):
    """Make a year of invented work at every body, ``count`` difficulties among it. Returns how many rows."""
    chance = random.Random(seed_number)  # noqa: S311 - invented data, the same every time
    with transaction.atomic():
        bodies = list(models.Body.objects.select_related("mission__country"))
        officers = {body: _officer(body) for body in bodies}
        firms = [_firm(number, chance.choice(bodies)) for number in range(max(count // 5, 1))]
        for body in bodies:
            _meetings(body)
            _information(body, chance)
    for number in range(count):
        with transaction.atomic():
            _difficulty(number, chance, bodies, officers, firms)
    return models.LoadedRow.objects.filter(file=FILE).count()


def remove():
    """Take away all that ``seed`` made, the history of its difficulties included. Returns how many rows."""
    rows = models.LoadedRow.objects.filter(file=FILE)
    keys = {}
    for row in rows:
        keys.setdefault(row.key.split(":")[0], []).append(row.record)
    count = rows.count()
    difficulties = keys.get("Difficulty", [])
    with transaction.atomic(), _history_open():
        for part in (models.DifficultyEvent, models.Relay, models.Action):
            part.objects.filter(difficulty__in=difficulties).delete()
        for part in (models.Relay, models.Action):
            part.history.filter(difficulty_id__in=difficulties).delete()
        people = keys.get("User", [])
        for notes in (models.HandoverNote.objects, models.HandoverNote.history):
            notes.filter(Q(user__in=people) | Q(written_by__in=people)).delete()
        for name in ("Difficulty", "Company", "Meeting", "LocalInformation", "Posting", "User"):
            model = getattr(models, name)
            search.forget(model, keys.get(name, []))
            model.objects.filter(pk__in=keys.get(name, [])).delete()
            model.history.filter(id__in=keys.get(name, [])).delete()
        rows.delete()
    return count


@contextmanager
def _history_open():
    """Lift the triggers that keep the history, and put them back."""
    from importlib import import_module

    kept = import_module("missions.migrations.0003_events_append_only")
    make = {"postgresql": kept.POSTGRESQL, "sqlite": kept.SQLITE}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in kept.UNDONE[connection.vendor]:
            cursor.execute(statement)
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in make:
            cursor.execute(statement)


def _note(row):
    name = type(row).__name__
    models.LoadedRow.objects.create(file=FILE, key=f"{name}:{row.pk}", record=str(row.pk), values={})
    search.keep(row)
    return row


def _officer(body):
    from django.contrib.auth.models import Group

    user = models.User(username=f"demo-{body.code.lower()}", name=f"{MARK_KO} {body.code} 담당관", is_active=True)
    user.set_unusable_password()
    user.save()
    role = "domestic_secretariat" if body.scope == models.Scope.DOMESTIC else "mission_officer"
    user.groups.set([Group.objects.get(name=ROLES[role].name)])
    since = timezone.localdate() - datetime.timedelta(days=400)
    _note(models.Posting.objects.create(user=user, body=body, since_on=since))
    return _note(user)


def _firm(number, body):
    goods = GOODS[number % len(GOODS)]
    return _note(
        models.Company.objects.create(
            body=body,
            name_ko=f"{MARK_KO} {goods[0]} 기업 {number + 1}",
            name_en=f"{MARK_EN} {goods[1]} firm {number + 1}",
            sector_id=goods[2],
            contact=f"{MARK_KO} 담당자",
        )
    )


def _meetings(body):
    today = timezone.localdate()
    for quarter, days in enumerate((-330, -240, -150, -60, 30)):
        on = today + datetime.timedelta(days=days)
        held = on < today
        _note(
            models.Meeting.objects.create(
                body=body,
                label_ko=f"{MARK_KO} {quarter + 1}분기 정기회의",
                label_en=f"{MARK_EN} meeting of quarter {quarter + 1}",
                held_on=on,
                held_precision="day",
                status="held" if held else "planned",
                chaired="yes" if held else "unknown",
            )
        )


def _information(body, chance):
    country = body.mission.country if body.mission else models.Country.objects.get(pk="KR")
    for _ in range(3):
        kind, korean, english = chance.choice(TROUBLES)
        _note(
            models.LocalInformation.objects.create(
                body=body,
                country=country,
                topic_id=kind,
                title_ko=f"{MARK_KO} {country.name_ko} {korean} 안내",
                title_en=f"{MARK_EN} {country.name_en}: notes on {english}",
                text_ko=WORDS,
                text_en="Invented text.",
                issued_on=timezone.localdate() - datetime.timedelta(days=chance.randrange(1, 360)),
            )
        )


def _difficulty(number, chance, bodies, officers, firms):
    """File one difficulty on a day of the year and let a few steps happen to it."""
    body, firm = chance.choice(bodies), chance.choice(firms)
    goods, (kind, korean, english) = GOODS[number % len(GOODS)], chance.choice(TROUBLES)
    start = timezone.now() - datetime.timedelta(days=chance.randrange(5, 360))
    country = body.mission.country_id if body.mission else chance.choice(["US", "VN", "DE", "SG"])
    with patch.object(timezone, "now", lambda: start):
        row = workflow.file_difficulty(
            models.Difficulty(
                title=f"{MARK_KO} {goods[0]} {korean}",
                account=f"{WORDS} {goods[0]} 수출 중 {korean} 문제를 겪었습니다. Invented: {goods[1]}, {english}.",
                company=firm,
                country_id=country,
                type_id=kind,
                sector_id=goods[2],
                reported_on=start.date(),
                filed_through=body,
            ),
            by=officers[body],
        )
    _note(row)
    for day, (name, values) in enumerate(_story(chance, row, bodies, officers)[: chance.randrange(0, 9)], start=1):
        at = min(start + datetime.timedelta(days=day * 2), timezone.now())
        with patch.object(timezone, "now", lambda at=at: at):
            _step(row, name, values, officers)


def _story(chance, row, bodies, officers):
    """Steps that may follow one another, in the order in which they make sense."""
    other = chance.choice([body for body in bodies if body != row.holder])
    organisation = chance.choice(list(models.Organisation.objects.named()[:10]))
    ending = chance.choice(["advice", "resolved", "resolved_in_part", "workaround"])
    kind = chance.choice(["hand_over", "help", "information"])
    reaction = {"hand_over": ("take_over", {}), "help": ("answer", {"text": WORDS}), "information": ("acknowledge", {})}
    return [
        ("review", {}),
        ("accept", {"owner": officers[row.holder]}),
        ("act", {"action": models.Action(organisation=organisation, kind="advice", what=WORDS)}),
        ("wait", {"waiting_on": chance.choice(["host_authority", "company"]), "note": WORDS}),
        ("relay", {"to": other, "kind": kind, "asked": WORDS}),
        ("acknowledge", {}) if kind == "hand_over" else reaction[kind],
        reaction[kind],
        ("close", {"outcome": ending, "solution": WORDS, "lesson": WORDS}),
        ("confirm", {"confirmation": chance.choice(["asked", "agrees", "no_reply"])}),
    ]


def _step(row, name, values, officers):
    row = models.Difficulty.objects.get(pk=row.pk)
    leg = row.relays.open().order_by("pk").last()
    verb = next(getattr(module, name) for module in (workflow, relays, closing) if hasattr(module, name))
    target, actor = (leg, leg and leg.receiver) if workflow.STEPS[name].kinds else (row, row.holder)
    if target is None:
        return
    if "action" in values:
        values = {"action": values["action"]}
        values["action"].done_on = timezone.localdate()
    try:
        verb(target, by=officers[actor], **values)
    except StepRefused:
        return  # the story took another turn
