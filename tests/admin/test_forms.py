"""Every change form of the desk can be compared, and two people at one cannot both win."""

import threading

import pytest
from django.contrib import admin
from django.db import connection
from django.forms import FileField, MultiWidget
from django.test import RequestFactory
from django.urls import reverse

from missions.admin.base import ScopedAdmin
from missions.models import (
    ActionItem,
    Body,
    Company,
    Country,
    Difficulty,
    DifficultyType,
    HandoverNote,
    Linkage,
    Meeting,
    Posting,
    PublicHoliday,
    PublishedCase,
    Recipient,
    User,
)
from tests import forms, make
from tests.forms import address, differences, signed_in

pytestmark = pytest.mark.usefixtures("programme")


MODELS = [
    model for model, desk in admin.site._registry.items() if isinstance(desk, ScopedAdmin) and model is not HandoverNote
]
ROWS = {
    PublicHoliday: lambda body: PublicHoliday.objects.create(country_id="VN", on=make.DAY, name_ko="Z휴일"),
    Posting: lambda body: Posting.objects.create(user=make.staff(), body=body, since_on=make.DAY),
    User: make.officer,
    ActionItem: lambda body: ActionItem.objects.create(meeting=make.meeting(body), what="할 일"),
    Linkage: lambda body: make.linkage(make.difficulty(body)),
    Company: make.company,
    Recipient: lambda body: make.recipient(),
    Difficulty: make.difficulty,
    PublishedCase: lambda body: make.case(body, "draft"),
    Meeting: lambda body: make.meeting(body, starts_at="2026-03-02T20:30:45Z"),
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_form_sent_back_untouched_is_no_conflict_and_changes_nothing(model, lax):
    client = signed_in(make.staff("ministry", is_superuser=True))
    row = ROWS[model](lax) if model in ROWS else model.objects.order_by("pk").first() or make.information(lax)
    before = model.objects.filter(pk=row.pk).values().get()

    response = client.post(address(row), forms.opened(client, address(row)))

    assert response.status_code == 302, response.context["errors"]
    after = model.objects.filter(pk=row.pk).values().get()
    own = {"updated_at", "last_login", "starts_at", "ends_at"}
    if after.get("starts_at") != before.get("starts_at"):  # forms hold no seconds, and the public reads these times
        own.add("reworded_at")
    assert {name: value for name, value in after.items() if name not in own} == {
        name: value for name, value in before.items() if name not in own
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_form_is_one_that_can_be_compared(model):
    request, desk = RequestFactory().get("/"), admin.site._registry[model]
    request.user, request.session, request.origin = make.staff(is_superuser=True), {}, ""
    row = model()
    sheets = [desk.get_form(request, row, change=True).base_fields]
    sets = [formset for formset, _inline in desk.get_formsets_with_inlines(request, row)]
    sheets += [formset.form.base_fields for formset in sets]

    for field in (field for fields in sheets for field in fields.values()):
        assert not isinstance(field, FileField) and not isinstance(field.widget, MultiWidget), field
    assert not any("updated_at" in fields for fields in sheets)
    prefixes = [formset.get_default_prefix() for formset in sets]
    assert len(prefixes) == len(set(prefixes))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_input_of_a_form_cuts_off_what_is_pasted(model, lax):
    client = signed_in(make.staff("ministry", lax, is_superuser=True))
    row = ROWS[model](lax) if model in ROWS else model.objects.order_by("pk").first() or make.information(lax)
    add = reverse(f"admin:missions_{model._meta.model_name}_add")

    for page in (address(row), add):
        assert "maxlength" not in client.get(page).content.decode(), page


def test_signing_in_is_no_change_of_an_account(lax):
    manager, officer = signed_in(make.staff("ministry")), make.officer(lax)
    opened = forms.opened(manager, address(officer))
    signed_in(officer)

    assert manager.post(address(officer), opened | {"name": "새 이름"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_exactly_one_wins():
    body = Body.objects.get(code="LAX")
    for turn in range(10):
        record = make.difficulty(body)
        page, answers, start = address(record), {}, threading.Barrier(2)
        people = {name: signed_in(make.officer(body)) for name in ("하나", "둘")}
        sent = {name: forms.opened(client, page) | {"title": f"{name} {turn}"} for name, client in people.items()}

        def save(name, page=page, answers=answers, start=start, people=people, sent=sent):
            start.wait()
            answers[name] = people[name].post(page, sent[name])
            connection.close()

        threads = [threading.Thread(target=save, args=[name]) for name in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        won = [name for name, answer in answers.items() if answer.status_code == 302]
        (lost,) = {"하나", "둘"} - set(won)
        assert len(won) == 1 and Difficulty.objects.get(pk=record.pk).title == f"{won[0]} {turn}"
        assert [found[1:] for found in differences(answers[lost]).values()] == [(f"{won[0]} {turn}", f"{lost} {turn}")]


def test_a_foreign_key_of_a_code_is_kept_as_it_is(kim):
    client = signed_in(make.staff("ministry"))
    page = address(Country.objects.get(code="VN"))
    opened = forms.opened(client, page)
    Country.objects.get(code="VN").save()

    assert client.post(page, opened).status_code == 302


def test_a_form_shows_what_was_chosen_however_long_its_code(lax):
    client = signed_in(make.officer(lax))
    record = make.difficulty(lax)
    for kind in DifficultyType.objects.all():
        Difficulty.objects.filter(pk=record.pk).update(type=kind)

        assert forms.opened(client, address(record))["type"] == kind.code
