"""What people get wrong at the desk gets a sentence that says what to do; no word is lost, nothing is half done."""

import datetime

import pytest
from django.urls import reverse

from missions.difficulties import progress, relays
from missions.models import ActionItem, Difficulty, DifficultyEvent, Meeting, Relay
from tests import forms, make
from tests.admin.test_filing import FILED, file
from tests.difficulties.steps import Scene
from tests.forms import address

pytestmark = pytest.mark.usefixtures("programme")
LONG = "가나다라마" * 4000


def at(scene, name):
    page = reverse("admin:missions_difficulty_step", args=[scene.difficulty.pk, name])
    return f"{page}?leg={scene.leg.pk}" if scene.leg else page


def seen(scene):
    return scene.difficulty.events.last().pk


def as_it_was():
    return list(Difficulty.objects.values()), list(Relay.objects.values()), DifficultyEvent.objects.count()


def refused(client, scene, person, name, values, sentence):
    """Post a step; it is refused with a sentence, every word stands on the page again, nothing changed."""
    client.force_login(scene.people[person])
    before = as_it_was()

    response = client.post(at(scene, name), values)

    page = forms.text(response)
    assert sentence in page
    for word in [value for name, value in values.items() if name != "seen"]:
        assert str(word) in page
    assert as_it_was() == before


def test_a_step_from_a_stale_page(client):
    scene = Scene()
    old = seen(scene)
    progress.wait(
        scene.difficulty, by=scene.people["holder"], waiting_on="company", note="기다림", until=make.tomorrow()
    )

    refused(client, scene, "holder", "wait", {"waiting_on": "nobody", "note": "끝났습니다", "seen": old}, "그사이")


def test_a_step_taken_twice(client):
    scene = Scene(stage="received")
    values = {"seen": seen(scene)}
    client.force_login(scene.people["holder"])
    assert client.post(at(scene, "review"), values).status_code == 302

    refused(client, scene, "holder", "review", values, "그사이")
    refused(client, scene, "holder", "review", {"seen": seen(scene)}, "이 단계")


@pytest.mark.parametrize("fresh", [True, False])
def test_a_leg_answered_after_its_recall(client, fresh):
    scene = Scene(kind="help")
    old = seen(scene)
    relays.recall(scene.leg, by=scene.people["holder"], reason="해결되었습니다.")

    values = {"text": "세관에 확인했습니다.", "seen": seen(scene) if fresh else old}
    refused(client, scene, "receiver", "answer", values, "이미" if fresh else "그사이")


@pytest.mark.parametrize(("name", "person"), [("assign", "holder"), ("take_over", "receiver")])
def test_an_owner_whose_posting_ended_while_the_form_was_open(client, name, person):
    scene = Scene(kind="hand_over" if name == "take_over" else "")
    gone = make.officer(scene.holder if person == "holder" else scene.receiver)
    gone.postings.update(until_on=make.DAY)

    client.force_login(scene.people[person])
    before = as_it_was()
    response = client.post(at(scene, name), {"owner": gone.pk, "seen": seen(scene)})
    assert response.context["form"].errors["owner"] and as_it_was() == before


def test_a_due_day_in_the_past(client):
    body = make.body()
    client.force_login(make.officer(body))
    yesterday = make.today() - datetime.timedelta(days=1)

    response = file(client, due_on=yesterday, hurts_on=yesterday)

    page = forms.text(response)
    assert "기한은 지난 날짜로" in page and FILED["account"] in page and str(yesterday) in page
    assert not Difficulty.objects.exists()


def test_a_due_day_that_has_passed_since_keeps_no_other_word_from_being_saved(client):
    body = make.body()
    record = make.difficulty(body)
    yesterday = make.today() - datetime.timedelta(days=1)
    Difficulty.objects.filter(pk=record.pk).update(due_on=yesterday)
    client.force_login(make.officer(body))

    assert forms.change(client, address(record), place="호찌민").status_code == 302
    earlier = forms.change(client, address(record), due_on=yesterday - datetime.timedelta(days=1), place="하노이")
    assert "기한은 지난 날짜로" in forms.text(earlier) and "하노이" in earlier.content.decode()


