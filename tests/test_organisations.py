"""Organisations: where they sit and what they did, as the public reads it."""

import datetime

import pytest
from django.urls import reverse

from missions import search
from missions.models import CaseActor
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def test_a_seat_that_ended_is_no_longer_listed(client):
    body, organisation = make.body(), make.organisation()
    organisation.memberships.create(body=body, until_on=make.DAY - datetime.timedelta(days=1))
    other = make.body()
    organisation.memberships.create(body=other)
    search.keep(organisation)

    page = client.get("/en/organisations/", {"q": organisation.name_en}).content.decode()

    assert other.get_absolute_url().split("/", 2)[2] in page
    assert body.get_absolute_url().split("/", 2)[2] not in page


def test_a_case_in_which_an_organisation_did_two_things_is_shown_once(client):
    case, organisation = make.case(make.body()), make.organisation()
    for what in ("협의", "방문"):
        CaseActor.objects.create(case=case, organisation=organisation, what_ko=what)

    page = client.get(f"/en/organisations/{organisation.slug}/").content.decode()

    assert page.count(f"/cases/{case.reference}/") == 1


def test_whoever_enters_an_organisation_is_told_that_the_public_reads_it(client):
    client.force_login(make.staff("ministry", language="en"))

    page = client.get(reverse("admin:missions_organisation_add")).content.decode()

    assert "can be read by the public as soon as it is saved" in page
