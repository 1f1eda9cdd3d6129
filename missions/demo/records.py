"""Invented people, firms and meetings."""

import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.utils import timezone

from missions import models
from missions.demo.words import GOODS, MARK_EN, MARK_KO, WORDS, note
from missions.publication import firm_keys
from missions.roles import ROLES

APPROVER, SECRETARIAT = "demo-approver", "demo-secretariat"
ORDINALS = ("first", "second", "third", "fourth")
AGENDA = [
    ("현지 규제 동향 공유", "What changed in local rules", "information"),
    ("지원사업 연계 방안", "How firms reach support programmes", "linkage"),
]


def username(body):
    """The account of the officer of a body."""
    return f"demo-{body.code.lower()}"


def officer(body):
    """Somebody who has worked for a body for more than a year."""
    role = "domestic_secretariat" if body.scope == models.Scope.DOMESTIC else "mission_officer"
    user = _person(username(body), f"{MARK_KO} {body.code} 담당관", role)
    since = timezone.localdate() - datetime.timedelta(days=400)
    note(models.Posting.objects.create(user=user, body=body, since_on=since))
    return user


def approver():
    """Somebody who approves what others wrote."""
    return _person(APPROVER, f"{MARK_KO} 승인자", "approver")


def secretary():
    """A second person of the domestic secretariat: one publishes what the other wrote."""
    user = _person(SECRETARIAT, f"{MARK_KO} 국내 사무국 담당자", "domestic_secretariat")
    home = models.Body.objects.get(scope=models.Scope.DOMESTIC)
    since = timezone.localdate() - datetime.timedelta(days=400)
    note(models.Posting.objects.create(user=user, body=home, since_on=since))
    return user


def _person(name, called, role):
    user = models.User(username=name, name=called, is_active=True)
    user.set_unusable_password()
    user.save()
    user.groups.set([Group.objects.get(name=ROLES[role].name)])
    return note(user)


def firm(number, body):
    """A firm that a body knows."""
    goods = GOODS[number % len(GOODS)]
    made = models.Company.objects.create(
        body=body,
        name_ko=f"{MARK_KO} {goods[0]} 기업 {number + 1}",
        name_en=f"{MARK_EN} {goods[1]} firm {number + 1}",
        sector_id=goods[2],
        contact="가상의인물",  # one word, or each text that is marked as invented would seem to name this person
    )
    firm_keys.keep(made)
    return note(made)


def meetings(body, place):
    """A meeting of each of the last four quarters, the next one, and at some bodies one that was called off."""
    today = timezone.localdate()
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    for _ in range(4):
        quarter = (quarter - datetime.timedelta(days=1)).replace(day=1)
        quarter = quarter.replace(month=quarter.month - 2)
        number = (quarter.month - 1) // 3
        _meeting(
            body,
            _working(quarter + datetime.timedelta(days=40 + place)),
            f"{quarter.year}년 {number + 1}분기 정기회의",
            f"{ORDINALS[number]}-quarter meeting, {quarter.year}",
            status="held",
            chaired=("yes" if (number + place) % 4 else "unknown") if body.mission else "no",
            summary_ko=f"{WORDS} 현지 규제 동향을 나누고 애로 지원 방안을 논의하였습니다.",
            summary_en="Invented text. Members spoke about local rules and about help for firms.",
        )
    _next(body, _working(today + datetime.timedelta(days=20 + place)))
    further = {1: ("cancelled", 12), 2: ("postponed", 15), 3: ("planned", -6)}
    if place in further:
        status, days = further[place]
        _meeting(
            body, today + datetime.timedelta(days=days), "현장 간담회", "round table", status=status, kind="round_table"
        )


def _next(body, day):
    start = datetime.datetime.combine(day, datetime.time(10), ZoneInfo(body.time_zone))
    words = {"venue_ko": "회의실 (가상)", "venue_en": "Meeting room (invented)"}
    times = {"starts_at": start, "ends_at": start + datetime.timedelta(hours=2)}
    _meeting(body, day, "다음 정기회의", "next regular meeting", status="planned", **words, **times)


def _working(day):
    """A day, or the Monday after it where it lies on a weekend."""
    return day + datetime.timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _meeting(body, day, korean, english, **values):
    row = models.Meeting.objects.create(
        body=body,
        label_ko=f"{MARK_KO} {korean}",
        label_en=f"{MARK_EN} {english}",
        held_on=day,
        held_precision="day",
        **values,
    )
    for order, (topic_ko, topic_en, kind) in enumerate(AGENDA):
        models.AgendaItem.objects.create(
            meeting=row, order=order, topic_ko=f"{MARK_KO} {topic_ko}", topic_en=f"{MARK_EN} {topic_en}", kind=kind
        )
    note(row)
