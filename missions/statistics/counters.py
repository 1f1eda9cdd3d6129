"""The programme's four counters, defined once (2.3 of the domain: meetings, difficulties, information, linkages).

Each has the day on which it counts, ``counted_on``, and the body for which it counts. A day that sources give only by
a bound or by its month counts on the day kept in the record; a meeting without any day counts in the whole time only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from missions.models import (
    Action,
    Body,
    BodyState,
    BodyStep,
    Chaired,
    Difficulty,
    Linkage,
    LoadedRow,
    LocalInformation,
    Meeting,
    Scope,
)
from missions.statistics.periods import Period
from missions.statistics.tables import guarded_parts
from missions.statistics.unions import union

EVER = Period()
PRIVATE = ("difficulties", "linkages")  # counters whose rows no public list has
LISTED = {"meetings": "meetings listed", "information": "information listed"}  # those that one has, but for some


def meetings_chaired():
    """Meetings that were held and that a head of mission chaired, on the day they were held, for the body that met."""
    return Meeting.objects.held().filter(chaired=Chaired.YES).annotate(counted_on=F("held_on"))


def difficulties_supported():
    """Difficulties about which an organisation took at least one action, on the day of the first such action.

    They count for the body that holds them: the one that acts, wherever they were filed.
    """
    actions = Action.objects.filter(difficulty=OuterRef("pk"))
    first = actions.order_by("done_on", "pk").values("done_on")[:1]
    return Difficulty.objects.filter(Exists(actions)).annotate(counted_on=Subquery(first))


def information_items():
    """Items of local information that were published or distributed, for the body that sent them.

    A distributed item counts on the day it was distributed, a published one on the day it was issued: its
    publication has no day of its own. One that was both counts once, on the earlier of the two.
    """
    day = Case(
        When(is_published=False, then=F("distributed_on")),
        When(distributed_on=None, then=F("issued_on")),
        default=Least("issued_on", "distributed_on"),
    )
    return LocalInformation.objects.given_out().annotate(counted_on=day)


def linkages():
    """Firms linked to a support programme, once a programme, on the day of the link, for the holding body."""
    return Linkage.objects.annotate(counted_on=F("linked_on"))


@dataclass(frozen=True)
class Counter:
    """One of the four, with the way from its rows to the body they count for, and what a list of them prints."""

    key: str
    label: str
    rows: Callable[[], QuerySet]
    body: str
    names: tuple[str, ...]

    @property
    def permission(self):
        """What a member of staff needs to see it."""
        return f"missions.view_{self.rows().model._meta.model_name}"

    def within(self, period):
        """The rows counted in a period."""
        return self.rows().filter(period.condition("counted_on"))

    def visible_to(self, user, period=EVER):
        """Those of them that count for bodies the user may see."""
        rows = self.within(period).visible_to(user)
        if user.has_perm("missions.view_every_body"):
            return rows
        return rows.filter(**{f"{self.body}__in": Body.objects.visible_to(user)})

    def by_body(self, rows):
        """How many of the rows count for each body, by its key; those of no body under None."""
        return dict(rows.order_by().values_list(self.body).annotate(Count("pk")))

    def latest_first(self, rows):
        """The rows as a list prints them, the latest first."""
        return rows.select_related(*self.names).order_by(F("counted_on").desc(nulls_last=True), "-pk")


COUNTERS = {
    counter.key: counter
    for counter in [
        Counter("meetings", _("meetings chaired by heads of mission"), meetings_chaired, "body", ("body",)),
        Counter("difficulties", _("difficulties supported"), difficulties_supported, "holder", ("holder",)),
        Counter("information", _("items of local information"), information_items, "body", ("body",)),
        Counter(
            "linkages",
            _("linkages to support"),
            linkages,
            "difficulty__holder",
            ("difficulty__holder", "programme"),
        ),
    ]
}


def running_on(day):
    """How many overseas bodies ran at the end of a day, and in how many countries, by the steps of their states.

    A body whose launch has no day is in neither number: ``undated`` says how many such bodies run at present.
    """
    steps = BodyStep.objects.filter(body__scope=Scope.OVERSEAS, as_of_on__isnull=False).order_by("as_of_on", "pk")
    states, launched = {}, set()
    for body, country, state, on in steps.values_list("body", "body__mission__country", "state", "as_of_on"):
        if on <= day:
            states[body, country] = state
        if state == BodyState.LAUNCHED:
            launched.add(body)
    running = [(body, country) for (body, country), state in states.items() if state == BodyState.LAUNCHED]
    return {
        "missions": len(running),
        "countries": len({country for _body, country in running}),
        "undated": Body.objects.overseas().running().exclude(pk__in=launched).count(),
    }


def counts_by_body():
    """How many rows each counter counts in the whole time, by the key of the body; of no body under None.

    ``LISTED`` names those of them that stand in a public list.
    """
    counts = {key: {} for key in (*COUNTERS, *LISTED.values())}
    for key, body, count in union(_counted)():
        counts[key][body] = count
    return counts


def _counted():
    rows = {key: (counter, counter.rows()) for key, counter in COUNTERS.items()}
    rows |= {name: (COUNTERS[key], rows[key][1].published()) for key, name in LISTED.items()}
    return [
        found.order_by().values_list(Value(name), counter.body).annotate(Count("pk"))
        for name, (counter, found) in rows.items()
    ]


def guarded_by_body(bodies, by_body):
    """What the public may read of the counters of private records: of each body by its key, and of all together."""
    keys = sorted(body.pk for body in bodies)  # in one order on every page: what is left out follows from it
    return {name: guarded_parts({key: by_body[name].get(key, 0) for key in keys}) for name in PRIVATE}


def todays_counts(bodies, by_body):
    """The counters as the public reads them: of all bodies together, with those running overseas and their countries.

    ``bodies`` are all there are, with their missions, and ``by_body`` is what ``counts_by_body`` found.
    """
    overseas = [body for body in bodies if body.scope == Scope.OVERSEAS and body.state == BodyState.LAUNCHED]
    return {
        "missions": len(overseas),
        "countries": len({body.mission.country_id for body in overseas}),
        **{key: sum(by_body[key].values()) for key in ("meetings", "information")},
        **{key: total for key, (_parts, total) in guarded_by_body(bodies, by_body).items()},
    }


def has_invented_rows():
    """Whether a development machine counts an invented year of work among its records."""
    return LoadedRow.objects.filter(file="demo").exists()
