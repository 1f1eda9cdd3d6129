"""Every step of a public text, posted through its page: filled in, empty, and by somebody who may only look.

A step that is added to the table fails here until it has a case.
"""

import pytest
from django.urls import reverse

from missions.models import CaseActor, CaseRemark, PublishedCase
from missions.publication.workflow import PUBLICATION_STEPS, publication_steps
from tests import forms, make
from tests.admin.test_every_step import everything

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]
TEXT = "Z말 <b>&amp; “둘”"
PUBLIC = {
    "submit": ("draft", "mission_officer", {"_submit_for_approval": "1", "happened_ko": TEXT}),
    "take_back": ("awaiting", "mission_officer", {"remark": TEXT}),
    "approve": ("awaiting", "approver", {"read": "on"}),
    "send_back": ("awaiting", "approver", {"remark": TEXT}),
    "revise": ("published", "mission_officer", {}),
    "withdraw": ("published", "approver", {"remark": TEXT}),
}
MOVED_TO = {
    "submit": "awaiting",
    "take_back": "draft",
    "approve": "published",
    "send_back": "draft",
    "revise": "draft",
    "withdraw": "withdrawn",
}


def of_texts():
    return everything(PublishedCase, CaseRemark, CaseActor)


def text_for(name):
    """A text from which a step is possible, somebody who may take it, and the page where it is taken."""
    state, role, typed = PUBLIC[name]
    body = make.body()
    case = make.case(body, state)
    if name == "submit":  # along with what is typed
        page = reverse("admin:missions_publishedcase_change", args=[case.pk])
    else:
        page = reverse("admin:missions_publishedcase_publication", args=[case.pk, name])
    return case, page, make.staff(role, posted_to=body), typed


@pytest.mark.parametrize("name", PUBLICATION_STEPS)
def test_the_form_of_a_publication_step_is_taken_and_all_that_was_typed_is_kept(client, name):
    case, page, person, typed = text_for(name)
    client.force_login(person)
    response = client.get(page, {"seen": case.fingerprint})
    if "form" in response.context and name != "submit":
        assert {field.name for field in response.context["form"].visible_fields()} == set(typed)

    response = client.post(page, forms.entries(response) | typed)

    assert response.status_code == 302
    case = PublishedCase.objects.filter(reference=case.reference).order_by("version").last()
    assert (case.state, case.version) == (MOVED_TO[name], 2 if name == "revise" else 1)
    if "remark" in typed:
        said = CaseRemark.objects.get()
        assert (said.step, said.by, said.text) == (name, person, TEXT)
    if name == "submit":
        assert case.happened_ko == TEXT
    if name == "approve":
        assert case.approved_by == person


@pytest.mark.parametrize("name", PUBLICATION_STEPS)
def test_the_empty_form_of_a_publication_step_changes_nothing_and_says_what_is_missing(client, name):
    case, page, person, _typed = text_for(name)
    client.force_login(person)
    before = of_texts()

    for seen in [None, "x", case.fingerprint]:
        if seen == case.fingerprint and name == "revise":
            continue  # an empty form is all that this step asks for
        told = {} if seen is None else {"seen": seen}
        response = client.post(page, told | ({"_submit_for_approval": "1"} if name == "submit" else {}))
        assert forms.complaints(response)
        assert of_texts() == before


@pytest.mark.parametrize("name", PUBLICATION_STEPS)
def test_whoever_may_only_look_takes_no_publication_step(client, name):
    case, page, person, typed = text_for(name)
    client.force_login(person)
    posted = forms.entries(client.get(page, {"seen": case.fingerprint})) | typed
    body = case.body
    people = {
        "auditor": make.staff("auditor"),
        "approver": make.staff("approver"),
        "colleague": make.officer(body),
        "outsider": make.officer(make.body()),
        "author": case.drafted_by,
        "no role": make.staff(posted_to=body),
    }
    step = PUBLICATION_STEPS[name]
    may = {who for who, user in people.items() if step in publication_steps(case, user)} - {"outsider"}
    before, told = of_texts(), {}

    for who in people.keys() - may:
        client.force_login(people[who])
        told[who] = client.post(page, posted)
        assert of_texts() == before, who

    assert {told[who].status_code for who in ("outsider", "no role")} <= {403, 404}
    readers = told.keys() - {"outsider", "no role"}
    assert len(readers) >= 2 and "auditor" in readers
    assert all(told[who].status_code == 403 if name == "submit" else forms.complaints(told[who]) for who in readers)
