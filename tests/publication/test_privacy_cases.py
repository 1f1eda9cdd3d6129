"""One officer's hand and another body's firm: every place where an officer writes what the public reads at once."""

import pytest
from django.urls import reverse

from missions.models import Membership, Organisation, OrganisationKind, Source
from tests import forms, make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]

FIRM = {
    "name_ko": "㈜숨은바다식품",
    "name_en": "Hidden Bada Foods Co., Ltd.",
    "contact": "김해양",
    "telephone": "031-123-4567",
    "email": "sea@hidden-bada.example",
    "registration_number": "1234567891",
}
WORDS = ["숨은바다식품", "Hidden Bada Foods", "031 123 4567", "sea@hidden-bada.example", "123-45-67891"]
TYPED = {
    Organisation: {"slug": "z-typed", "kind": OrganisationKind.AGENCY},
    Source: {"key": "z-typed", "publisher": "발행처", "title": "제목"},
}
PLACES = {
    "purpose of a body": (lambda body: body, "purpose_ko"),
    "what a member helps with": (lambda body: seat(body), "helps_ko"),
    "person of a member": (lambda body: seat(body), "person_ko"),
    "note of a mission": (lambda body: body.mission, "note_ko"),
    "meeting": (make.meeting, "summary_ko"),
}


def seat(body):
    return Membership.objects.create(body=body, organisation=make.organisation())


@pytest.fixture
def body():
    """A body whose names have no digits, which the gate would read together with the number of a firm."""
    mission = make.mission(name_ko="Z공관", name_en="Z mission")
    return make.body(name_ko="Z협의체", name_en="Z body", mission=mission)


@pytest.fixture
def other(body):
    """Another body, which registered a firm that agreed to nothing."""
    other = make.body()
    make.company(other, **FIRM)
    return other


def told(page, other, words):
    """What a refusal tells beyond the words that were typed: something of the firm, or whose it is."""
    known = [*FIRM.values(), other.name_ko, other.name_en]
    return [word for word in known if word in page and word not in words]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("place", PLACES)
def test_an_officer_publishes_no_word_of_another_bodys_firm(body, other, place, words):
    make_row, field = PLACES[place]
    row = make_row(body)
    client = forms.signed_in(make.officer(body))

    response = forms.change(client, forms.address(row), **{field: words})

    page = forms.text(response)
    assert set(response.context["adminform"].form.errors) == {field} and words in page
    assert told(page, other, words) == []
    row.refresh_from_db()
    assert words not in getattr(row, field)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(("model", "field"), [(Organisation, "name_ko"), (Source, "title")])
def test_an_officer_enters_no_organisation_and_no_source_of_that_name(body, other, model, field, words):
    client = forms.signed_in(make.officer(body))
    address = reverse(f"admin:missions_{model._meta.model_name}_add")
    before = model.objects.count()

    response = client.post(address, forms.opened(client, address) | TYPED[model] | {field: words})

    page = forms.text(response)
    assert field in response.context["adminform"].form.errors and told(page, other, words) == []
    assert model.objects.count() == before
