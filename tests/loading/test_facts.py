"""What the data files say of points that were corrected."""

import pytest
from django.utils.html import strip_tags

from missions.models import Body, Meeting, Mission

pytestmark = pytest.mark.usefixtures("programme")


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
