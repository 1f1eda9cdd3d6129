"""The front page of the desk: each panel leads to the list it shows."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from missions import relays, workflow
from missions.models import Difficulty, Meeting, Membership, Relay
from tests import forms, make

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("programme")


def panels(client):
    return {panel.title: panel for panel in client.get(reverse("admin:index")).context["panels"]}


@pytest.mark.parametrize("role", ["ministry", "mission_officer"])
def test_each_panel_leads_to_the_list_it_shows(client, role):
    body = make.body()
    make.difficulty(body)
    make.meeting(body, held_on=timezone.localdate())
    make.meeting(body, status="planned")
    user = make.staff(role, body, language="en")
    for state in ("draft", "awaiting", "published"):
        make.case(body, state)
        make.case(body, state, drafted_by=user)
    client.force_login(user)

    for panel in panels(client).values():
        page = client.get(panel.link).context
        rows = page["cl"].result_list if "cl" in page else [health.body for health in page["bodies"]]
        listed = {reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk]) for row in rows}
        shown = {address for address, _name, _remark in panel.rows}
        assert shown == listed or ((panel.more or "bodies" in page) and shown < listed), panel.title


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


def test_the_ministry_sees_what_to_ask_each_body_about(client):
    today = timezone.localdate()
    body, calm = make.body(rhythm="monthly"), make.body(rhythm="monthly")
    make.meeting(body, held_on=today - datetime.timedelta(days=41))
    make.meeting(calm, held_on=today - datetime.timedelta(days=39))
    for kind in ("public_agency", "large_firm", "association", "local_government", "law_firm", "expert"):
        Membership.objects.create(body=calm, organisation=make.organisation(kind=kind))
    ending = make.organisation(kind="bank")
    Membership.objects.create(body=body, organisation=ending, until_on=today + datetime.timedelta(days=60))
    Membership.objects.create(
        body=body, organisation=make.organisation(kind="law_firm"), until_on=today + datetime.timedelta(days=61)
    )
    sender = make.body()
    officer = make.officer(sender)
    record = make.difficulty(sender, officer)
    workflow.review(record, by=officer)
    leg = relays.relay(record, by=officer, to=body, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=make.DAY)
    client.force_login(make.staff("ministry", language="en"))

    found = {health.body: health for health in client.get(reverse("admin:health")).context["bodies"]}

    health = found[body]
    assert (health.rhythm_kept, health.late_legs) == (False, 1)
    assert [str(name) for name in health.missing] == ["public agency", "large firm", "small firm", "local government"]
    assert [seat.organisation for seat in health.ending] == [ending]
    assert found[calm].warnings == 0 and found[calm].rhythm_kept
    remark = {address: words for address, _name, words in panels(client)["Bodies to ask about"].rows}
    address = reverse("admin:missions_body_change", args=[body.pk])
    assert remark[address].startswith("last met 41 days ago · 1 late relay · 1 seat ends soon · no seat recorded: ")
    client.force_login(make.officer(body))
    assert client.get(reverse("admin:health")).status_code == 403


def test_what_is_late_says_whether_it_is_the_holders_day_or_a_relay(client):
    today = timezone.localdate()
    body, other = make.body(), make.body()
    officer = make.officer(body)
    own, relayed = make.difficulty(body, officer), make.difficulty(body, officer)
    Difficulty.objects.filter(pk=own.pk).update(due_on=make.DAY)
    Difficulty.objects.filter(pk=relayed.pk).update(due_on=today + datetime.timedelta(days=9))
    workflow.review(relayed, by=officer)
    leg = relays.relay(relayed, by=officer, to=other, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=make.DAY)
    client.force_login(officer)

    said = {name.split()[0]: remark for _address, name, remark in panels(client)["기한 지남"].rows}

    assert said == {
        own.reference: f"{body.code} · 2026년 3월 2일까지 처리 예정이었음",
        relayed.reference: f"{body.code} · 기한 지난 이관 있음",
    }


def test_what_is_due_within_a_week_is_told_by_the_holders_day_and_by_that_of_a_relay(client):
    today = timezone.localdate()
    body, other = make.body(), make.body()
    officer = make.officer(body)
    own, relayed, late, later = (make.difficulty(body, officer) for _ in range(4))
    for record, day in ((own, today), (late, today - DAY), (later, today + 7 * DAY)):
        Difficulty.objects.filter(pk=record.pk).update(due_on=day)
    workflow.review(relayed, by=officer)
    leg = relays.relay(relayed, by=officer, to=other, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=today + 6 * DAY, answer_by=today + 20 * DAY)
    client.force_login(make.staff("mission_officer", body, language="en"))

    panel = panels(client)["Due within a week"]

    assert {name.split()[0] for _address, name, _remark in panel.rows} == {own.reference, relayed.reference}
    [remark] = [remark for _address, name, remark in panel.rows if relayed.reference in name]
    assert remark == f"{body.code} · until {date_format(today + 6 * DAY, 'j F Y')}"


@pytest.mark.parametrize("role", ["approver", "ministry"])
def test_texts_waiting_for_approval_come_first_for_those_who_approve(client, role):
    make.case(make.body(), "awaiting")
    client.force_login(make.staff(role, language="en"))

    assert next(iter(panels(client))) == "Texts waiting for approval"


def test_published_texts_without_english_wait_for_those_who_may_write_it(client):
    body = make.body()
    case = make.case(body, happened_en="It was late.", done_en="")
    make.case(body, happened_en="It was late.", done_en="It was solved.")
    make.case(body, "draft")
    item = make.information(body)
    make.information(body, text_en="Text")
    make.information(body, is_published=False)
    make.information(make.body())
    client.force_login(make.staff("mission_officer", body, language="en"))

    found = panels(client)
    shown = [
        [row[0] for row in found[f"{kind} to be put into English"].rows] for kind in ("Cases", "Local information")
    ]
    assert shown == [[forms.address(case)], [forms.address(item)]]
    client.force_login(make.staff("approver", language="en"))
    assert not [title for title in panels(client) if "English" in title]


def test_filing_is_offered_first_to_those_who_may_file(client):
    address = reverse("admin:missions_difficulty_add")
    client.force_login(make.officer(make.body()))
    front = client.get(reverse("admin:index")).content.decode()
    assert front.index(address) < front.index('class="desk"')
    client.force_login(make.staff("ministry"))
    assert address not in client.get(reverse("admin:index")).content.decode()
