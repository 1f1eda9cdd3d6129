"""What the data files say of points that were corrected."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.html import strip_tags

from missions.models import Body, Discrepancy, LoadedRow, Meeting, Mission

pytestmark = pytest.mark.usefixtures("programme")


def test_a_disagreement_that_is_none_is_taken_away_unless_staff_edited_it():
    said = {"topic_ko": "장소", "claims_ko": "가, 나", "shown_ko": "가"}
    for shown in ("다르게 고친 글", "가"):
        entry = Discrepancy.objects.create(**said | {"shown_ko": shown})
        LoadedRow.objects.filter(file="discrepancies", key="agreement-place").delete()
        LoadedRow.objects.create(file="discrepancies", key="agreement-place", record=str(entry.pk), values=said)

        import_module("missions.migrations.0031_one_place_of_signing").take_away(apps, None)

        assert Discrepancy.objects.filter(pk=entry.pk).exists() == (shown != "가")


def test_the_place_of_the_agreement_is_no_contradiction_and_the_numbers_of_heads_of_mission_are_one(client):
    page = strip_tags(client.get("/en/sources/").content.decode())

    assert "Where the agreement was signed" not in page
    assert "How many heads of mission came to the round table of April 2024" in page
    assert Meeting.objects.get(held_on="2024-04-25").headcount is None


def test_new_york_is_an_eleventh_body_that_is_inferred(client):
    page = client.get("/en/bodies/NYC/").content.decode()

    assert Body.objects.overseas().count() == 11 and "certainty inferred" in page
    assert "No source says outright that New York has one." in strip_tags(page)


def test_every_mission_that_was_loaded_cites_a_source_and_tells_how_certain_its_contact_is():
    assert Mission.objects.count() == 155 and not Mission.objects.filter(sources=None).exists()
    verified = Mission.objects.filter(contact_certainty="verified").values_list("slug", flat=True)
    assert {*verified} == {"accra", "dubai"}
