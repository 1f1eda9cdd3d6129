"""Which days an office works: the table of two years, days set at the desk, and how a due day explains itself."""

import csv
import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import override

from missions.difficulties import relays, workflow
from missions.difficulties.clocks import how_counted, working_days_after
from missions.models import Body, Difficulty, Mission, OfficeCalendar, PublicHoliday, Why
from tests import forms, make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]
# Every weekday off and every weekend day worked of six offices in 2026 and 2027, and which second project says the
# same: date-holidays 3.37.0 or chinesecalendar 1.11.0; none where it differs, “against” where it alone has a holiday.
TABLE = Path(__file__).parent / "working_days.csv"
OFFICES = ["LAX", "FRA", "DXB", "HAN", "PEK", "KOR"]


def calendar(code):
    return OfficeCalendar(Body.objects.get(code=code))


def told(code):
    with TABLE.open() as file:
        rows = [row for row in csv.DictReader(file) if row["office"] == code]
    return {row["day"]: row["why"] for row in rows if row["why"] != Why.USUAL}


@pytest.mark.parametrize("code", OFFICES)
def test_two_years_of_an_office_are_as_the_table_says(code):
    office, usual = calendar(code), {Why.USUAL, Why.WEEKEND}

    days = [office.day(datetime.date(2026, 1, 1) + datetime.timedelta(days=number)) for number in range(730)]
    assert {day.on.isoformat(): day.why.value for day in days if day.why not in usual} == told(code)
    others = [day for day in days if day.on.isoformat() not in told(code)]
    assert all(day.is_working == (day.on.weekday() < 5) for day in others)


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("LAX", datetime.date(2027, 2, 26), datetime.date(2027, 3, 2)),  # 3·1절
        ("FRA", datetime.date(2026, 10, 8), datetime.date(2026, 10, 12)),  # 한글날
        ("FRA", datetime.date(2026, 6, 3), datetime.date(2026, 6, 5)),  # Corpus Christi, in Hesse
        ("LAX", datetime.date(2026, 3, 30), datetime.date(2026, 3, 31)),  # a holiday of California
        ("HAN", datetime.date(2026, 10, 2), datetime.date(2026, 10, 5)),  # 개천절 on a Saturday: no substitute abroad
        ("KOR", datetime.date(2026, 10, 2), datetime.date(2026, 10, 6)),  # but in Korea
        ("SIN", datetime.date(2026, 5, 4), datetime.date(2026, 5, 5)),  # 어린이날 is no national day
        ("PEK", datetime.date(2026, 2, 13), datetime.date(2026, 2, 14)),  # a Saturday that makes up
        ("SIN", datetime.date(2026, 7, 16), datetime.date(2026, 7, 20)),  # 제헌절, a public holiday since 2026
        ("SIN", datetime.date(2025, 7, 16), datetime.date(2025, 7, 17)),  # and none before
    ],
)
def test_the_next_working_day_is_the_offices_own(code, start, due):
    assert working_days_after(start, 1, calendar(code)) == due


def test_a_state_binds_the_mission_that_names_it_and_no_other_of_its_country():
    there = make.body(mission=make.mission(country_id="DE", time_zone="Europe/Berlin"))
    corpus_christi = datetime.date(2026, 6, 4)

    assert not calendar("FRA").day(corpus_christi).is_working
    assert OfficeCalendar(there).day(corpus_christi).is_working


@pytest.mark.parametrize(
    ("country", "code", "said"),
    [
        ("DE", "DE-XX", "DE-HE"),
        ("DE", "HE", "No calendar"),
        ("DE", "AT-9", "another country"),
        ("US", "US-CA", "federal"),
    ],
)
def test_a_state_that_no_calendar_knows_or_that_is_not_kept_is_refused_with_what_is_known(country, code, said):
    mission = Mission.objects.filter(country=country).first()
    mission.subdivision = code

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            mission.full_clean()
        assert said in str(refused.value.message_dict["subdivision"])


def test_a_day_set_for_an_office_goes_before_one_of_its_country_and_that_before_the_library():
    day, office = datetime.date(2026, 11, 26), Body.objects.get(code="LAX")  # Thanksgiving
    PublicHoliday.objects.create(country_id="US", on=day, kind="working", name_ko="정상 근무")
    assert OfficeCalendar(office).day(day).is_working

    PublicHoliday.objects.create(body=office, on=day, name_ko="청사 이전")
    assert (OfficeCalendar(office).day(day).why, OfficeCalendar(office).day(day).name) == (Why.FREE, "청사 이전")
    assert calendar("SFO").day(day).is_working


