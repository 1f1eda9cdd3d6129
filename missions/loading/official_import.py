"""Takes over an edition of the official list of missions: exactly what its plan says, all of it or nothing."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.loading.official_plan import CHANGED, FILE, SAME, plan
from missions.models import LoadedRow, Mission, Source
from missions.publication import gate
from missions.search import staff as staff_search

SOURCE = {
    "publisher": "외교부(공공데이터포털)",
    "title": "외교부_국가 지역별 재외공관 정보",
    "url": "https://www.data.go.kr/data/15076569/fileData.do",
}
MOVED = gettext_lazy("The records were changed in between. Look at what would be done now, and agree again.")
MOVES_CLOCKS = {"country", "time_zone"}


class Refused(Exception):
    """Nothing was taken over. The message says why."""


def take_over(content, dated, seen=None):
    """Do what a plan says, all of it or nothing. Returns the plan, and the missions whose clocks may move.

    ``seen`` is the fingerprint of the plan that somebody agreed to. Raises ``Refused`` where a line is wrong or the
    records were changed since, and ``Unreadable``.
    """
    try:
        with transaction.atomic():
            return _taken_over(content, dated, seen)
    except gate.Refused as refused:
        raise Refused(str(refused)) from refused
    except IntegrityError as error:  # somebody entered the same mission a moment ago
        raise Refused(MOVED) from error


def _taken_over(content, dated, seen):
    list(Mission.objects.select_for_update().order_by("pk").values_list("pk"))
    doing = plan(content, dated)
    if seen is not None and seen != doing.fingerprint:
        raise Refused(MOVED)
    if doing.problems:
        raise Refused(_("Nothing was taken over: correct what is wrong in the list first."))
    source = _source(dated)
    written = [_write(line, source) for line in doing.lines]
    staff_search.keep(*(line.mission for line in doing.lines if line.what != SAME))
    LoadedRow.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["file", "key"], update_fields=["record", "values"]
    )
    moved = [line.mission for line in doing.of(CHANGED) if MOVES_CLOCKS & {change.column for change in line.changes}]
    return doing, moved


def _source(dated):
    values = SOURCE | {"dated_on": dated, "dated_precision": "day"}
    return Source.objects.get_or_create(key=f"{FILE}-{dated:%y%m%d}", defaults=values)[0]


def _write(line, source):
    """Write one mission, and return what the list says of it, to be kept."""
    mission = line.mission
    if line.what != SAME:
        mission._change_reason = f"import {source.key}: {source.title}"[:100]
        mission.save()
        gate.check(mission)
    if any(change.column == "covers" for change in line.changes):
        cover(mission, line.entry.cells["covers"].split())
    earlier = [each for each in mission.sources.all() if each.key.startswith(f"{FILE}-") and each != source]
    mission.sources.remove(*earlier)
    if source not in mission.sources.all():
        mission.sources.add(source)
    values = (line.last.values if line.last else {}) | line.entry.cells
    if line.last and line.last.key != line.entry.key:
        line.last.delete()
    return LoadedRow(file=FILE, key=line.entry.key, record=str(mission.pk), values=values)


def cover(mission, codes):
    """Note which further countries a mission serves (겸임). The one place where an import does so."""
    mission.covers.set(codes)
