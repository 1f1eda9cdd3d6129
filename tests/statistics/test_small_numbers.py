"""Counts of private records in public: none that tells of a single case, however often and wherever one reads them."""

import csv
import random
from collections import defaultdict
from itertools import combinations, pairwise, product

import pytest
from django.utils import timezone

from missions.difficulties import closing
from missions.models import ClosedMonth, Difficulty, Linkage, ReportedResult
from missions.statistics import months
from missions.statistics.tables import ENOUGH, SMALL
from tests import forms, make
from tests.statistics.test_statistics import EN, rows, shown, supported

pytestmark = pytest.mark.usefixtures("programme")
TABLES = ["difficulties-by-body", "results", "times"]


def whole(text):
    """A number that is told as one; 0 where words stand in its place."""
    return int(text) if str(text).isdigit() else 0


def of_file(client, address, columns):
    """The numbers in some columns of a file."""
    _head, *lines = csv.reader(client.get(address).getvalue().decode("utf-8-sig").splitlines())
    return [[whole(line[column]) for column in columns] for line in lines]


def told(client):
    """What a reader finds at this moment, everywhere: the same figures on each page and in each file."""
    found = []
    for language in ("ko", "en"):
        start = f"/{language}/statistics/"
        page = shown(client, start)
        of_programme = client.get(f"/{language}/programme/").context["results"]
        for name, columns in {"difficulties-by-body": (1, 2), "times": (1,), "results": (4, 6)}.items():
            found.append((name, of_file(client, f"{start}{name}.csv", [x + (name == "results") for x in columns])))
            for table in (page[name], *([of_programme] if name == "results" else [])):
                found.append((name, [[whole(row[column].text) for column in columns] for row in table.rows]))
    read = dict(found)
    assert all(figures == read[name] for name, figures in found)
    return {
        "cells": read["difficulties-by-body"],
        "sums": read["results"][0],
        "times": [row[0] for row in read["times"]],
    }


def test_nothing_that_is_read_over_months_differs_by_a_single_case(client):
    """A random history; then every figure is subtracted from every other that counts the same, in any two months."""
    chance = random.Random(11)
    bodies = [make.body() for _ in range(3)]
    read = [told(client)]
    for _month in range(6):
        for body in bodies:
            for _number in range(chance.choice([0, 0, 1, 1, 2, 3, 4])):
                record = supported(body, 1)
                if chance.random() < 0.6:
                    programme = forms.support()
                    make.linkage(record, programme=programme)
                if chance.random() < 0.6:
                    closing.close(record, by=record.owner, outcome="advice", solution="안내했습니다.")
            if chance.random() < 0.3:
                Linkage.objects.filter(difficulty__holder=body).first() and Linkage.objects.first().delete()
        live = told(client)
        assert live == read[-1], "what happened in the month is told before it has ended"
        make.month_passes()
        read.append(told(client))

    assert sum(now["sums"][0] != before["sums"][0] for before, now in pairwise(read)) > 2
    assert read[-1]["times"][0] >= ENOUGH
    few = range(1, SMALL)
    for now in read:
        assert not any(count in few for row in now["cells"] for count in row)
        assert [sum(column) for column in zip(*now["cells"], strict=True)] == now["sums"]
    for before, now in combinations(read, 2):
        pairs = zip([*before["cells"], before["sums"]], [*now["cells"], now["sums"]], strict=True)
        assert not any(abs(new - old) in few for rows in pairs for old, new in zip(*rows, strict=True))
        assert not any(0 < abs(new - old) < ENOUGH for old, new in zip(before["times"], now["times"], strict=True))


