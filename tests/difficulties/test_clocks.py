"""The clocks of relays count working days where the receiver is."""

import datetime
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import closing, progress, relays, workflow
from missions.difficulties.clocks import due_days, working_days_after
from missions.models import Body, Country, Difficulty, OfficeCalendar, PublicHoliday, Relay
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


def leg(code, sent_at, **values):
    receiver = Body.objects.get(code=code)
    home = make.body()
    difficulty = make.difficulty(home, **values)
    return due_days(Relay(difficulty=difficulty, receiver=receiver, kind="hand_over"), sent_at)


def test_a_relay_to_korea_on_the_eve_of_chuseok_waits_for_the_holidays_to_pass():
    # Chuseok 2026: Thursday 24 to Saturday 26 September.
    wednesday = datetime.datetime(2026, 9, 23, 3, tzinfo=datetime.UTC)

    assert leg("KOR", wednesday)[0] == datetime.date(2026, 9, 29)


def test_a_relay_to_vietnam_on_the_eve_of_tet_waits_for_the_holidays_to_pass():
    # Tết 2026: Monday 16 to Friday 20 February.
    friday = datetime.datetime(2026, 2, 13, 3, tzinfo=datetime.UTC)

    assert leg("HAN", friday)[0] == datetime.date(2026, 2, 24)
    assert leg("SGN", friday)[1] == datetime.date(2026, 3, 6)


def test_an_urgent_relay_has_shorter_clocks():
    monday = datetime.datetime(2026, 3, 9, 3, tzinfo=datetime.UTC)
    urgent = {"is_urgent": True, "urgent_reason": "선적이 내일입니다."}

    assert leg("SIN", monday) == (datetime.date(2026, 3, 11), datetime.date(2026, 3, 23))
    assert leg("SIN", monday, **urgent) == (datetime.date(2026, 3, 10), datetime.date(2026, 3, 12))


def test_the_day_of_sending_is_the_receivers():
    # Monday morning in Seoul is still Sunday in Los Angeles.
    assert leg("LAX", datetime.datetime(2026, 3, 9, 1, tzinfo=datetime.UTC))[0] == datetime.date(2026, 3, 10)


def test_settings_change_the_number_of_days(settings):
    settings.ACKNOWLEDGE_WITHIN = {False: 1, True: 1}

    assert leg("SIN", datetime.datetime(2026, 3, 9, 3, tzinfo=datetime.UTC))[0] == datetime.date(2026, 3, 10)


def test_a_country_without_a_known_calendar_rests_on_saturdays_and_sundays():
    Country.objects.create(code="ZZ", name_ko="Z국")
    calendar = OfficeCalendar(make.body(mission=make.mission(country_id="ZZ")))

    assert working_days_after(datetime.date(2026, 3, 13), 1, calendar) == datetime.date(2026, 3, 16)


def test_a_holiday_declared_later_moves_the_open_clocks_by_command(capsys):
    home, korea = make.body(), Body.objects.get(code="KOR")
    officer = make.officer(home)
    difficulty = workflow.review(make.difficulty(home, officer), by=officer)
    sent = relays.relay(difficulty, by=officer, to=korea, kind="help", asked="부탁합니다.")
    PublicHoliday.objects.create(country_id="KR", on=sent.acknowledge_by, name_ko="임시공휴일")

    call_command("recompute_clocks")

    moved = Relay.objects.get(pk=sent.pk)
    assert moved.acknowledge_by > sent.acknowledge_by
    assert capsys.readouterr().out.startswith("2 ")  # the relay, and the day of its sender behind it
    call_command("recompute_clocks")
    assert Relay.objects.get(pk=sent.pk).acknowledge_by == moved.acknowledge_by


MONDAY = datetime.datetime(2026, 3, 9, 3, tzinfo=datetime.UTC)


def march(day):
    return datetime.date(2026, 3, day)


@pytest.fixture
def monday():
    """The body at Singapore on Monday 9 March 2026, which no holiday follows for two weeks."""
    with patch.object(timezone, "now", lambda: MONDAY):
        yield Body.objects.get(code="SIN")


def take(step, row, **values):
    """Take a step and say which day the difficulty has afterwards."""
    step(row, **values)
    return Difficulty.objects.get(pk=getattr(row, "difficulty_id", row.pk)).due_on