def test_a_country_that_works_on_a_national_day_of_korea_does_not_open_its_mission():
    day = datetime.date(2026, 10, 9)
    PublicHoliday.objects.create(country_id="DE", on=day, kind="working", name_ko="독일의 근무일")
    assert calendar("FRA").day(day).why == Why.NATIONAL

    PublicHoliday.objects.create(body=Body.objects.get(code="FRA"), on=day, kind="working", name_ko="당직")
    assert calendar("FRA").day(day).is_working


def test_a_make_up_saturday_is_entered_and_counted():
    saturday = datetime.date(2027, 5, 8)
    assert not calendar("HAN").day(saturday).is_working

    PublicHoliday.objects.create(country_id="VN", on=saturday, kind="working", name_ko="대체 근무")
    assert working_days_after(datetime.date(2027, 5, 7), 1, calendar("HAN")) == saturday


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "exactly one"),
        ({"country_id": "VN", "body": "HAN"}, "exactly one"),
        ({"country_id": "VN"}, "already set for this country"),
        ({"body": "HAN"}, "already set for this office"),
    ],
)
def test_a_day_is_set_once_and_for_one_place(values, said):
    values |= {"body": Body.objects.get(code=values["body"])} if "body" in values else {}
    if len(values) == 1:
        PublicHoliday.objects.create(**values, on=make.DAY, name_ko="휴일")

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            PublicHoliday(**values, on=make.DAY, name_ko="휴일").full_clean()
        assert said in str(refused.value.messages)


def _sent(code, moment):
    home = make.body()
    officer = make.officer(home)
    record = workflow.review(make.difficulty(home, officer), by=officer)
    leg = relays.relay(record, by=officer, to=Body.objects.get(code=code), kind="help", asked="부탁합니다.")
    leg.sent_at = moment
    leg.acknowledge_by, leg.answer_by = relays.due_days(leg, moment)
    leg.save()
    return record, leg, officer


def test_a_due_day_explains_itself_day_by_day():
    _record, leg, _officer = _sent("FRA", datetime.datetime(2026, 10, 8, 3, tzinfo=datetime.UTC))

    start, days = how_counted(leg)
    assert start == datetime.date(2026, 10, 8) and days[-1].day.on == leg.answer_by
    assert [(each.number, each.day.why) for each in days[:6]] == [
        (None, Why.NATIONAL),
        (None, Why.WEEKEND),
        (None, Why.WEEKEND),
        (1, Why.USUAL),
        (2, Why.USUAL),
        (3, Why.USUAL),
    ]
    assert days[4].day.on == leg.acknowledge_by and days[-1].number == 10


def test_the_page_of_a_difficulty_tells_how_each_day_was_counted_in_both_languages(client):
    record, _leg, officer = _sent("FRA", datetime.datetime(2026, 10, 8, 3, tzinfo=datetime.UTC))
    client.force_login(officer)

    for language, words in (("ko", ["우리나라 국경일: 한글날", "주말"]), ("en", ["national day of Korea"])):
        officer.language = language
        officer.save()
        page = forms.text(client.get(forms.address(record)))
        counted = page.split('<details class="counted">')[-1].split("</details>")[0]
        assert 'datetime="2026-10-09"' in counted
        for word in words:
            assert word in " ".join(counted.split())


def test_the_page_of_a_difficulty_tells_how_the_holders_own_turn_was_counted(client):
    body = Body.objects.get(code="FRA")
    officer = make.officer(body)
    record = make.difficulty(body, officer)
    Difficulty.objects.filter(pk=record.pk).update(counted_from="2026-10-08", due_on="2026-10-13")
    client.force_login(officer)

    counted = forms.text(client.get(forms.address(record))).split('<details class="counted">')[1].split("</details>")[0]
    told = " ".join(strip_tags(counted).split())
    assert "2026년 10월 8일" in told and "우리나라 국경일: 한글날" in told
    assert told.endswith("2026년 10월 13일 (화요일) 2 근무일 기한")

    Difficulty.objects.filter(pk=record.pk).update(counted_from=None)
    assert 'class="counted"' not in forms.text(client.get(forms.address(record)))


def test_a_mission_that_turns_out_to_lie_in_a_state_moves_its_open_clocks_and_says_how_many(client):
    _record, leg, _officer = _sent("FRA", datetime.datetime(2026, 6, 2, 3, tzinfo=datetime.UTC))
    client.force_login(make.staff("ministry", language="en"))
    mission = leg.receiver.mission

    response = forms.change(client, forms.address(mission), subdivision="")

    assert "1 open relay or difficulty has another due day." in forms.text(client.get(response.url))
    before = leg.acknowledge_by
    leg.refresh_from_db()
    assert (before, leg.acknowledge_by) == (datetime.date(2026, 6, 5), datetime.date(2026, 6, 4))