@pytest.mark.parametrize(("bodies", "length"), [(2, 2), (1, 4)])
def test_no_count_that_is_not_stated_can_be_worked_out_even_by_who_knows_the_rules(bodies, length):
    """What is counted and not stated has two sizes at least among all histories that read alike."""
    most = 5
    alike = defaultdict(list)
    for history in product(product(range(most + 1), repeat=bodies), repeat=length):
        figures, counts, read, hidden = {}, [0] * bodies, [], []
        for arrived in history:
            counts = [count + more for count, more in zip(counts, arrived, strict=True)]
            records = [(None, body, 0) for body, count in enumerate(counts) for _ in range(count)]
            figures = months.restated(figures, {"difficulties": records, "linkages": [], "close": []})
            stated = tuple(figures["difficulties"].get(str(body), 0) for body in range(bodies))
            read.append((stated, (figures["first"] or {}).get("number")))
            hidden.append([count - told for count, told in zip(counts, stated, strict=True)])
        alike[tuple(read)].append(hidden)

    assert len(alike) > 30
    for read, ways in alike.items():
        steps = list(pairwise([((0,) * bodies, None), *read]))
        if any(new - old > most for before, now in steps for old, new in zip(before[0], now[0], strict=True)):
            continue  # a reader cannot know that no more than that arrive in a month
        for month, (before, now) in enumerate(steps):
            for body in range(bodies):
                sizes = {way[month][body] for way in ways}
                assert sizes == ({0} if now[0][body] != before[0][body] else set(range(SMALL))), read


def test_a_figure_that_shrinks_moves_no_less():
    assert [months.moved(stated, count) for stated, count in [(5, 4), (5, 3), (5, 2), (6, 3), (3, 0)]] == [
        5,
        5,
        0,
        3,
        0,
    ]


def test_what_is_entered_with_a_day_long_past_counts_from_the_month_of_its_entry(client):
    body = make.body()
    make.month_passes()
    record = supported(body, 4)  # first acted on in March 2026, as typed
    for programme in (forms.support(), forms.support(), forms.support()):
        make.linkage(record, programme=programme)
    assert rows(shown(client)["difficulties-by-body"])[f"{body.code} City"] == ["fewer than 3"] * 2

    make.month_passes()
    assert rows(shown(client)["difficulties-by-body"])[f"{body.code} City"] == [4, 3]


def test_a_month_that_is_closed_stands_whatever_becomes_of_its_records(client):
    body = make.body()
    record = supported(body, 5)
    make.month_passes()
    before = told(client)
    row = ClosedMonth.objects.first()

    Difficulty.objects.update(holder=make.body(), reported_on=make.DAY.replace(year=2025))
    record.actions.all().delete()
    assert months.close(timezone.now()) == []
    assert told(client)["sums"] == before["sums"] and ClosedMonth.objects.first().figures == row.figures


def test_every_month_since_the_last_one_is_closed_in_its_order():
    make.month_passes()
    first = ClosedMonth.objects.first().month
    make.month_passes()
    make.month_passes()

    closed = sorted(ClosedMonth.objects.values_list("month", flat=True))
    assert closed[-3:] == [first, *closed[-2:]] and len(closed) == len(set(closed)) == 3
    assert months.close() == []


def test_the_pages_say_up_to_when_private_records_are_counted(client):
    assert "no month closed yet" in forms.text(client.get(EN))
    ClosedMonth.objects.create(month="2026-10-01", figures={})

    for page in ("statistics", "programme"):
        assert "as of the end of October 2026" in forms.text(client.get(f"/en/{page}/"))
        assert "2026년 10월 말 기준" in forms.text(client.get(f"/ko/{page}/"))


def test_a_count_that_nobody_announced_says_nothing_of_private_records(client):
    by = make.staff("ministry")
    ReportedResult.objects.create(
        key="z", as_of_on=make.DAY, scope_ko="Z", difficulties=22, meetings=7, counted_at=make.NOON, counted_by=by
    )
    ReportedResult.objects.create(key="y", as_of_on=make.DAY, scope_ko="Y", difficulties=23, linkages=1)

    found = rows(shown(client)["results"])
    assert found["2 March 2026, counted here"][2:4] == [7, "left out"]
    assert found["2 March 2026, Y"][3:6] == ["left out", "–", "left out"]
    assert 241 in [row[3] for row in found.values()]
