"""Which days an office works, and why: by its country, its state, Korea's national days, and days set at the desk."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import today_in
from missions.models.holiday import DayKind, PublicHoliday

# Korea's national days (국경일에 관한 법률, art. 2) by month and day. Missions abroad close on those of them that are
# public holidays in Korea (관공서의 공휴일에 관한 규정, art. 2, proviso); ``docs/adr/0029`` says why on no other.
NATIONAL_DAYS = {(3, 1), (7, 17), (8, 15), (10, 3), (10, 9)}


class Why(models.TextChoices):
    """Why an office works on a day, or does not."""

    USUAL = "usual", _("working day")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = "holiday", _("public holiday")
    NATIONAL = "national", _("national day of Korea")
    MADE_UP = "made_up", _("working day that makes up for a holiday")
    FREE = "free", _("set to be free")
    WORKING = "working", _("set to be a working day")


WORKED = {Why.USUAL, Why.MADE_UP, Why.WORKING}


@dataclass(frozen=True)
class OfficeDay:
    """A day at an office: why it works or does not, and the name of the holiday where the day has one."""

    on: date
    why: Why
    name: str = ""

    @property
    def is_working(self):
        """Whether the office works."""
        return self.why in WORKED


class OfficeCalendar:
    """The days of the office of a body or of a mission: ``day(on)`` says of each whether it works, and why.

    The first that applies decides: a day set for this office; at a mission, a national day of Korea; a day set for the
    country; a day that the library knows. Of a country that it does not know, only Saturdays and Sundays are free.
    Names are those of the library: Korean ones of Korea's holidays for readers of Korean, otherwise English ones.
    ``rows`` are the days set for it, where they are known already.
    """

    def __init__(self, body=None, *, mission=None, rows=None):
        mission = mission or body.mission
        self.country = mission.country_id if mission else body.country_code
        self.is_mission = mission is not None
        self.part = mission.subdivision.partition("-")[2] if mission else ""
        if rows is None:
            rows = PublicHoliday.objects.filter(Q(body=body) | Q(country=self.country))
        self.set_days = {(row.body_id is None, row.on): row for row in rows}

    def day(self, on):
        """One day of this office."""
        if row := self.set_days.get((False, on)):
            return _as_set(row)
        if self.is_mission and (on.month, on.day) in NATIONAL_DAYS and (name := _known("KR", "", on).get(on)):
            return OfficeDay(on, Why.NATIONAL, name)
        if row := self.set_days.get((True, on)):
            return _as_set(row)
        known = _known(self.country, self.part, on)
        if known.is_weekend(on):
            return OfficeDay(on, Why.MADE_UP if on in known.weekend_workdays else Why.WEEKEND)
        name = known.get(on)
        return OfficeDay(on, Why.HOLIDAY, name) if name else OfficeDay(on, Why.USUAL)


def today_at(missions, now=None):
    """What today is at each of some missions, by their keys; nothing without a time zone. One query, bodies aside."""
    days = {mission.pk: today_in(mission.time_zone, now) for mission in missions if mission.time_zone}
    there = Q(country__in=[mission.country_id for mission in missions]) | Q(body__mission__in=list(days))
    rows = list(PublicHoliday.objects.filter(there, on__in={*days.values()})) if days else []
    found = {}
    for mission in missions:
        if mission.pk in days:
            body = mission.body.pk if hasattr(mission, "body") else 0
            own = [row for row in rows if row.country_id == mission.country_id or row.body_id == body]
            found[mission.pk] = OfficeCalendar(mission=mission, rows=own).day(days[mission.pk])
    return found


def _as_set(row):
    return OfficeDay(row.on, Why.FREE if row.kind == DayKind.FREE else Why.WORKING, row.name)


def _known(country, part, on):
    language = "ko" if country == "KR" and get_language() == "ko" else "en_US"
    return _of_year(country, part, language, on.year)


@lru_cache(maxsize=500)
def _of_year(country, part, language, year):
    """What the library knows of one year. It is only read: asking it for a day of another year changes nothing."""
    options = {"years": year, "expand": False, "language": language}
    try:
        return holidays.country_holidays(country, subdiv=part or None, **options)
    except NotImplementedError:
        return _of_year(country, "", language, year) if part else holidays.HolidayBase(**options)
