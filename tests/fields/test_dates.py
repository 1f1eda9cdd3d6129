"""Days are worded as precisely as sources give them, in both languages."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from missions.fields.dates import PreciseDay
from missions.models import Meeting
from tests import forms, make

APRIL = datetime.date(2024, 4, 17)


@pytest.mark.parametrize(
    ("on", "precision", "korean", "english", "iso"),
    [
        (APRIL, "day", "2024년 4월 17일", "17 April 2024", "2024-04-17"),
        (APRIL, "by", "늦어도 2024년 4월 17일", "by 17 April 2024", ""),
        (APRIL, "month", "2024년 4월 중", "in April 2024", "2024-04"),
        (None, "unknown", "날짜 미상", "date unknown", ""),
    ],
)
def test_a_day_reads_with_its_precision(on, precision, korean, english, iso):
    day = PreciseDay(on, precision)

    with translation.override("ko"):
        assert str(day) == korean
    with translation.override("en"):
        assert str(day) == english
    assert day.iso == iso


@pytest.fixture
def ministry(client, programme):
    """The client is signed in as a member of ministry staff, who reads Korean."""
    client.force_login(make.staff("ministry"))


def meeting(client, **values):
    add = reverse("admin:missions_meeting_add")
    return client.post(add, forms.opened(client, add) | {"status": "planned"} | values)


def test_a_day_that_is_typed_is_that_day_where_nothing_else_is_chosen(client, ministry):
    assert meeting(client, held_on="2026-12-03").status_code == 302

    row = Meeting.objects.latest("pk")
    assert str(row.held) == "2026년 12월 3일"
    assert forms.change(client, forms.address(row), held_precision="month").status_code == 302
    assert forms.change(client, forms.address(row), held_on="").status_code == 302
    row.refresh_from_db()
    assert (row.held_on, row.held_precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("was", "typed", "field"),
    [
        (APRIL, {"held_precision": "unknown"}, "held_precision"),
        (None, {"held_precision": "by"}, "held_on"),
        (None, {"held_on": "2026-12-03", "held_precision": "about"}, "held_precision"),
    ],
)
def test_a_day_and_a_precision_that_do_not_fit_are_told_at_the_field(client, ministry, was, typed, field):
    row = make.meeting(make.body(), status="planned", held_on=was, held_precision="day" if was else "unknown")

    response = forms.change(client, forms.address(row), **typed)

    form = response.context["adminform"].form
    assert list(form.errors) == [field]
    assert typed["held_precision"] == "about" or "‘날짜 구분’" in form.errors[field][0]


def test_a_dated_part_is_taken_as_that_day_too(client, ministry):
    body = make.body()
    values = {"steps-TOTAL_FORMS": 1, "steps-0-state": "launched", "steps-0-as_of_on": "2026-03-02"}
    values |= {"steps-0-as_of_precision": "unknown"}

    assert forms.change(client, forms.address(body), **values).status_code == 302
    assert body.steps.get().as_of_precision == "day"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("typed", ["2026-12-03", "2026.12.03", "2026.12.3.", "2026. 12. 3.", "2026. 12. 3"])
def test_a_day_may_be_typed_as_koreans_write_it(client, programme, language, typed):
    client.force_login(make.staff("ministry", language=language))

    assert meeting(client, held_on=typed).status_code == 302
    assert Meeting.objects.latest("pk").held_on == datetime.date(2026, 12, 3)
