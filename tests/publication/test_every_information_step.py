"""Every step of local information, posted through its page: filled in, empty, and by somebody who may only look.

A step that is added to the table fails here until it has a case.
"""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from missions.models import Distribution, InformationEvent, LocalInformation
from missions.publication import information as relaying
from missions.publication.information import INFORMATION_STEPS, information_steps
from tests import forms, make
from tests.admin.test_every_step import everything

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]
TEXT = "Z말 <b>&amp; “둘”"
CASES = {
    "send": ("draft", "officer", {"urgent": TEXT}),
    "take_back": ("sent", "officer", {"note": TEXT}),
    "publish": ("sent", "secretary", {"read": "on"}),
    "send_back": ("sent", "secretary", {"note": TEXT}),
    "withdraw": ("published", "secretary", {"note": TEXT}),
    "distribute": ("published", "secretary", {"recipients": []}),
    "receive": ("published", "secretary", {"distribution": "", "received_on": "", "receipt": TEXT}),
}
MOVED_TO = {"send": "sent", "take_back": "draft", "send_back": "draft", "withdraw": "draft"}


def of_items():
    return everything(LocalInformation, InformationEvent, Distribution)


def scene(name):
    """An item from which a step is possible, the page where it is taken, somebody who may, and what they type."""
    state, who, typed = CASES[name]
    body = make.body()
    item, recipient = make.relayed(body, state), make.recipient()
    person = make.officer(body) if who == "officer" else make.secretary()
    if name == "distribute":
        typed = {"recipients": [recipient.pk]}
    if name == "receive":
        item = relaying.distribute(item, by=person, recipients=[recipient])
        today = timezone.localdate().isoformat()
        typed = typed | {"distribution": item.distributions.get().pk, "received_on": today}
    page = reverse("admin:missions_localinformation_way", args=[item.pk, name])
    return item, page, person, typed


@pytest.mark.parametrize("name", INFORMATION_STEPS)
def test_the_form_of_a_step_is_taken_and_all_that_was_typed_is_kept(client, name):
    item, page, person, typed = scene(name)
    client.force_login(person)
    response = client.get(page, {"seen": item.fingerprint})
    assert {field.name for field in response.context["form"].visible_fields()} == set(typed)
    assert item.key not in [said for _name, said, _language in response.context["printed"]]

    response = client.post(page, forms.entries(response) | typed)

    assert response.status_code == 302, response.context["form"].errors
    item = LocalInformation.objects.get(pk=item.pk)
    event = item.events.last()
    told = "".join(map(str, get_messages(response.wsgi_request)))
    assert f"‘{INFORMATION_STEPS[name].label}’ 처리를 마쳤습니다." in told
    assert (event.step, event.by, item.state) == (name, person, MOVED_TO.get(name, "published"))
    if TEXT in typed.values():
        assert TEXT in event.note
    if name in ("send", "publish"):
        assert (item.is_urgent, item.published_by) == ((True, None) if name == "send" else (False, person))
    if name in ("distribute", "receive"):
        row = item.distributions.get()
        assert (row.by, row.receipt) == (person, TEXT if name == "receive" else "")


@pytest.mark.parametrize("name", INFORMATION_STEPS)
def test_the_empty_form_of_a_step_changes_nothing_and_says_what_is_missing(client, name):
    item, page, person, _typed = scene(name)
    client.force_login(person)
    before = of_items()

    for seen in [None, "x", item.fingerprint]:
        if seen == item.fingerprint and name == "send":
            continue  # an empty form is all that this step asks for
        response = client.post(page, {} if seen is None else {"seen": seen})
        assert forms.complaints(response)
        assert of_items() == before


@pytest.mark.parametrize("name", INFORMATION_STEPS)
def test_whoever_may_only_look_takes_no_step(client, name):
    item, page, person, typed = scene(name)
    client.force_login(person)
    posted = forms.entries(client.get(page, {"seen": item.fingerprint})) | typed
    people = {
        "auditor": make.staff("auditor"),
        "approver": make.staff("approver"),
        "colleague": make.officer(item.body),
        "secretary": make.secretary(),
        "author": item.drafted_by,
        "outsider": make.officer(make.body()),
        "no role": make.staff(posted_to=item.body),
    }
    step = INFORMATION_STEPS[name]
    may = {who for who, user in people.items() if step in information_steps(item, user)} - {"outsider"}
    before, told = of_items(), {}

    for who in people.keys() - may:
        client.force_login(people[who])
        told[who] = client.post(page, posted)
        assert of_items() == before, who

    assert {"auditor", "approver"} <= told.keys()
    assert {told[who].status_code for who in ("outsider", "no role")} <= {403, 404}
    for who in told.keys() - {"outsider", "no role"}:
        assert told[who].status_code == 404 if who == "secretary" and name == "send" else forms.complaints(told[who])
