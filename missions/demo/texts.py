"""Public texts on invented difficulties, written and approved by two invented people."""

import datetime
from unittest.mock import patch

from django.utils import timezone

from missions import models
from missions.demo.words import GOODS, MARK_EN, MARK_KO, TROUBLES, WORDS
from missions.publication import workflow as publishing
from missions.publication.privacy import findings, fingerprint
from missions.search import staff as staff_search

WAITING, SHOWN = 6, 40  # texts left for approval, and texts that become public
TELLING = ["resolved", "resolved_in_part", "workaround", "advice"]
IN_ENGLISH = 5  # one of so many is still without its English


def leave_for_approval(officers, approver):
    """Leave a few texts waiting for approval, and one sent back to its author."""
    cases = [_written(row, officers[row.holder]) for row in _closed()[:WAITING]]
    if cases:
        publishing.send_back(cases[-1], by=approver, remark=f"{WORDS} 조치 결과를 더 자세히 적어 주십시오.")


def publish(officers, approver):
    """Write and approve texts on closed difficulties that have none, some weeks after each. Returns how many."""
    rows = _closed()[:SHOWN]
    for number, row in enumerate(rows):
        case = _written(row, officers[row.holder], english=number % IN_ENGLISH > 0)
        at = min(_closed_at(row) + datetime.timedelta(days=14), timezone.now())
        with patch.object(timezone, "now", lambda at=at: at):
            publishing.approve(case, by=approver, checked=fingerprint(findings(case)))
    return len(rows)


def _closed():
    """Closed invented difficulties with something to tell and no text yet, the latest first."""
    made = models.LoadedRow.objects.filter(file=models.INVENTED, key__startswith="Difficulty:").values_list(
        "record", flat=True
    )
    rows = models.Difficulty.objects.filter(pk__in=list(made), stage="closed", outcome__in=TELLING, case_reference="")
    return list(rows.with_names().order_by("-reported_on", "-pk"))


def _closed_at(row):
    return row.events.filter(step="close").order_by("-pk").values_list("at", flat=True).first()


def _written(row, author, *, english=True):
    """A text on a difficulty, waiting for approval."""
    goods = next(goods for goods in GOODS if f" {goods[0]} " in row.title)
    trouble = next(trouble for trouble in TROUBLES if trouble.type == row.type_id)
    case = publishing.begin_from(row, by=author)
    case.title_ko = f"{MARK_KO} {goods[0]} 수출 기업의 {trouble.name[0]}"
    case.happened_ko = (
        f"{WORDS} {row.country.name_ko}에 {goods[0]} 수출을 준비하던 기업이 {trouble.name[0]} 문제를 겪었습니다."
    )
    case.done_ko, case.lesson_ko = f"{WORDS} {trouble.done[0]}", trouble.lesson[0]
    if english:
        case.title_en = f"{MARK_EN} {goods[1].capitalize()}: {trouble.name[1]}"
        case.happened_en = f"Invented text. A firm met with a difficulty while exporting {goods[1]}: {trouble.name[1]}."
        case.done_en, case.lesson_en = f"Invented text. {trouble.done[1]}", trouble.lesson[1]
    case.closed_month = timezone.localtime(_closed_at(row)).date().replace(day=1)
    case.save()
    for actor in case.actors.all():
        actor.what_ko, actor.what_en = f"{WORDS} {actor.what_ko}".strip(), f"Invented text. {actor.what_en}".strip()
        actor.save()
    staff_search.keep(case)
    return publishing.submit(case, by=author)
