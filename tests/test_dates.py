"""Days are worded as precisely as sources give them, in both languages."""

import datetime

import pytest
from django.utils import translation

from missions.dates import PreciseDay

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
