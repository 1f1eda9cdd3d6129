"""Organisations: where they sit and what they did, as the public reads it."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse

from missions.models import CaseActor, ContactPoint
from missions.search import staff as staff_search
from tests import make
from tests.finding import found

pytestmark = pytest.mark.usefixtures("programme")


def test_a_seat_that_ended_is_no_longer_listed(client):
    body, organisation = make.body(), make.organisation()
    organisation.memberships.create(body=body, until_on=make.DAY - datetime.timedelta(days=1))
    other = make.body()
    organisation.memberships.create(body=other)
    staff_search.keep(organisation)

    page = client.get("/en/organisations/", {"q": organisation.name_en}).content.decode()

    assert other.get_absolute_url().split("/", 2)[2] in page
    assert body.get_absolute_url().split("/", 2)[2] not in page


def test_a_case_in_which_an_organisation_did_two_things_is_shown_once(client):
    case, organisation = make.case(make.body()), make.organisation()
    for what in ("협의", "방문"):
        CaseActor.objects.create(case=case, organisation=organisation, what_ko=what)

    page = client.get(f"/en/organisations/{organisation.slug}/").content.decode()

    assert page.count(f"/cases/{case.reference}/") == 1


def test_the_page_of_an_organisation_lists_every_office_that_country_pages_name(client):
    offices = ContactPoint.objects.published().filter(organisation__slug="kosme")
    assert len({office.country_id for office in offices}) > 3

    page = client.get("/ko/organisations/kosme/").content.decode()

    listed = page[page.index('id="contacts"') : page.index('id="seats"')]
    for office in offices:
        assert office.name in listed and f'href="{office.get_absolute_url()}"' in listed
    assert "/organisations/" not in listed


def test_whoever_enters_an_organisation_is_told_that_the_public_reads_it(client):
    client.force_login(make.staff("ministry", language="en"))

    page = client.get(reverse("admin:missions_organisation_add")).content.decode()

    assert "can be read by the public as soon as it is saved" in page


def test_an_organisation_of_no_known_name_has_no_page_to_lead_to(client):
    parent = make.organisation(named=False)
    part = make.organisation(parent=parent)

    page = client.get(part.get_absolute_url()).content.decode()
    assert parent.name in page and parent.get_absolute_url() not in page


@pytest.mark.parametrize(("language", "order"), [("ko", ["Z가", "Z나", "Z다"]), ("en", ["A", "B", "Z가"])])
def test_organisations_and_their_offices_come_in_the_alphabet_of_the_reader(client, language, order):
    parent = make.organisation(kind="bank", country_id="IS")
    for korean, english in (("Z나", "B"), ("Z다", "A"), ("Z가", "")):
        make.organisation(name_ko=korean, name_en=english, kind="bank", country_id="FI", parent=parent)

    listed = client.get(f"/{language}/organisations/?kind=bank&country=FI").context["page_obj"]
    assert [str(row) for row in listed] == order
    shown = client.get(f"/{language}/organisations/{parent.slug}/").context["organisation"].parts.all()
    assert [str(row) for row in shown] == order


def test_english_readers_find_countries_and_missions_in_their_alphabet(client):
    for address in ("/en/", "/en/search/?q=nowhere"):
        chooser = re.search('<select id="market".*?</select>', client.get(address).content.decode(), re.DOTALL)[0]
        names = [unescape(name) for name in re.findall('<option value="[A-Z]{2}"[^>]*>([^<]+)', chooser)]
        assert names == sorted(names, key=str.lower) and len(names) > 5
    names = [mission.name for mission in client.get("/en/missions/").context["page_obj"]]
    assert names == sorted(names, key=str.lower) and len(names) > 5
    names = [mission.name for mission in client.get("/ko/missions/").context["page_obj"]]
    assert names == sorted(names)


@pytest.mark.parametrize(("text", "slug"), [("코트라", "kotra"), ("중진공", "kosme"), ("중기중앙회", "kbiz")])
def test_an_organisation_is_found_by_what_people_call_it(client, text, slug):
    address = f"/ko/organisations/{slug}/"

    assert address in found(client, text) and address in client.get(f"/ko/organisations/?q={text}").content.decode()
    assert text in client.get(address).content.decode()
