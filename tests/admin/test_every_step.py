"""Every step of a difficulty, posted through its page: filled in, empty, and by somebody who may only look.

A step that is added to the table fails here until it has a case; so does a field that is added to its form.
"""

import pytest
from django.urls import reverse

from missions.difficulties.workflow import STEPS, steps_for
from missions.models import Action, Difficulty, DifficultyEvent, Outcome, Relay
from tests import forms, make
from tests.difficulties.steps import Scene

pytestmark = pytest.mark.usefixtures("programme")
TEXT, MORE = "Z말 <b>&amp; “둘”", "Z글 'C:\\' 100%"
CAUSE = "Z까닭 <!-- -->"


def seats(stage="in_progress", kind="", person="holder"):
    """The stage, the kind of the open relay and the person that a step is tried with."""
    return stage, kind, person


SEATS = {
    "review": seats("received"),
    "accept": seats("in_review"),
    "assign": seats(),
    "act": seats(person="helper"),
    "wait": seats(),
    "reply": seats(person="ministry"),
    "relay": seats(),
    "acknowledge": seats(kind="information", person="receiver"),
    "take_over": seats(kind="hand_over", person="receiver"),
    "return_leg": seats(kind="hand_over", person="receiver"),
    "answer": seats(kind="help", person="receiver"),
    "recall": seats(kind="help"),
    "again": seats(person="helper"),
    "code": seats(person="helper"),
    "correct": seats(),
    "note": seats(person="helper"),
    "close": seats(kind="information"),
    "reopen": seats("closed", "information"),
    "confirm": seats("closed", "information"),
}


def filled(scene, name):
    """What is typed into the form of a step, and what the records say afterwards, by what says it."""
    holder, receiver = scene.people["holder"], scene.people["receiver"]
    colleague, other = make.officer(scene.holder), make.organisation()
    moved, firm = {"stage": "in_progress"}, make.company(scene.asked)
    cases = {
        "review": ({}, {"stage": "in_review"}),
        "accept": ({"owner": holder.pk}, {"owner": holder, "note": str(holder), **moved}),
        "assign": ({"owner": colleague.pk}, {"owner": colleague, "note": str(colleague)}),
        "act": (
            {"organisation": other.pk, "kind": "advice", "done_on": "2026-03-02", "what": TEXT},
            {"action": (other, "advice", make.DAY, TEXT), "said": TEXT},
        ),
        "wait": (
            {"waiting_on": "company", "note": TEXT, "until": str(make.tomorrow())},
            {"waiting_on": "company", "due_on": make.tomorrow(), "said": TEXT},
        ),
        "correct": (
            {"organisation": other.pk, "kind": "advice", "done_on": "2026-03-02", "what": MORE}
            | {"record": f"action-{scene.action and scene.action.pk}", "reason": TEXT},
            {"action": (other, "advice", make.DAY, MORE), "said": TEXT},
        ),
        "note": ({"text": TEXT, "tell": [holder.pk]}, {"note": TEXT}),
        "code": ({"ends": "end"}, {"note": f"조회번호 종료: {scene.difficulty.reference}"}),
        "reply": ({"text": TEXT}, {"waiting_on": "nobody", "note": TEXT}),
        "relay": (
            {"to": scene.receiver.pk, "kind": "information", "asked": TEXT},
            {"relay": (scene.receiver, "information", TEXT), "note": TEXT},
        ),
        "acknowledge": ({}, {"leg": ("noted", ""), "acknowledged_by": receiver}),
        "take_over": (
            {"owner": receiver.pk},
            {"leg": ("taken_over", ""), "owner": receiver, "holder": scene.receiver},
        ),
        "return_leg": ({"reason": TEXT}, {"leg": ("returned", TEXT), "note": TEXT}),
        "answer": ({"text": TEXT}, {"leg": ("answered", TEXT), "note": TEXT}),
        "recall": ({"reason": TEXT}, {"leg": ("recalled", TEXT), "note": TEXT}),
        "again": (
            {"company": firm.pk, "firm": "", "note": TEXT},
            {"report": (firm, TEXT, 2), "note": f"{scene.difficulty.reference}-2 {firm}\n{TEXT}"},
        ),
        "close": closed_as(Outcome.ADVICE),
        "reopen": ({"reason": TEXT}, {"note": TEXT, "outcome": "", **moved}),
        "confirm": ({"confirmation": "agrees", "note": TEXT}, {"confirmation": "agrees", "said": TEXT}),
    }
    return cases[name]


def closed_as(outcome, referred_to=None, duplicate_of=None):
    """The form that closes a difficulty, with every field of it filled in that the outcome has a use for."""
    keys = {"referred_to": referred_to and referred_to.pk, "duplicate_of": duplicate_of and duplicate_of.pk}
    typed = {"outcome": outcome, "solution": TEXT, "lesson": MORE, "reason": CAUSE}
    kept = {"outcome": outcome, "solution": TEXT, "lesson": MORE, "outcome_reason": CAUSE, "stage": "closed"}
    rows = {"referred_to": referred_to, "duplicate_of": duplicate_of}
    return typed | {name: key or "" for name, key in keys.items()}, kept | rows