def test_a_due_day_that_was_taken_out_is_counted_also_where_the_rest_of_the_form_is_wrong(client):
    scene = Scene(kind="help")
    client.force_login(scene.people["holder"])
    assert forms.complaints(forms.change(client, address(scene.difficulty), due_on="", title=""))

    assert forms.change(client, address(scene.difficulty), due_on="").status_code == 302
    record = Difficulty.objects.get()
    assert record.due_on and record.counted_from


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hs_codes": "7701"}, "hs_codes"),
        ({"account": LONG}, "account"),
        ({"title": LONG}, "title"),
        ({"steps_taken": LONG}, "steps_taken"),
        ({"value_currency": "$$$"}, "value_currency"),
        ({"firm_name_ko": "한빛", "firm_registration_number": "123-45-67890"}, "firm_registration_number"),
    ],
)
def test_a_filing_with_a_wrong_field_opens_the_fold_it_stands_in(client, values, field):
    client.force_login(make.officer(make.body()))

    response = file(client, **values)

    page = forms.text(response)
    assert field in response.context["adminform"].form.errors and not Difficulty.objects.exists()
    for word in (FILED | values).values():
        assert word in page
    folded = [part.split("</details>")[0] for part in page.split("<details")[1:]]
    assert not any(f'name="{next(iter(values))}"' in part for part in folded)


@pytest.mark.parametrize(
    ("name", "person", "kind", "values"),
    [
        ("wait", "holder", "", {"waiting_on": "company", "note": LONG}),
        ("relay", "holder", "", {"kind": "help", "asked": LONG}),
        ("answer", "receiver", "help", {"text": LONG}),
        ("return_leg", "receiver", "help", {"reason": LONG}),
        ("close", "holder", "", {"outcome": "advice", "solution": LONG}),
    ],
)
def test_twenty_thousand_characters_in_a_step(client, name, person, kind, values):
    scene = Scene(kind=kind)
    if name == "relay":
        values = values | {"to": make.body().pk}

    refused(client, scene, person, name, values | {"seen": seen(scene)}, "20000")


@pytest.mark.parametrize("gone", ["deleted", "handed over", "posting ended"])
def test_words_typed_for_a_record_that_is_gone_are_shown(client, gone):
    body = make.body()
    officer = make.officer(body)
    record = make.difficulty(body, officer, title="숨은 제목")
    if gone == "deleted":
        record = Meeting.objects.get(pk=make.meeting(body).pk)
        ActionItem.objects.create(meeting=record, what="처음")
    client.force_login(officer)
    name = "venue_ko" if gone == "deleted" else "place"
    values = forms.opened(client, address(record)) | {name: "새로 쓴 낱말"}
    if gone == "deleted":
        values["action_items-0-what"] = "고쳐 쓴 할 일"
        record.action_items.all().delete()
        where = address(record)
        record.delete()
    elif gone == "handed over":
        where = address(record)
        Difficulty.objects.filter(pk=record.pk).update(holder=make.body())
    else:
        where = address(record)
        officer.postings.update(until_on=make.DAY)

    response = client.post(where, values)

    page = response.content.decode()
    assert response.status_code == (403 if gone == "handed over" else 404)
    assert "저장하지 못했습니다" in page and "새로 쓴 낱말" in page
    assert ("고쳐 쓴 할 일" in page) == (gone == "deleted")


def test_a_record_that_never_was_answers_like_one_of_another_body(client):
    other = make.difficulty(make.body(), title="남의 제목")
    client.force_login(make.officer(make.body()))

    pages = []
    for key in (other.pk, 999_999_999):
        response = client.post(reverse("admin:missions_difficulty_change", args=[key]), {"title": "<b>내 말</b>"})
        assert response.status_code == 404
        pages.append(response.content.decode().split('id="content"')[1])
    assert pages[0] == pages[1] and "남의 제목" not in pages[0] and "&lt;b&gt;내 말" in pages[0]
