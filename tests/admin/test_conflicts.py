"""Two people at one form: the second save is refused with both people's words, and nothing typed is lost."""

import contextlib
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connection
from django.urls import reverse

from missions.difficulties import workflow
from missions.models import Company, Difficulty, Linkage, Meeting, Source, Stage
from tests import forms, make
from tests.forms import address, differences, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")


def test_the_second_save_is_refused_with_both_peoples_words_and_the_third_wins(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목")

    refused = lee.post(page, opened | {"title": "이의 제목", "account": "이의 글"})

    said = text(refused)
    assert all(words in said for words in ("처음 제목", "김의 제목", "이의 제목", "이의 글", "김영사"))
    assert differences(refused) == {"제목": ("처음 제목", "김의 제목", "이의 제목")}
    assert Difficulty.objects.get().title == "김의 제목"
    again = forms.entries(refused)
    assert (again["title"], again["account"]) == ("이의 제목", "이의 글")

    assert lee.post(page, again).status_code == 302
    record.refresh_from_db()
    assert (record.title, record.account) == ("이의 제목", "이의 글")


def test_the_others_value_is_taken_over_by_a_tick(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목", place="김의 곳")
    refused = lee.post(page, opened | {"title": "이의 제목", "place": "이의 곳"})

    assert lee.post(page, forms.entries(refused) | {"_take": ["title"]}).status_code == 302

    record.refresh_from_db()
    assert (record.title, record.place) == ("김의 제목", "이의 곳")


def test_what_only_the_other_changed_stays_changed(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(
        kim, page, title="김의 제목", is_urgent="on", urgent_reason="배가 떠납니다", country="VN", hs_codes="85"
    )
    refused = lee.post(page, opened | {"account": "이의 글"})
    found = differences(refused)

    assert found["제목"] == ("처음 제목", "김의 제목", None)
    assert found["긴급"] == ("아니요", "예", None)
    assert "country" not in found and "account" not in found
    assert lee.post(page, forms.entries(refused)).status_code == 302

    record.refresh_from_db()
    assert (record.title, record.account, record.is_urgent, record.hs_codes) == ("김의 제목", "이의 글", True, "85")


def test_a_tick_for_the_others_value_gets_it_also_when_it_changes_again(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목")
    refused = lee.post(page, opened | {"title": "이의 제목"})
    forms.change(kim, page, title="김의 다른 제목")

    again = lee.post(page, forms.entries(refused) | {"_take": ["title"]})

    assert differences(again) == {"제목": ("김의 제목", "김의 다른 제목", None)}
    assert forms.entries(again)["title"] == "김의 다른 제목"


@pytest.mark.parametrize("wrong", ["missing", "", "made up", "of another record", "of another person", "cut"])
def test_a_form_that_cannot_say_what_it_showed_is_refused_and_nothing_typed_is_lost(kim, lee, lax, record, wrong):
    page = address(record)
    opened = forms.opened(lee, page)
    base = {
        "": "",
        "made up": "가짜:1:2",
        "of another record": forms.opened(lee, address(make.difficulty(lax)))["_base"],
        "of another person": forms.opened(kim, page)["_base"],
        "cut": opened["_base"][:-1],
    }
    sent = opened | {"title": "이의 제목"} | {"_base": base.get(wrong)}
    refused = lee.post(page, {name: value for name, value in sent.items() if value is not None})

    assert "저장하지 않았습니다" in text(refused)
    assert differences(refused) == {"제목": (None, "처음 제목", "이의 제목")}
    assert Difficulty.objects.get(pk=record.pk).title == "처음 제목"
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert Difficulty.objects.get(pk=record.pk).title == "이의 제목"


def test_a_form_sent_twice_or_with_the_same_words_as_anothers_is_no_conflict(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    sent = opened | {"title": "같은 제목", "account": "두 줄\r\n같은 글"} | forms.linkage(result="상담")

    assert [lee.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert Linkage.objects.count() == 1
    assert kim.post(page, forms.opened(kim, page)).status_code == 302


def test_an_ordinary_mistake_keeps_the_state_the_form_started_from(kim, lee, record):
    page = address(record)
    mistaken = lee.post(page, forms.opened(lee, page) | {"title": ""})
    assert "conflict" in mistaken.context and mistaken.context["conflict"] is None
    forms.change(kim, page, title="김의 제목")

    refused = lee.post(page, forms.entries(mistaken) | {"title": "이의 제목"})

    assert differences(refused) == {"제목": ("처음 제목", "김의 제목", "이의 제목")}


def test_a_mistake_on_a_refused_form_is_shown_with_the_conflict(kim, lee, record):
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목")
    refused = lee.post(page, opened | {"title": "이의 제목", "hs_codes": "7701"})

    assert "hs_codes" in refused.context["adminform"].form.errors and differences(refused)


def test_a_step_taken_in_between_is_no_conflict_and_both_stay(lee, lax, record):
    page = address(record)
    opened = forms.opened(lee, page)
    workflow.review(record, by=make.officer(lax))

    assert lee.post(page, opened | {"title": "이의 제목"}).status_code == 302
    record.refresh_from_db()
    assert (record.stage, record.title) == (Stage.IN_REVIEW, "이의 제목")


def test_saving_as_new_is_not_offered_and_not_done(lee, record):
    page = address(record)
    opened = forms.opened(lee, page)

    assert lee.post(page, opened | {"title": "", "_saveasnew": "1"}).status_code == 200
    assert lee.post(page, opened | {"title": "이의 제목", "_saveasnew": "1"}).status_code == 302
    assert [row.title for row in Difficulty.objects.all()] == ["이의 제목"]


ADDED = {
    Meeting: lambda body: {"body": body.pk, "number": 77, "label_ko": "적은 말"},
    Source: lambda body: {"key": "z-twin", "publisher": "Z", "title": "적은 말"},
    Company: lambda body: {"body": body.pk, "name_ko": "적은 말", "registration_number": "1234567891"},
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", ADDED, ids=lambda model: model.__name__)
def test_who_adds_the_same_key_at_the_same_moment_as_another_is_told_and_keeps_what_was_typed(model, monkeypatch):
    """Both forms are checked before either is saved, where the database lets them."""
    page, body, save, gate = (
        reverse(f"admin:missions_{model._meta.model_name}_add"),
        make.body(),
        model.save,
        Barrier(2),
    )
    people, answers = [signed_in(make.staff("ministry")) for _ in range(2)], []

    def together(row, *args, **kwargs):
        with contextlib.suppress(BrokenBarrierError):
            gate.wait(timeout=3)
        return save(row, *args, **kwargs)

    def add(person):
        answers.append(person.post(page, forms.opened(person, page) | ADDED[model](body)))
        connection.close()

    monkeypatch.setattr(model, "save", together)
    threads = [Thread(target=add, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won, refused = sorted(answers, key=lambda answer: -answer.status_code)
    assert (won.status_code, refused.status_code) == (302, 200)
    assert "errorlist" in refused.content.decode() and "적은 말" in refused.content.decode()


def test_it_says_who_gave_each_field_its_value(kim, lee, record):
    page = address(record)
    park = signed_in(make.staff("ministry", name="박과장"))
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목")
    forms.change(park, page, place="박의 곳")
    refused = lee.post(page, opened | {"title": "이의 제목"})

    by = {found.label: str(found.change.history_user) for found in refused.context["conflict"].differences}
    assert by == {"제목": "김영사", "장소": "박과장"}


def test_several_choices_are_compared_by_name():
    kim, lee = (signed_in(make.staff("ministry")) for _ in range(2))
    one, two, three = (Source.objects.create(key=f"z-{name}", publisher="Z", title=f"출처 {name}") for name in "가나다")
    body = make.body()
    body.sources.set([one])
    page = address(body)
    opened = forms.opened(lee, page)
    forms.change(kim, page, sources=[one.pk, two.pk])
    refused = lee.post(page, opened | {"sources": [one.pk, three.pk]})

    assert differences(refused) == {"출처": (str(one), f"{one}, {two}", f"{one}, {three}")}
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert set(body.sources.all()) == {one, three}


def test_the_page_speaks_english_to_those_who_prefer_it(lax, kim, record):
    page, lee = address(record), signed_in(make.staff("mission_officer", lax, language="en"))
    opened = forms.opened(lee, page)
    forms.change(kim, page, title="김의 제목")

    assert "Not saved: the record was saved in the meantime" in text(lee.post(page, opened | {"title": "이의 제목"}))
