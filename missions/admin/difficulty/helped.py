"""What helped before, beside an open difficulty: learned from what its reader may open, and from nothing else."""

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from missions.fields.dates import today_in
from missions.fields.validators import split_codes
from missions.models import (
    HELPED,
    Action,
    ActionKind,
    Body,
    Difficulty,
    DifficultyEvent,
    Linkage,
    Membership,
    OrganisationKind,
    Stage,
)
from missions.statistics import helped

LOOKED_AT = 200  # closed difficulties of the type: those in the country first, then the latest
SHOWN = 5
AT_HAND = [  # whom a body asks first, where they sit on it
    OrganisationKind.LAW_FIRM,
    OrganisationKind.ACCOUNTING_FIRM,
    OrganisationKind.AGENCY,
    OrganisationKind.AGENCY_OFFICE,
]


def what_helped(difficulty, user):
    """Who and what helped with difficulties of the same type that ended well; None where none did, or this one ended.

    Days are counted from the report to the last close, as it is where the difficulty was held.
    """
    if difficulty.stage == Stage.CLOSED:
        return None
    cases = {row.pk: _case(row, difficulty) for row in _solved_like(difficulty, user)}
    if not cases:
        return None
    actions = Action.objects.not_withdrawn().filter(difficulty__in=cases).select_related("organisation")
    actions = [(action.difficulty_id, action.organisation, ActionKind(action.kind).label) for action in actions]
    linked = Linkage.objects.not_withdrawn().filter(difficulty__in=cases).select_related("programme")
    near = {organisation for _case, organisation, _how in actions} & _at_hand(difficulty, user)
    kinds = [(case, kind, "") for case, _organisation, kind in actions if kind != ActionKind.OTHER.label]
    everything = list(cases.values())
    return {
        "count": len(cases),
        "is_cut": len(cases) == LOOKED_AT,
        "took": helped.usual(everything),
        "shared": helped.Help("", everything, []).shared,
        "lists": [
            (_("Organisations"), helped.gathered(cases, actions, near)[:SHOWN]),
            (_("Kinds of action"), helped.gathered(cases, kinds)[:SHOWN]),
            (
                _("Support programmes"),
                helped.gathered(cases, [(row.difficulty_id, row.programme, "") for row in linked])[:SHOWN],
            ),
        ],
    }


def _solved_like(difficulty, user):
    """Difficulties of the type that ended well, of those that the user may open."""
    closed = DifficultyEvent.objects.filter(difficulty=OuterRef("pk"), step="close").order_by("-pk").values("at")
    rows = Difficulty.objects.visible_to(user).filter(type=difficulty.type_id, stage=Stage.CLOSED)
    rows = rows.filter(outcome__in=HELPED).exclude(pk=difficulty.pk)
    there = Case(When(country=difficulty.country_id, then=Value(0)), default=Value(1))
    return (
        rows.select_related("holder__mission")
        .annotate(closed_at=Subquery(closed[:1]))
        .order_by(there, "-reported_on", "-pk")[:LOOKED_AT]
    )


def _case(row, difficulty):
    shared = []
    if row.country_id == difficulty.country_id:
        shared.append(str(difficulty.country))
    if row.sector_id and row.sector_id == difficulty.sector_id:
        shared.append(_("sector %(sector)s") % {"sector": difficulty.sector})
    if alike := _chapters(row) & _chapters(difficulty):
        shared.append(_("HS chapter %(chapter)s") % {"chapter": ", ".join(sorted(alike))})
    took = row.closed_at and max((today_in(row.time_zone, row.closed_at) - row.reported_on).days, 0)
    return helped.Case(row, took, tuple(shared))


def _chapters(row):
    return {code[:2] for code in split_codes(row.hs_codes)}


def _at_hand(difficulty, user):
    """Lawyers and agencies that sit today on a body of the user, or on the holder where its seats are open to them."""
    bodies = {difficulty.holder_id, *Body.objects.staffed_by(user).values_list("pk", flat=True)}
    seats = Membership.objects.visible_to(user).current().filter(body__in=bodies, organisation__kind__in=AT_HAND)
    return {seat.organisation for seat in seats.select_related("organisation")}