def records(scene):
    """What a difficulty, its last event, its leg, and what was made beside them say."""
    row, event = Difficulty.objects.get(pk=scene.difficulty.pk), scene.difficulty.events.order_by("pk").last()
    leg = scene.leg and Relay.objects.get(pk=scene.leg.pk)
    report = row.further_reports.last()
    action, relay = Action.objects.last(), Relay.objects.order_by("pk").last()
    return {
        **{field.name: getattr(row, field.name) for field in row._meta.fields},
        "note": event.note,
        "leg": leg and (leg.ending, leg.reply),
        "acknowledged_by": leg and leg.acknowledged_by,
        "action": action and (action.organisation, action.kind, action.done_on, action.what),
        "report": report and (report.company, report.account, report.number),
        "relay": relay and (relay.receiver, relay.kind, relay.asked),
    }


def everything(*models):
    """All rows of some models as they stand."""
    return [list(model.objects.order_by("pk").values()) for model in models]


def of_difficulties():
    return everything(Difficulty, DifficultyEvent, Relay, Action)


def scene_for(name):
    stage, kind, person = SEATS[name]
    scene = Scene(stage, kind, name)
    page = reverse("admin:missions_difficulty_step", args=[scene.difficulty.pk, name])
    return scene, f"{page}?leg={scene.leg.pk}" if STEPS[name].kinds else page, scene.people[person]


def taken(client, scene, name, page, typed, kept):
    """Fill in the form on the page of a step and send it: it is taken, and the records say what was typed."""
    events = scene.difficulty.events.count()
    response = client.get(page)
    assert {field.name for field in response.context["form"].visible_fields()} == set(typed), "a field without a case"

    response = client.post(page, forms.entries(response) | typed)

    assert response.status_code == 302, response.context["form"].errors
    event = scene.difficulty.events.order_by("pk").last()
    assert (event.step, scene.difficulty.events.count()) == (name, events + 1)
    kept, found = dict(kept), records(scene)
    assert kept.pop("said", "") in found["note"]
    assert {key: found[key] for key in kept} == kept


@pytest.mark.parametrize("name", STEPS)
def test_the_form_of_a_step_is_taken_and_all_that_was_typed_is_kept(client, name):
    scene, page, person = scene_for(name)
    client.force_login(person)

    taken(client, scene, name, page, *filled(scene, name))


@pytest.mark.parametrize("outcome", Outcome)
def test_a_difficulty_is_closed_by_its_form_with_each_outcome(client, outcome):
    scene, page, person = scene_for("close")
    rows = {
        Outcome.REFERRED: {"referred_to": make.organisation()},
        Outcome.DUPLICATE: {"duplicate_of": make.difficulty(scene.holder, person)},
    }
    client.force_login(person)

    taken(client, scene, "close", page, *closed_as(outcome, **rows.get(outcome, {})))


@pytest.mark.parametrize("name", STEPS)
def test_the_empty_form_of_a_step_changes_nothing_and_says_what_is_missing(client, name):
    scene, page, person = scene_for(name)
    client.force_login(person)
    before = of_difficulties()
    fields = client.get(page).context["form"].fields
    seen = str(scene.difficulty.events.order_by("pk").last().pk)

    for told in [{}, {"seen": "x"}, {"seen": "9" * 30}, {"seen": seen}]:
        if told == {"seen": seen} and not any(field.required for field in fields.values()):
            continue  # an empty form is all that this step asks for
        response = client.post(page, told)
        assert response.status_code == 200
        assert bool(forms.complaints(response)) == bool(told)
        assert of_difficulties() == before


@pytest.mark.parametrize("name", STEPS)
def test_whoever_may_only_look_takes_no_step(client, name):
    scene, page, _person = scene_for(name)
    typed, _kept = filled(scene, name)
    seen = scene.difficulty.events.order_by("pk").last().pk
    may = {
        person
        for person, user in scene.people.items()
        if name in {step.name for step, _leg in steps_for(Difficulty.objects.get(pk=scene.difficulty.pk), user)}
    }
    before, told = of_difficulties(), {}

    for person in scene.people.keys() - may:
        client.force_login(scene.people[person])
        told[person] = client.post(page, {"seen": seen, **typed})
        assert of_difficulties() == before, person

    readers = {person for person, response in told.items() if response.status_code == 200}
    assert {"auditor", "approver"} <= readers
    assert all(told[person].context["why_not"] in forms.text(told[person]) for person in readers)
    assert all(forms.complaints(told[person]) for person in readers)
    assert {told[person].status_code for person in told.keys() - readers} <= {403, 404}


@pytest.mark.parametrize("name", STEPS)
def test_what_was_typed_for_a_difficulty_stands_in_the_form_of_the_step_that_takes_it_over(client, name):
    scene, page, _person = scene_for(name)
    client.force_login(scene.people["holder"])
    firm = make.company(scene.holder, name_ko=f"Z기업 {TEXT}")
    report = {"company": firm.pk, "title": "Z제목", "account": MORE, "country": "VN", "stage": "closed"}
    before = of_difficulties()

    response = client.post(page, report)

    assert response.status_code == 200 and of_difficulties() == before
    carried = {
        "again": {"company": str(firm.pk), "note": f"Z제목\n{MORE}"},
        "reopen": {"reason": f"{firm.name_ko}\nZ제목\n{MORE}"},
    }
    if name in carried:
        standing = forms.entries(response)
        assert {field: standing[field].replace("\r\n", "\n") for field in carried[name]} == carried[name]
        assert client.post(page, standing).status_code == 302
        assert records(scene)["note"].replace("\r\n", "\n").endswith(f"{firm.name_ko}\nZ제목\n{MORE}")
