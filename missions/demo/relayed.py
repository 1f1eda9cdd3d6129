"""Invented local information, at every stage of its way home, and those it is distributed to."""

import datetime
from unittest.mock import patch

from django.utils import timezone

from missions import models
from missions.demo.words import MARK_EN, MARK_KO, TROUBLES, WORDS, note
from missions.publication import information as relayed

EACH = 4  # items of a body
RECIPIENTS = [
    ("수출기업 협회", "customs", []),
    ("수출지원센터", "", []),
    ("화장품 협회", "certification", ["C"]),
    ("식품 수출 지원단", "", ["A", "C"]),
]


def recipients():
    """A few recipients with different interests."""
    for number, (name, topic, sectors) in enumerate(RECIPIENTS):
        row = models.Recipient.objects.create(name=f"{MARK_KO} {name}", email=f"recipient{number + 1}@demo.example")
        row.topics.set([topic] if topic else [])
        row.sectors.set(sectors)
        note(row)


def information(body, chance, officer):
    """Items of a body, written by its officer: the last is still a draft, the others are sent home."""
    country = body.mission.country if body.mission else models.Country.objects.get(pk="KR")
    for number, trouble in enumerate(chance.sample(TROUBLES, EACH)):
        day = timezone.localdate() - datetime.timedelta(days=chance.randrange(10, 360))
        item = models.LocalInformation.objects.create(
            body=body,
            country=country,
            topic_id=trouble.type,
            title_ko=f"{MARK_KO} {country.name_ko} {trouble.name[0]} 안내",
            title_en=f"{MARK_EN} {country.name_en}: notes on {trouble.name[1]}" if number else "",
            text_ko=f"{WORDS} {trouble.lesson[0]}",
            text_en=f"Invented text. {trouble.lesson[1]}" if number else "",
            issued_on=day,
            valid_until=None if number else day + datetime.timedelta(days=180),
            drafted_by=officer,
        )
        note(item)
        if number < EACH - 1:
            with _days_after(item, 0):
                relayed.send(item, by=officer)


def publish(items, by):
    """Publish and distribute invented items sent home, but the last of each body: it waits or is sent back."""
    last = {item.body_id: item for item in items if item.sent_at}
    sent = [item for item in items if item.state == models.InformationState.SENT]
    recipients = list(models.Recipient.objects.filter(name__startswith=MARK_KO))
    for number, item in enumerate(sent):
        if item != last[item.body_id]:
            with _days_after(item, 2):
                item = relayed.publish(item, by=by)
            if number % 2:
                with _days_after(item, 3):
                    relayed.distribute(item, by=by, recipients=recipients[: 2 + number % 3])
        elif number % 4 == 0:
            relayed.send_back(item, by=by, note=f"{WORDS} 시행일을 확인하여 적어 주십시오.")
    return len(sent) - len(last)


def _days_after(item, days):
    """Let a step be taken some days after an item was issued."""
    noon = datetime.datetime.combine(item.issued_on + datetime.timedelta(days=days), datetime.time(12))
    moment = timezone.make_aware(noon)
    return patch.object(timezone, "now", lambda: moment)
