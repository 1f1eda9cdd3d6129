"""What pages say of their records in the words of schema.org."""

import datetime
import json
import re

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SDO

from missions.models import Mission
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
OWN = {"query-input"}  # how schema.org writes what a search is asked


def things(page):
    """The things of a page by their type."""
    found = [json.loads(text) for text in BLOCK.findall(page)]
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    return {thing["@type"]: thing for thing in found}


def read(client, address):
    return things(client.get(address).content.decode())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib itself
def test_every_page_says_it_in_words_that_schema_org_has_and_only_as_data(site):
    kinds, parsed = set(), set()
    for address, page in site.html.items():
        assert re.findall(r"<script(?! type=\"application/ld\+json\">| src=)", page.text) == [], address
        found = things(page.text)
        kinds |= found.keys()
        shape = json.dumps(sorted(keys(list(found.values()))))
        if shape in parsed:
            continue
        parsed.add(shape)
        for thing in found.values():
            words = {name: value for name, value in thing.items() if name != "@context"}
            graph = Graph().parse(data=json.dumps({"@context": {"@vocab": str(SDO)}, **words}), format="json-ld")
            named = {term.removeprefix(str(SDO)) for _s, verb, _o in graph if verb != RDF.type for term in [str(verb)]}
            named |= {str(kind).removeprefix(str(SDO)) for kind in graph.objects(None, RDF.type)}
            assert [name for name in named - OWN if name not in SDO] == [], address
    assert kinds == {"WebSite", "GovernmentOrganization", "Event", "Dataset", "BreadcrumbList"}


def keys(value):
    """Every name in a value, however deep."""
    if isinstance(value, dict):
        return set(value) | {name for part in value.values() for name in keys(part)}
    return {name for part in value for name in keys(part)} if isinstance(value, list) else set()


def test_a_mission_says_how_it_is_reached_and_nothing_that_is_not_known(client):
    blank = make.mission(name_en="")
    told = read(client, f"/en/missions/{blank.slug}/")["GovernmentOrganization"]
    assert not {"telephone", "sameAs", "areaServed", "alternateName"} & told.keys()
    assert told["address"].keys() == {"@type", "addressLocality", "addressCountry"}

    reached = {"telephone": "+1 1", "address_en": "1 <Road> & Co", "url": "https://z.example/"}
    Mission.objects.filter(pk=blank.pk).update(**reached, contact_certainty="verified")
    blank.covers.add("BY")
    told = read(client, f"/en/missions/{blank.slug}/")["GovernmentOrganization"]
    assert (told["telephone"], told["sameAs"]) == ("+1 1", "https://z.example/")
    assert told["address"]["streetAddress"] == "1 <Road> & Co"
    assert told["areaServed"] == [{"@type": "Country", "name": "Belarus", "identifier": "BY"}]


@pytest.mark.parametrize("certainty", ["inferred", "conflict", "unverified"])
def test_contact_details_that_are_not_verified_are_told_on_the_page_alone(client, certainty):
    reached = {"telephone": "+1 77 77", "address_en": "1 Unsure Road", "url": "https://unsure.example/"}
    mission = make.mission(**reached, contact_certainty=certainty)

    page = client.get(f"/en/missions/{mission.slug}/").content.decode()
    said = json.dumps(things(page)["GovernmentOrganization"])
    for words in reached.values():
        assert words in page.partition("<h1")[2] and words not in said


def test_only_a_meeting_whose_day_is_known_is_an_event(client):
    body = make.body(mission=make.mission(time_zone="Asia/Ho_Chi_Minh"))
    starts = datetime.datetime(2026, 3, 2, 1, 30, tzinfo=datetime.UTC)
    known = make.meeting(body, status="postponed", starts_at=starts, mode="online", venue_ko="Z호텔")
    month = make.meeting(body, held_on=datetime.date(2026, 3, 1), held_precision="month")

    told = read(client, f"/ko/meetings/{known.key}/")["Event"]
    assert told["startDate"] == "2026-03-02T08:30:00+07:00" and "endDate" not in told and "location" not in told
    assert told["eventStatus"].endswith("/EventPostponed") and told["eventAttendanceMode"].endswith(
        "OnlineEventAttendanceMode"
    )
    assert told["organizer"]["name"] == body.name_ko
    assert "Event" not in read(client, f"/ko/meetings/{month.key}/")


def test_a_text_cannot_end_the_block_of_data(client):
    body = make.body(purpose_ko="</script><script>alert(1)</script> & <!-- “가”")

    page = client.get(f"/ko/bodies/{body.code}/").content.decode()
    assert things(page)["GovernmentOrganization"]["description"] == body.purpose_ko
    assert "<script>alert" not in page and "<!--" not in page


def test_the_breadcrumb_leads_to_pages_and_ends_here(client):
    steps = read(client, "/en/data/dictionary/")["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "Home"),
        (2, "Open data"),
        (3, "Data dictionary"),
    ]
    assert steps[1]["item"] == "http://testserver/en/data/" and "item" not in steps[2]
    found = read(client, "/en/")["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert client.get(found.removeprefix("http://testserver").replace("{words}", "KOTRA")).status_code == 200
