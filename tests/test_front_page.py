"""The front page of the desk: each panel leads to the list it shows."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import Meeting
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def panels(client):
    return {panel.title: panel for panel in client.get(reverse("admin:index")).context["panels"]}


@pytest.mark.parametrize("role", ["ministry", "mission_officer"])
def test_each_panel_leads_to_the_list_it_shows(client, role):
    body = make.body()
    make.difficulty(body)
    make.meeting(body, held_on=timezone.localdate())
    make.meeting(body, status="planned")
    client.force_login(make.staff(role, body, language="en"))

    for panel in panels(client).values():
        if panel.title in ("My drafts", "Texts waiting for approval"):
            continue
        rows = client.get(panel.link).context["cl"].result_list
        listed = {reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk]) for row in rows}
        shown = {address for address, _name, _remark in panel.rows}
        assert shown == listed or (panel.more and shown < listed), panel.title


def test_a_panel_says_how_many_it_leaves_out(client):
    body = make.body()
    for _ in range(9):
        make.meeting(body, status="planned", held_on=make.tomorrow())
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert panels(client)["Next meetings"].more == "9"
    assert "Show all (9)" in client.get(reverse("admin:index")).content.decode()


def test_minutes_are_asked_for_meetings_of_the_last_year_only(client):
    today = timezone.localdate()
    body = make.body()
    recent = make.meeting(body, held_on=today - datetime.timedelta(days=300))
    make.meeting(body, held_on=today - datetime.timedelta(days=400))
    client.force_login(make.staff("mission_officer", body, language="en"))

    panel = panels(client)["Meetings without minutes"]

    assert [name for _address, name, _remark in panel.rows] == [str(recent)]
    assert Meeting.objects.filter(body=body).count() == 2
