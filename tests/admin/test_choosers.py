"""What a chooser answers, whatever field of whatever model it is asked for."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse

from tests import make

pytestmark = pytest.mark.usefixtures("programme", "unlimited")
NAMES = sorted(
    {
        (model._meta.app_label, model._meta.model_name, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
    }
)


@pytest.fixture
def unlimited(monkeypatch):
    """These tests ask more often than anybody types."""
    monkeypatch.setattr("missions.admin.limits.MOST", 100_000)


def field_of(name):
    """The field that the chooser takes a name for; two sides of relations may share one."""
    return apps.get_model(*name[:2])._meta.get_field(name[2])


def may_choose(name):
    """Whether rows are chosen for a field: it is on the side that stands in forms, and its rows have pages."""
    field = field_of(name)
    return field.is_relation and not field.auto_created and field.related_model in admin.site._registry


def answer(client, name, **question):
    """What the chooser answers for a field."""
    named = dict(zip(("app_label", "model_name", "field_name"), name, strict=True))
    return client.get(reverse("admin:autocomplete"), named | question).status_code


def told_by_view(user, name):
    """The same by the view alone: nobody reads the pages that say that it refused."""
    named = dict(zip(("app_label", "model_name", "field_name"), name, strict=True))
    request = RequestFactory().get(reverse("admin:autocomplete"), named)
    request.user = user
    try:
        return resolve(request.path).func(request).status_code
    except PermissionDenied:
        return 403
    except Http404:
        return 404


@pytest.mark.parametrize("role", ["ministry", "mission_officer", "auditor", None])
def test_a_field_without_a_choice_is_refused_and_none_breaks_the_chooser(role):
    user = make.staff(role, make.body())
    relations = [name for name in NAMES if field_of(name).is_relation and name[0] == "missions"]

    for name in NAMES if role == "ministry" else relations:
        told = told_by_view(user, name)
        assert told in (200, 403, 404) if may_choose(name) else told in (403, 404), name
        if role is None:
            assert told != 200, name


def test_every_chooser_of_the_desk_offers_rows_to_who_may_see_them(client):
    client.force_login(make.staff("ministry"))
    for model, owner in admin.site._registry.items():
        for field in owner.autocomplete_fields:
            name = (model._meta.app_label, model._meta.model_name, field)
            assert may_choose(name) and answer(client, name) == 200, name


@pytest.mark.both_databases
@pytest.mark.parametrize("question", [{"page": "x"}, {"page": "9" * 5000}, {"page": "-1"}, {"term": "%" * 5000}])
def test_nothing_asked_of_a_chooser_breaks_it(client, question):
    client.force_login(make.staff("ministry"))
    for name in [name for name in NAMES if may_choose(name) and name[1] in ("difficulty", "body", "meeting")]:
        assert answer(client, name, **question) in (200, 403, 404), name


def test_the_country_that_is_called_so_stands_before_those_that_hold_its_name(client):
    client.force_login(make.officer(make.body()))
    asked = {"app_label": "missions", "model_name": "difficulty", "field_name": "country"}

    def first(term):
        return client.get(reverse("admin:autocomplete"), asked | {"term": term}).json()["results"][0]["id"]

    assert [first(term) for term in ("인도", "오만", "말리", "india", "기니")] == ["IN", "OM", "ML", "IN", "GN"]


def test_a_question_without_a_field_is_refused(client):
    client.force_login(make.staff("ministry"))
    for named in ({}, {"app_label": "x"}, {"app_label": "missions", "model_name": "", "field_name": ""}):
        assert client.get(reverse("admin:autocomplete"), named).status_code == 403
    client.logout()
    named = {"app_label": "missions", "model_name": "body", "field_name": "memberships"}
    assert client.get(reverse("admin:autocomplete"), named).status_code == 302
