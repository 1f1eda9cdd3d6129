"""Invented difficulties, and what happens to each: most are closed within a few weeks, some are still on their way."""

import datetime
from unittest.mock import patch

from django.utils import timezone

from missions import models
from missions.demo.words import GOODS, MARK_KO, TROUBLES, WORDS, note
from missions.difficulties import closing, progress, relays, workflow
from missions.difficulties.workflow import StepRefused
from missions.fields.dates import today_in

CYCLE = 16  # of so many difficulties three are recent, one in each stage before the last, and one is stuck
RECENT = {0: 1, 1: 8, 2: 16}  # days since the report, by place in the cycle
STUCK = 3
OUTCOMES = ["resolved", "resolved", "resolved_in_part", "workaround", "advice", "referred", "not_resolvable"]
ABROAD = ["US", "VN", "DE", "SG"]  # where the difficulties lie that are reported at home


def difficulty(number, chance, bodies, officers, firms):
    """File one difficulty on a day of the year and let happen to it what fits in the time since."""
    body, firm = chance.choice(bodies), chance.choice(firms)
    goods, trouble = GOODS[number % len(GOODS)], chance.choice(TROUBLES)
    place, age = number % CYCLE, chance.randrange(60, 360)
    start = timezone.now() - datetime.timedelta(days=RECENT.get(place, age))
    urgent = number % 9 == 4
    today = today_in(body.time_zone, start)
    with patch.object(timezone, "now", lambda: start):
        row = workflow.file_difficulty(
            models.Difficulty(
                title=f"{MARK_KO} {goods[0]} {trouble.name[0]}",
                account=f"{WORDS} {goods[0]} 수출 중 {trouble.name[0]} 문제를 겪었습니다. "
                f"Invented: {goods[1]}, {trouble.name[1]}.",
                report_source=chance.choice(models.ReportSource.values),
                company=firm,
                country_id=body.mission.country_id if body.mission else chance.choice(ABROAD),
                type_id=trouble.type,
                sector_id=goods[2],
                reported_on=today,
                filed_through=body,
                is_urgent=urgent,
                urgent_reason=f"{WORDS} 선적일이 다가옵니다." if urgent else "",
                hurts_on=today + datetime.timedelta(days=21) if urgent else None,
                value_amount=chance.randrange(1, 90) * 10_000 if number % 3 == 0 else None,
                value_currency="USD" if number % 3 == 0 else "",
            ),
            by=officers[body],
        )
    note(row)
    at = start
    for name, values in _as_far(place, _story(chance, row, bodies, officers)):
        at += datetime.timedelta(days=chance.randrange(1, 9))
        if at > timezone.now():
            break
        with patch.object(timezone, "now", lambda at=at: at):
            _step(row, name, values, officers)
            if name == "close" and number % 6 == 3:
                _link(row, chance)


def _as_far(place, steps):
    """The steps of a story up to where this difficulty stands: one that is stuck waits for an answer, or for others."""
    if place in RECENT:
        return steps[:place]
    if place != STUCK:
        return steps
    names = [name for name, _values in steps]
    return steps[: names.index("relay") + 1 if "relay" in names else names.index("close")]


def _story(chance, row, bodies, officers):
    """Steps that may follow one another, in the order in which they make sense."""
    organisations = chance.sample(list(models.Organisation.objects.named()[:10]), 2)
    ending = {"outcome": chance.choice(OUTCOMES), "solution": WORDS, "lesson": WORDS, "reason": WORDS}
    actions = [
        ("act", {"action": models.Action(organisation=organisation, kind=kind, what=WORDS)})
        for organisation, kind in zip(organisations, ["advice", "host_authority"], strict=True)
    ]
    steps = [("review", {}), ("accept", {"owner": officers[row.holder]}), actions[0]]
    if chance.random() < 0.4:
        on = chance.choice(["host_authority", "company"])
        steps.append(("wait", {"waiting_on": on, "note": WORDS}))
    if chance.random() < 0.5:
        other = chance.choice([body for body in bodies if body != row.holder])
        steps += _leg(chance.choice(["hand_over", "help", "help", "information"]), other)
    if chance.random() < 0.5:
        steps.append(actions[1])
    confirmation = chance.choice(["asked", "agrees", "agrees", "agrees", "no_reply"])
    steps += [("close", {**ending, "referred_to": organisations[0]}), ("confirm", {"confirmation": confirmation})]
    return steps


def _leg(kind, to):
    """A relay and what its receiver does with it."""
    received = {"hand_over": ("take_over", {}), "help": ("answer", {"text": WORDS}), "information": ("acknowledge", {})}
    first = [("acknowledge", {})] if kind != "information" else []
    return [("relay", {"to": to, "kind": kind, "asked": WORDS}), *first, received[kind]]


def _step(row, name, values, officers):
    row = models.Difficulty.objects.get(pk=row.pk)
    leg = row.relays.open().order_by("pk").last()
    verb = next(getattr(module, name) for module in (workflow, progress, relays, closing) if hasattr(module, name))
    target, actor = (leg, leg and leg.receiver) if workflow.STEPS[name].kinds else (row, row.holder)
    if target is None:
        return
    if "action" in values:
        values["action"].done_on = models.today_of(officers[actor])
    if name == "wait":
        values["until"] = models.today_of(officers[actor]) + datetime.timedelta(days=14)
    try:
        verb(target, by=officers[actor], **values)
    except StepRefused:
        return  # the story took another turn


def _link(row, chance):
    """The firm is linked to a support programme."""
    programme = chance.choice(list(models.SupportProgramme.objects.order_by("pk")))
    made = {"body": row.holder, "recorded_by": row.filed_by}
    linked_on = models.today_of(row.filed_by)
    models.Linkage.objects.create(difficulty=row, programme=programme, linked_on=linked_on, result=WORDS, **made)
