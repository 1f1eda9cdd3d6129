"""Cases like the one being filed, shown while it is typed, so that it is neither solved nor filed twice.

“This is the same” leads to the step that adds the further firm to the difficulty filed already. One that is closed
is linked as similar instead, or reopened: nobody looks at what is added to it.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.difficulties import workflow
from missions.models import SOLVED, Country, Difficulty, EarlierCase, PublishedCase, Stage
from missions.search.countries import countries_named_in
from missions.search.place_words import HOME
from missions.search.similar import alike

SHOWN = 8
CANDIDATES = 24
LONGEST = 500
NAMES = ("code", "name_ko", "name_en", "other_names")  # of a country
FEW = 3  # earlier cases, which are shown apart


def hints(typed, user, bodies):
    """What the script shows beside a text: difficulties the user may open and published cases that resemble it.

    Earlier cases stand apart: they are not the programme's own. ``bodies`` are those of the user.
    """
    text = typed.get("text", "")[:LONGEST]
    country, type_ = place_of(text, typed.get("country")), typed.get("type")
    found = nearest(
        text,
        Difficulty.objects.visible_to(user).with_names(),
        PublishedCase.objects.published().with_names(),
        country=country,
        type_=type_,
    )
    return {
        "heading": ngettext("%(count)d similar case", "%(count)d similar cases", len(found)) % {"count": len(found)},
        "open": _("Open in a new tab"),
        "same": _("This is the same"),
        "reopen": _("Reopen it with this report"),
        "link": _("Link as similar"),
        "linked": _("Linked: file this one too"),
        "cases": [described(row, steps_with(row, user, bodies)) for row in found],
        "earlier_heading": _("Earlier cases, not of this programme"),
        "earlier": [described_earlier(case) for case in earlier(text, country, type_)],
    }


def place_of(text, chosen):
    """The country that was chosen, or else the only one abroad that a text names; None where there is none."""
    known = [row for row in Country.objects.order_by().values(*NAMES) if row["code"] != HOME or chosen == HOME]
    found = [row for row in known if row["code"] == chosen] or countries_named_in(text, known)
    return Country(**found[0]) if len(found) == 1 else None


def earlier(text, country, type_):
    """The earlier cases most like a text."""
    return _nearest(text, EarlierCase.objects.published().with_names(), country=country, type_=type_)[:FEW]


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
    """The rows most like a text, solved ones first."""
    return sorted(_nearest(text, *querysets, country=country, type_=type_)[:SHOWN], key=_is_open)


def _is_open(row):
    return row.outcome not in SOLVED


def _nearest(text, *querysets, country, type_):
    """Rows like a text: those of its country and type first, then those of its type, then by the words they share.

    The name of the country tells nothing about what happened there. A row is like the text that shares of what the
    best row shares a quarter where country and type are the same, a third where the type is, and otherwise a half; then
    it must also have a third of all that the text asks for, or two thirds where a type was chosen that is not its own.
    """
    names = " ".join(getattr(country, name) for name in NAMES[1:]) if country else ""
    rows = alike(text, *querysets, most=CANDIDATES, without=names)
    best = max((row.shared for row in rows), default=0)

    def place(row):
        is_there, is_such = country is not None and row.country_id == country.pk, row.type_id == type_
        return is_there and is_such, is_such, row.shared * (4 + is_there)

    def is_like(row):
        is_same, is_such, _weight = place(row)
        if is_such:
            return (4 if is_same else 3) * row.shared >= best
        return 2 * row.shared >= best and 3 * row.shared >= row.asked * (2 if type_ else 1)

    return sorted(filter(is_like, rows), key=place, reverse=True)


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