@pytest.mark.parametrize(("urgent", "take_up", "move"), [(False, march(11), march(23)), (True, march(10), march(12))])
def test_whoever_must_move_gets_a_day_whatever_step_brought_it_about(monday, urgent, take_up, move):
    officer, asked = make.officer(monday), make.body()
    by, other = {"by": officer}, {"by": make.officer(asked)}
    row = make.difficulty(monday, officer, is_urgent=urgent, urgent_reason="선적이 내일입니다." if urgent else "")
    ask = {"to": asked, "asked": "부탁합니다."} | by

    assert row.due_on == take_up
    assert take(workflow.review, row, **by) == move
    for ending, values in [(relays.answer, {"text": "회신"}), (relays.return_leg, {"reason": "관할이 아님"})]:
        leg = relays.relay(row, kind="help", **ask)
        Difficulty.objects.update(due_on=march(1))
        assert take(ending, leg, **values, **other) == move
    Difficulty.objects.update(due_on=march(1))
    assert take(workflow.accept, row, owner=officer, **by) == move
    assert take(progress.wait, row, waiting_on="company", note="서류", until=march(31), **by) == march(31)
    assert take(progress.wait, row, waiting_on="nobody", note="받음", **by) == move
    progress.wait(row, waiting_on="ministry", note="협의", until=march(31), **by)
    assert take(progress.reply, row, by=make.staff("ministry"), text="회신") == move
    assert take(closing.close, row, outcome="advice", solution="안내", **by) is None
    assert take(closing.reopen, row, reason="다시 생김", **by) == move
    leg = relays.relay(row, kind="hand_over", **ask)
    taken = relays.take_over(leg, **other)
    assert taken.due_on == working_days_after(march(9), 3 if urgent else 10, OfficeCalendar(taken.holder))


def test_a_day_that_somebody_chose_stays_while_it_lies_ahead(monday):
    officer = make.officer(monday)
    row = make.difficulty(monday, officer, due_on=march(30))

    assert take(workflow.review, row, by=officer) == march(30)
    Difficulty.objects.update(due_on=march(6))
    assert take(workflow.accept, row, by=officer, owner=officer) == march(23)


def test_a_counted_day_is_not_before_the_answer_that_the_holder_asked_for(monday):
    officer, home = make.officer(monday), Body.objects.get(code="KOR")
    counted, chosen = make.difficulty(monday, officer), make.difficulty(monday, officer, due_on=march(10))
    for row, kind in ((counted, "help"), (chosen, "help")):
        workflow.review(row, by=officer)
        leg = relays.relay(row, by=officer, to=home, kind=kind, asked="부탁합니다.")
        Relay.objects.filter(pk=leg.pk).update(answer_by=march(30))

    PublicHoliday.objects.create(country_id="SG", on=march(16), name_ko="임시공휴일")
    call_command("recompute_clocks")
    assert Difficulty.objects.get(pk=counted.pk).due_on >= leg.answer_by
    assert Difficulty.objects.get(pk=chosen.pk).due_on == march(10)


def test_a_holiday_declared_later_moves_what_was_counted_for_the_holder_and_no_day_that_was_chosen(monday):
    officer = make.officer(monday)
    counted, chosen = make.difficulty(monday, officer), make.difficulty(monday, officer, due_on=march(11))

    PublicHoliday.objects.create(country_id="SG", on=march(10), name_ko="임시공휴일")
    call_command("recompute_clocks")

    assert Difficulty.objects.get(pk=counted.pk).due_on == march(12)
    assert Difficulty.objects.get(pk=chosen.pk).due_on == march(11)


def test_a_holiday_entered_at_the_desk_moves_the_clocks_of_its_country_and_says_how_many(client):
    home, day = make.body(), datetime.date(2026, 3, 10)
    officer = make.officer(home)
    sent = {}
    for code in ("SIN", "HAN"):
        record = workflow.review(make.difficulty(home, officer), by=officer)
        sent[code] = relays.relay(record, by=officer, to=Body.objects.get(code=code), kind="help", asked="부탁합니다.")
        Relay.objects.filter(pk=sent[code].pk).update(
            sent_at=datetime.datetime(2026, 3, 9, 3, tzinfo=datetime.UTC),
            acknowledge_by=datetime.date(2026, 3, 11),
            answer_by=datetime.date(2026, 3, 23),
        )

    def due(code):
        return Relay.objects.get(pk=sent[code].pk).acknowledge_by

    client.force_login(make.staff("ministry", language="en"))
    values = {"country": "SG", "on": day, "kind": "free", "name_ko": "임시공휴일", "name_en": "Special holiday"}

    added = client.post(reverse("admin:missions_publicholiday_add"), values, follow=True)

    assert "1 open relay or difficulty has another due day." in added.content.decode()
    assert (due("SIN"), due("HAN")) == (datetime.date(2026, 3, 12), datetime.date(2026, 3, 11))

    holiday = PublicHoliday.objects.get()
    moved = forms.change(client, forms.address(holiday), country="VN")
    assert moved.status_code == 302
    assert (due("SIN"), due("HAN")) == (datetime.date(2026, 3, 11), datetime.date(2026, 3, 12))

    client.post(reverse("admin:missions_publicholiday_delete", args=[holiday.pk]), {"post": "yes"})
    assert due("HAN") == datetime.date(2026, 3, 11)


def test_holidays_are_entered_by_ministry_staff_only(client):
    client.force_login(make.officer(make.body()))

    assert client.get(reverse("admin:missions_publicholiday_changelist")).status_code == 200
    assert client.get(reverse("admin:missions_publicholiday_add")).status_code == 403
