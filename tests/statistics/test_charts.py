"""What charts label, and what the page of figures says without a table."""

import datetime

import pytest

from missions.models import PublishedCase
from missions.statistics import charts, published
from tests import forms, make
from tests.statistics.test_statistics import EN, supported

pytestmark = pytest.mark.usefixtures("programme")


@pytest.mark.parametrize("count", [1, 2, 12, 13, 40])
def test_each_column_is_labelled_or_the_first_the_last_and_the_highest(count):
    days = [datetime.date(2024 + month // 12, month % 12 + 1, 1) for month in range(count)]
    bars = [published.of_month(day, 9 if place == count // 2 else 1) for place, day in enumerate(days)]

    marks = charts.columns(bars)

    told = {place for place, mark in enumerate(marks) if mark.labelled}
    assert told == (set(range(count)) if count <= 12 else {0, count // 2, count - 1})
    assert all(bool(mark.labels) == mark.labelled for mark in marks)
    if count <= 12:
        assert [mark.labels[0].text for mark in marks] == [f"{day.month}월" for day in days]
        assert [label.text for mark in marks for label in mark.labels[1:]] == [bars[0].group]
    else:
        assert [mark.labels[0].text for mark in marks if mark.labels] == [
            bars[place].name for place in sorted(told)
        ] and bars[0].name == "2024년 1월"


def test_a_long_table_is_folded_below_its_chart_and_an_empty_one_is_a_sentence(client):
    PublishedCase.objects.update(state="withdrawn")
    body = make.body()
    for month in range(1, 13):
        make.meeting(body, held_on=datetime.date(2025, month, 1))
    page = forms.text(client.get(EN))
    folded, empty, private, times = (
        page.split(f'id="{name}"')[1].split("</figure>")[0]
        for name in ("meetings-by-month", "cases-by-type", "difficulties-by-body", "times")
    )

    assert folded.index("<svg") < folded.index("<details") < folded.index("<table")
    assert "<table" not in empty + private + times and "None so far." in empty
    assert "Fewer than 5 of either: no days are stated." in times
    assert "Difficulties supported: fewer than 3 for each body." in private
    assert "Linkages to support: fewer than 3 for each body." in private

    supported(body, 4)
    supported(make.body(), 3)
    make.month_passes()
    page = forms.text(client.get(EN)).split('id="difficulties-by-body"')[1].split("</figure>")[0]
    assert "<table" in page and "Linkages to support</th>" not in page and "Linkages to support: fewer" in page
