"""Counts of private records in public: none from which the few difficulties of a body could be told."""

from collections import defaultdict
from itertools import product

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from missions.models import Body, Linkage, ReportedResult
from missions.statistics import tables
from tests import forms, make
from tests.statistics.test_statistics import KO, rows, shown, supported

pytestmark = pytest.mark.usefixtures("programme")


def _today():
    with translation.override("en"):
        return f"{date_format(timezone.localdate(), 'DATE_FORMAT')}, counted here"


def test_a_sum_that_would_tell_its_parts_is_told_nowhere(client):
    for body in Body.objects.all():
        supported(body, 2)

    by = make.staff("ministry")
    ReportedResult.objects.create(
        key="z", as_of_on=make.DAY, scope_ko="Z", difficulties=22, meetings=7, counted_at=make.NOON, counted_by=by
    )
    found = rows(shown(client)["difficulties-by-body"]).values()
    assert {str(count) for counts in found for count in counts} == {"fewer than 3"}
    assert rows(shown(client)["results"])[_today()][3] == "left out"
    assert rows(shown(client)["results"])["2 March 2026, counted here"][2:4] == [7, "left out"]
    assert rows(shown(client)["times"])["to the first action"][0] == "left out"


def test_counts_of_private_records_under_three_are_never_stated(client):
    body, other, third = make.body(), make.body(), make.body()
    record = supported(body, 2)
    supported(other, 3)
    supported(third, 5)
    Linkage.objects.create(difficulty=record, programme=forms.support(), linked_on=make.DAY)
    found = rows(shown(client)["difficulties-by-body"])

    assert found[f"{body.code} City"] == ["fewer than 3", "fewer than 3"]
    assert found["SFO San Francisco"] == ["fewer than 3", "fewer than 3"]
    assert found[f"{other.code} City"][0] == "left out" and found[f"{third.code} City"][0] == 5
    assert rows(shown(client)["results"])[_today()][3] == 10
    assert rows(shown(client)["results"])[_today()][5] == "fewer than 3"
    assert "3건 미만" in forms.text(client.get(KO))


@pytest.mark.parametrize("parts", [1, 2, 3, 4])
def test_no_hidden_count_can_be_worked_out_even_by_who_knows_the_rules(parts):
    """Each hidden count of up to six has two sizes at least among all counts that would be shown alike."""
    fitting = defaultdict(list)
    for counts in product(range(13 if parts < 4 else 11), repeat=parts):
        shown, total = tables.guarded_parts(dict(enumerate(counts)))
        fitting[*shown.values(), total].append(counts)

    assert sum(map(len, fitting.values())) > 12
    for shown, ways in fitting.items():
        for place in range(parts):
            sizes = {way[place] for way in ways}
            if min(map(max, ways)) <= 6 and not isinstance(shown[place], int):
                assert len(sizes) > 1, (shown, ways)
            assert isinstance(shown[place], int) or shown[place] != min(sizes)
            assert not isinstance(shown[place], int) or shown[place] >= tables.SMALL


@pytest.mark.parametrize(
    ("counts", "total"),
    [([1, 1], "3건 미만"), ([2, 2], "표시 안 함"), ([1, 2], "표시 안 함"), ([1, 1, 2], 4), ([0, 3], "표시 안 함")],
)
def test_the_sum_is_told_where_it_tells_no_part(counts, total):
    assert tables.guarded_parts(dict(enumerate(counts)))[1] == total


def test_counts_that_are_large_enough_are_told_with_their_sum():
    assert tables.guarded_parts({1: 3, 2: 4}) == ({1: 3, 2: 4}, 7)
