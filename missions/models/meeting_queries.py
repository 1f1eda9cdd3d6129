"""Questions over many meetings."""

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from missions.fields.dates import Precision
from missions.models.base import OfBodiesQuerySet, telling_sources
from missions.models.local_days import today_there
from missions.models.meeting_terms import MeetingStatus


def _passed(now=None, body=None):
    """The condition that a meeting is over at a moment, as ``Meeting.has_passed`` says it of one."""
    now = now or timezone.now()
    by_time = Q(ends_at__lte=now) | Q(ends_at=None, starts_at__lte=now)
    return by_time | Q(starts_at=None, held_on__lt=today_there(_since, now, body))


def _since(today):
    return Case(When(held_precision=Precision.MONTH, then=Value(today.replace(day=1))), default=Value(today))


class MeetingQuerySet(OfBodiesQuerySet):
    def published(self):
        """Meetings the public may read. Public pages start here and nowhere else."""
        return self.filter(is_published=True)

    def held(self):
        """Meetings that took place."""
        return self.filter(status=MeetingStatus.HELD)

    def upcoming(self, now=None, *, body=None):
        """Planned meetings, of one body or all, that have not passed, and those whose day is still to be fixed."""
        return self._of(body).filter(status=MeetingStatus.PLANNED).exclude(_passed(now, body))

    def overdue(self, now=None):
        """Planned meetings that have passed: whether they were held is still to be recorded."""
        return self.filter(_passed(now), status=MeetingStatus.PLANNED)

    def dated(self):
        """Meetings known to the day, which a calendar can show."""
        return self.filter(held_precision=Precision.DAY)

    def undated(self):
        """Meetings that a calendar cannot show: no day is known, or only a bound or a month."""
        return self.exclude(held_precision=Precision.DAY)

    def soonest_first(self):
        """By day, those without a day last."""
        return self.order_by(F("held_on").asc(nulls_last=True), "pk")

    def next_first(self, now=None, *, body=None, planned_first=False):
        """Meetings, of one body or all: those ahead, the soonest first; then the others, the latest first.

        ``planned_first`` puts those ahead that were called off behind those that are to take place.
        """
        waited_for = Q(status__in=[MeetingStatus.PLANNED, MeetingStatus.POSTPONED])
        ahead = (waited_for | Q(status=MeetingStatus.CANCELLED, held_on__isnull=False)) & ~_passed(now, body)
        called_off = Case(When(status=MeetingStatus.PLANNED, then=0), default=1) if planned_first else Value(0)
        return self._of(body).order_by(
            Case(When(ahead, then=called_off), default=2),
            Case(When(ahead, then=F("held_on"))).asc(nulls_last=True),
            F("held_on").desc(nulls_last=True),
            "-pk",
        )

    def _of(self, body):
        return self.filter(body=body) if body else self

    def with_names(self):
        """Fetch what a list prints beside each meeting."""
        return telling_sources(self.select_related("body__mission"))

    def for_calendar(self):
        """Fetch what a calendar says of each meeting."""
        return self.with_names().prefetch_related("agenda")
