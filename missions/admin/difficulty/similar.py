"""Cases like the one being filed, shown while it is typed, so that it is neither solved nor filed twice.

“This is the same” leads to the step that adds the further firm to the difficulty filed already. One that is closed
is linked as similar instead, or reopened: nobody looks at what is added to it.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.difficulties import workflow
from missions.models import SOLVED, Body, Difficulty, EarlierCase, PublishedCase, Stage
from missions.search.similar import alike

SHOWN = 8
CANDIDATES = 24
LONGEST = 500
FEW = 3  # earlier cases, which are shown apart


def hints(typed, user):
    """What the script shows beside a text: difficulties the user may open and published cases that resemble it.

    Earlier cases stand apart: they are not the programme's own.
    """
    text = typed.get("text", "")[:LONGEST]
    found = nearest(
        text,
        Difficulty.objects.visible_to(user).with_names(),
        PublishedCase.objects.published().with_names(),
        country=typed.get("country"),
        type_=typed.get("type"),
    )
    bodies = set(Body.objects.staffed_by(user))
    return {
        "heading": ngettext("%(count)d similar case", "%(count)d similar cases", len(found)) % {"count": len(found)},
        "open": _("Open in a new tab"),
        "same": _("This is the same"),
        "reopen": _("Reopen it with this report"),
        "link": _("Link as similar"),
        "linked": _("Linked: file this one too"),
        "cases": [described(row, steps_with(row, user, bodies)) for row in found],
        "earlier_heading": _("Earlier cases, not of this programme"),
        "earlier": [described_earlier(case) for case in earlier(text, typed.get("country"), typed.get("type"))],
    }


def earlier(text, country, type_):
    """The earlier cases most like a text; one of the same country or type counts for more."""
    rows = alike(text, EarlierCase.objects.published().with_names(), most=CANDIDATES)
    weight = {row: row.shared * (4 + (row.country_id == country) + 2 * (row.type_id == type_)) for row in rows}
    best = max(weight.values(), default=0)
    return sorted((row for row in rows if 3 * weight[row] >= 2 * best), key=weight.get, reverse=True)[:FEW]


def described_earlier(case):
    """What the hint says of an earlier case."""
    standing = [case.type.name, str(case.dated), case.get_outcome_display(), case.get_certainty_display()]
    return {
        "reference": "",
        "title": case.title,
        "country": str(case.place),
        "standing": " · ".join(standing),
        "url": case.get_absolute_url(),
    }


def nearest(text, *querysets, country=None, type_=None):
    """The rows most like a text, solved ones first; one in the same country or of the same type counts for more."""
    rows = alike(text, *querysets, most=CANDIDATES)
    weight = {row: row.shared * (4 + (row.country_id == country) + (row.type_id == type_)) for row in rows}
    best = max(weight.values(), default=0)
    rows = sorted((row for row in rows if 3 * weight[row] >= best), key=weight.get, reverse=True)[:SHOWN]
    return sorted(rows, key=lambda row: row.outcome not in SOLVED)


def steps_with(row, user, bodies):
    """Addresses of the steps that may take in the report being typed, by name."""
    if not isinstance(row, Difficulty):
        return {}
    if row.stage == Stage.CLOSED:
        may = [] if workflow.refusal(workflow.STEPS["reopen"], row, user, bodies=bodies, legs=[]) else ["reopen"]
    else:
        may = ["again"]
    return {name: reverse("admin:missions_difficulty_step", args=[row.pk, name]) for name in may}


def described(row, steps):
    """What the hint says of a difficulty or a published case."""
    filed = isinstance(row, Difficulty)
    standing = [row.get_stage_display() if filed else _("published case"), row.get_outcome_display()]
    address = reverse("admin:missions_difficulty_change", args=[row.pk]) if filed else row.get_absolute_url()
    return {
        "reference": row.reference,
        "title": row.title,
        "country": row.country.name,
        "standing": " · ".join(filter(None, standing)),
        "solved": row.outcome in SOLVED,
        "url": address,
        "same": steps.get("again", ""),
        "reopen": steps.get("reopen", ""),
        "link": row.pk if filed and row.stage == Stage.CLOSED else None,
    }
