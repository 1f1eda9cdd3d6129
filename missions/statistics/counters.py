"""The programme's four counters, defined once (2.3 of the domain: meetings, difficulties, information, linkages).

They are what staff count, live. The public reads of them what is public by itself, and of the private ones what
``missions.statistics.months`` states once a month.

Each row counts on one day, ``counted_on``, and for one body; a moment counts on the day that it was where that body
works. Sources may give only the month of a day, or say that it was not later: the row then counts on the day that its
record holds. A meeting without a day counts in the whole time only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from missions.models import (
    Action,
    Body,
    BodyState,
    BodyStep,
    Chaired,
    Difficulty,
    Distribution,
    Linkage,
    LocalInformation,
    Meeting,
    Scope,
    day_there,
    zones_of_bodies,
)
from missions.statistics.periods import Period

EVER = Period()


def meetings_chaired():
    """Meetings that were held and that a head of mission chaired. They count on the day they were held."""
    return Meeting.objects.held().filter(chaired=Chaired.YES).annotate(counted_on=F("held_on"))


def difficulties_supported():
    """Difficulties about which an organisation did something: an action, or a linkage. They count on its first day.

    They count for the body that holds them, not for the one that filed them: the holder acts.
    """
    actions = Action.objects.not_withdrawn().filter(difficulty=OuterRef("pk"))
    linked = Linkage.objects.not_withdrawn().filter(difficulty=OuterRef("pk"))
    acted_on = Subquery(actions.order_by("done_on", "pk").values("done_on")[:1])
    linked_on = Subquery(linked.order_by("linked_on", "pk").values("linked_on")[:1])
    rows = Difficulty.objects.filter(Exists(actions) | Exists(linked))
    return rows.annotate(
        counted_on=Coalesce(Least(acted_on, linked_on), acted_on, linked_on)
    )  # some take NULL as least


def information_items():
    """Items of local information that were published or distributed. They count for the body that sent them.

    A distributed item counts on the day of its first distribution, a published one on the day of its publication; on
    the day it was issued where the latter is not known. An item that was both counts once, on the earlier day.
    """
    zones = zones_of_bodies()
    day_sent = day_there("at", zones, "item__body")
    sent = Distribution.objects.filter(item=OuterRef("pk")).order_by("at").annotate(day=day_sent)
    rows = LocalInformation.objects.given_out().annotate(
        sent_on=Coalesce("distributed_on", Subquery(sent.values("day")[:1])),
        told_on=Coalesce(day_there("published_at", zones), "issued_on"),
    )
    day = Case(
        When(is_published=False, then=F("sent_on")),
        When(sent_on=None, then=F("told_on")),
        default=Least("told_on", "sent_on"),
    )
    return rows.annotate(counted_on=day)


def linkages():
    """Firms linked to a support programme, once for each programme. They count on the day of the link.

    They count for the body that made the link. One that was withdrawn does not count, as no action does.
    """
    return Linkage.objects.not_withdrawn().annotate(counted_on=F("linked_on"))


@dataclass(frozen=True)
class Counter:
    """One of the four counters.

    ``rows`` returns what it counts, rows of ``model``, ``body`` is the path from a row to the body it counts for, and
    ``names`` are the relations whose names a list of the rows prints.
    """

    key: str
    label: str
    rows: Callable[[], QuerySet]
    model: type[Model]
    body: str
    names: tuple[str, ...]

    @property
    def permission(self):
        """The permission that a member of staff needs to see the counter."""
        return f"missions.view_{self.model._meta.model_name}"

    def within(self, period):
        """The rows counted in a period."""
        return self.rows().filter(period.condition("counted_on"))

    def visible_to(self, user, period=EVER):
        """The rows counted in a period that the user may see, and that count for bodies the user may see."""
        rows = self.within(period).visible_to(user)
        if user.has_perm("missions.view_every_body"):
            return rows
        return rows.filter(**{f"{self.body}__in": Body.objects.visible_to(user)})

    def by_body(self, rows):
        """How many of the rows count for each body, by its key. Rows of no body count under None."""
        return dict(rows.order_by().values_list(self.body).annotate(Count("pk")))

    def latest_first(self, rows):
        """The rows as a list prints them, the latest first."""
        return rows.select_related(*self.names).order_by(F("counted_on").desc(nulls_last=True), "-pk")


COUNTERS = {
    counter.key: counter
    for counter in [
        Counter("meetings", _("meetings chaired by heads of mission"), meetings_chaired, Meeting, "body", ("body",)),
        Counter("difficulties", _("difficulties supported"), difficulties_supported, Difficulty, "holder", ("holder",)),
        Counter("information", _("items of local information"), information_items, LocalInformation, "body", ("body",)),
        Counter(
            "linkages",
            _("linkages to support"),
            linkages,
            Linkage,
            "body",
            ("body", "programme", "difficulty", "company"),
        ),
    ]
}


def running_on(day):
    """How many overseas bodies ran at the end of a day, and in how many countries, by the dated steps of their states.

    A body whose launch has no day is in neither number. ``undated`` says how many of these run at present.
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


def running_overseas(bodies):
    """Those of some bodies that run overseas at present."""
    return [body for body in bodies if body.scope == Scope.OVERSEAS and body.state == BodyState.LAUNCHED]


def running(bodies):
    """How many of some bodies run overseas at present, and in how many countries. They come with their missions."""
    overseas = running_overseas(bodies)
    return {"missions": len(overseas), "countries": len({body.mission.country_id for body in overseas})}
