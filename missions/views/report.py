"""How a firm reports a difficulty: to whom, what to have at hand, what happens next and how long that takes."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from missions.fields.answer_times import moved_within, taken_up_within, within
from missions.models import Body, Country, Membership, Post, Scope
from missions.views.countries import numbers_at_home

# Who collects difficulties in Korea: eleven associations, nine of them not named, and the export centres (etnews-0627).
COLLECTORS = {"kbiz", "kova", "assoc-9", "export-centers"}


@dataclass(frozen=True)
class UsualTime:
    """How long a step takes, in words."""

    label: str
    usually: str
    urgent: str


class Report(TemplateView):
    """Everything a firm needs before it calls. It files nothing: staff do."""

    template_name = "missions/report.html"

    def get_context_data(self, **kwargs):
        seats = Membership.objects.published().current().with_organisation()
        members = Prefetch("memberships", seats, to_attr="seats")
        domestic = Body.objects.published().filter(scope=Scope.DOMESTIC).prefetch_related("sources", members).first()
        held = [(seat.post, seat.organisation) for seat in domestic.seats] if domestic else []
        return {
            **super().get_context_data(**kwargs),
            "countries": Country.objects.published().to_choose_from(),
            "domestic": domestic,
            "secretariat": [organisation for post, organisation in held if post == Post.SECRETARIAT],
            "collectors": [organisation for _post, organisation in held if organisation.slug in COLLECTORS],
            "numbers_at_home": numbers_at_home(),
            "steps": usual_times(),
        }


def usual_times():
    """Each step with the working days within which it is taken, usually and where it is urgent, as the clocks count."""
    steps = [
        (_("The body that wrote it down takes it up"), taken_up_within),
        (_("The body that has it takes its next step"), moved_within),
        (_("A body it is passed to acknowledges it"), lambda urgent: within(urgent)[0]),
        (_("A body it is passed to answers"), lambda urgent: within(urgent)[1]),
    ]
    return [UsualTime(label, _working_days(days(False)), _working_days(days(True))) for label, days in steps]


def _working_days(count):
    return ngettext("%(count)d working day", "%(count)d working days", count) % {"count": count}
