"""Names stand in one order on every database and in every list, whatever locale the database was made in."""

import pytest
from django.db import connection
from django.urls import reverse

from missions.models import Company, Country, Organisation
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
NAMES = ["B은행", "a은행", "가나다라마", "가나상사", "나", "대한상공회의소", "한국", "힣"]  # in their order


@pytest.fixture
def named():
    """Organisations in another order than that of their names, in a column that sorts otherwise where it can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            change = 'ALTER TABLE missions_organisation ALTER COLUMN name_ko TYPE varchar(200) COLLATE "und-x-icu"'
            cursor.execute(change)
    return [make.organisation(name_ko=name, name_en="", kind="bank") for name in reversed(NAMES)]


def test_organisations_stand_in_the_order_of_the_korean_alphabet(named):
    rows = Organisation.objects.filter(pk__in=[row.pk for row in named])

    assert [row.name_ko for row in rows] == NAMES == [row.name_ko for row in rows.by_name()]


@pytest.mark.parametrize(("query", "expected"), [("", NAMES), ("o=1", NAMES), ("o=-1", NAMES[::-1])])
def test_the_desk_sorts_names_alike(client, named, query, expected):
    client.force_login(make.staff("ministry"))

    page = client.get(reverse("admin:missions_organisation_changelist") + f"?kind__exact=bank&{query}")
    shown = [row.name_ko for row in page.context["cl"].result_list if row.name_ko in NAMES]
    assert shown == expected


@pytest.mark.parametrize("model", [Country, Company, Organisation])
def test_every_list_by_name_says_its_order_itself(model):
    assert "COLLATE" in str(model.objects.all().query)


def test_the_public_list_of_organisations_is_in_that_order(client, named):
    page = forms.text(client.get("/ko/organisations/?kind=bank"))

    places = [page.index(f"{name}</a>") for name in NAMES]
    assert places == sorted(places)
