"""“Today” is the day at the office that must act, wherever it is looked at from."""

import datetime
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from missions.admin.front.health import checkup
from missions.difficulties import handover, progress, relays, workflow
from missions.difficulties.open_work import open_work
from missions.models import Action, ActionItem, Body, Difficulty, Membership, Posting, Relay, today_of
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
NOON_THERE = datetime.datetime(2026, 11, 28, 20, 46, tzinfo=datetime.UTC)  # 12:46 in Los Angeles, the 29th in Korea
MIDNIGHT_THERE = datetime.datetime(2026, 11, 29, 8, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 28)


def at(moment):
    return patch.object(timezone, "now", lambda: moment)


def los_angeles():
    return Body.objects.get(code="LAX")


def sent(to, **days):
    home = make.body()
    officer = make.officer(home)
    record = workflow.review(make.difficulty(home, officer), by=officer)
    leg = relays.relay(record, by=officer, to=to, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(**days)
    leg.refresh_from_db()
    return leg, officer


def test_a_leg_is_late_when_its_day_has_ended_at_its_receivers():
    leg, _officer = sent(los_angeles(), acknowledge_by=DAY, answer_by=DAY)

    for moment, is_late in ((NOON_THERE, False), (MIDNIGHT_THERE, True)):
        with at(moment):
            assert leg.is_late() == (leg in Relay.objects.late()) == is_late
            assert (leg.difficulty in Difficulty.objects.late()) == is_late
            assert (leg in Relay.objects.due_within(datetime.timedelta(0))) == (not is_late)
            assert [len(health.late_legs) for health in checkup() if health.body.code == "LAX"] == [int(is_late)]


def test_a_leg_to_korea_is_late_at_koreas_midnight_though_its_sender_lives_in_the_day_before():
    leg, _officer = sent(Body.objects.get(code="KOR"), acknowledge_by=DAY, answer_by=DAY)

    with at(NOON_THERE):
        assert leg.is_late() and leg in Relay.objects.late()


def test_no_desk_calls_late_what_is_not_late_there(client):
    leg, officer = sent(los_angeles(), acknowledge_by=DAY, answer_by=DAY)
    address = reverse("admin:missions_difficulty_changelist")

    for person in (officer, make.officer(los_angeles()), make.staff("ministry")):
        client.force_login(person)
        for moment, is_late in ((NOON_THERE, False), (MIDNIGHT_THERE, True)):
            with at(moment):
                page = forms.text(client.get(forms.address(leg.difficulty)))
                assert ('<span class="late">' in page.split('id="standing"')[1].split("<dl>")[0]) == is_late
                rows = forms.text(client.get(f"{address}?ask=late"))
                assert (leg.difficulty.reference in rows.split('id="result_list"')[-1]) == is_late


def test_a_due_day_of_the_holder_ends_there():
    record = make.difficulty(los_angeles(), due_on=DAY)

    for moment, is_late in ((NOON_THERE, False), (MIDNIGHT_THERE, True)):
        with at(moment):
            assert (record in Difficulty.objects.late()) == is_late


def test_what_is_filed_at_noon_there_is_reported_and_received_on_that_day(client):
    officer = make.officer(los_angeles())
    client.force_login(officer)
    address = reverse("admin:missions_difficulty_add")

    with at(NOON_THERE):
        offered = client.get(address).context["adminform"].form.initial["reported_on"]
        filed = {"country": "US", "type": "customs", "title": "통관 보류", "account": "보완", "report_source": "firm"}
        refused = client.post(address, filed | {"reported_on": "2026-11-29"})
        client.post(address, filed | {"reported_on": str(offered), "due_on": "2026-11-28"})
        record = Difficulty.objects.get()
        receipt = forms.text(client.get(reverse("admin:missions_difficulty_receipt", args=[record.pk])))

    assert offered == DAY == record.reported_on == record.due_on
    assert "reported_on" in refused.context["adminform"].form.errors
    assert "2026년 11월 28일" in receipt and "11월 29일" not in receipt


def test_an_action_was_done_by_the_day_it_is_where_it_is_recorded(client):
    officer = make.officer(los_angeles())
    record = workflow.accept(make.difficulty(los_angeles(), officer), by=officer, owner=officer)
    client.force_login(officer)

    with at(NOON_THERE):
        form = client.get(reverse("admin:missions_difficulty_step", args=[record.pk, "act"])).context["form"]
        assert form.initial["done_on"] == DAY == today_of(officer)
        late = Action(organisation=make.organisation(), kind="advice", what="안내", recorded_by=officer)
        late.done_on = DAY + datetime.timedelta(days=1)
        with pytest.raises(ValidationError):
            progress.act(record, late, by=officer)


def test_today_beside_an_input_is_the_day_where_its_reader_works(client):
    record = make.difficulty(los_angeles())

    for person, hours in ((make.officer(los_angeles()), -8), (make.staff("ministry"), 9)):
        client.force_login(person)
        with at(NOON_THERE):
            page = forms.text(client.get(forms.address(record)))
        assert f'data-utc-offset="{hours * 3600}"' in page


def test_a_wait_until_today_there_is_no_wait_into_the_past():
    officer = make.officer(los_angeles())
    record = workflow.accept(make.difficulty(los_angeles(), officer), by=officer, owner=officer)

    with at(NOON_THERE):
        waiting = progress.wait(record, by=officer, waiting_on="company", note="서류", until=DAY)
    assert waiting.due_on == DAY


def test_a_follow_up_is_late_when_its_day_has_ended_where_the_meeting_was():
    item = ActionItem.objects.create(meeting=make.meeting(los_angeles()), what="공문", due_on=DAY)
    ours = ActionItem.objects.create(meeting=make.meeting(), what="보고", due_on=DAY)  # between the ministries

    for moment, late in ((NOON_THERE, {ours}), (MIDNIGHT_THERE, {item, ours})):
        with at(moment):
            assert set(ActionItem.objects.late()) == late
            assert item.is_late() == (item in late) and ours.is_late()
            assert item in ActionItem.objects.due_within(datetime.timedelta(0))


def test_a_posting_is_handed_over_by_the_days_of_its_office():
    body = los_angeles()
    leaver = make.officer(body)
    posting = leaver.postings.get()
    ministry = make.staff("ministry")

    with at(NOON_THERE):
        work = open_work(posting)
        assert work.today == DAY
        seen = handover.fingerprint(posting, work)
        handover.hand_over(posting, by=ministry, until_on=DAY, owners={}, seen=seen)
    assert Posting.objects.get(pk=posting.pk).until_on == DAY


def test_a_seat_lasts_until_its_day_has_ended_at_its_body():
    seat = Membership.objects.create(body=los_angeles(), organisation=make.organisation(), until_on=DAY)

    for moment, lasts in ((NOON_THERE, True), (MIDNIGHT_THERE, False)):
        with at(moment):
            assert (seat in Membership.objects.current()) == lasts != seat.has_ended
