"""The statistics: figures that lead to their lists, and private counts too large to point at a firm."""

import csv
import datetime
import io
import re
from collections import Counter

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from missions.difficulties import closing, progress, workflow
from missions.models import Action, Body, BodyStep, Difficulty, PublishedCase, ReportedResult, Source
from missions.statistics import counters, months, published
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
KO, EN = "/ko/statistics/", "/en/statistics/"


def shown(client, address=EN):
    """The tables of the page by name."""
    context = client.get(address).context
    return {table.name: table for _key, _title, found in context["sections"] for table in found}


def shown_name(body):
    """A body as tables in Korean name it."""
    return f"{body.code} 도시"


def rows(table):
    """What a table says, by the words of its first column."""
    return {str(first.text): [cell.text for _head, cell in cells] for first, cells in table.lines}


def work():
    """Published rows of many kinds, beside unpublished ones."""
    body, other = make.body(), make.body()
    make.case(body, sector_id="C", outcome="resolved", closed_month=datetime.date(2026, 2, 1))
    make.case(body, country_id="US", type_id="tariff")
    make.case(other, closed_month=datetime.date(2025, 11, 1))
    for state in ("draft", "awaiting", "withdrawn"):
        make.case(other, state)
    make.meeting(body)
    make.meeting(None, kind="strategy_meeting", held_on=None, held_precision="unknown")
    make.meeting(body, status="planned")
    make.meeting(other, is_published=False)
    make.information(body)
    make.information(other, country_id="US", topic_id="tariff", issued_on=datetime.date(2026, 1, 5))
    make.information(other, is_published=False)
    return body, other


def supported(body, count, took=4):
    """Difficulties of a body, first acted on some days after their report."""
    officer = make.officer(body)
    for _ in range(count):
        record = make.difficulty(body, by=officer, reported_on=make.DAY)
        record = workflow.accept(record, by=officer, owner=officer)
        day = make.DAY + datetime.timedelta(days=took)
        action = Action(organisation=make.organisation(), kind="advice", done_on=day, what="알렸습니다.")
        record = progress.act(record, action, by=officer)
    return record


@pytest.mark.parametrize("address", [KO, EN])
def test_every_linked_figure_is_the_length_of_the_list_it_leads_to(client, address):
    work()
    tried = 0
    for table in shown(client, address).values():
        for _first, cells in table.lines:
            for _head, cell in cells:
                if cell.link and isinstance(cell.text, int):
                    context = client.get(cell.link).context
                    assert not context["form"].errors, cell.link
                    assert context["paginator"].count == cell.text, (table.name, cell.link)
                    tried += 1
    assert tried > 40


def test_each_table_of_published_rows_adds_up_and_leaves_the_unpublished_out(client):
    before = {
        name: rows(table)["Total"][0] for name, table in shown(client).items() if "-by-" in name and "diff" not in name
    }
    work()
    after = shown(client)

    for name, count in before.items():
        found = rows(after[name])
        assert found.pop("Total") == [sum(number for (number,) in found.values())]
        assert sum(number for (number,) in found.values()) == count + {"c": 3, "m": 2, "i": 2}[name[0]], name


def test_published_cases_are_counted_by_what_they_say(client):
    body, other = work()
    found = {name: rows(table) for name, table in shown(client).items()}

    assert found["cases-by-body"][f"{body.code} City"] == [2] and found["cases-by-body"][f"{other.code} City"] == [1]
    assert found["cases-by-country"]["Vietnam"] == [2] and found["cases-by-country"]["United States"] == [1]
    assert found["cases-by-sector"]["not stated"] == [2]
    assert found["cases-by-outcome"]["not stated"] == [2]
    assert found["cases-by-month"]["November 2025"] == [1] and found["cases-by-month"]["February 2026"] == [1]
    assert found["meetings-by-body"]["between the ministries"] == [4]
    assert found["meetings-by-month"]["not stated"] == [1]


def test_a_chart_draws_its_table(client):
    body, _other = work()
    table = shown(client)["cases-by-body"]
    page = forms.text(client.get(EN))

    figure = page.split('id="cases-by-body"')[1].split("</figure>")[0]
    assert figure.index("<svg") < figure.index("<table")
    assert {bar.name: bar.value for bar in table.bars} == {
        name: count for name, (count,) in rows(table).items() if name != "Total"
    }
    assert figure.count('class="bar"') == len(table.bars) and f">{body.code} City</text>" in figure
    assert page.count("<figcaption>") == page.count('class="statistic"') == len(shown(client))
    assert " style=" not in page


def test_months_without_any_are_drawn_as_gaps(client):
    work()
    bars = {bar.name: bar.value for bar in shown(client)["cases-by-month"].bars}

    assert bars == {"November 2025": 1, "December 2025": 0, "January 2026": 0, "February 2026": 1}


def test_the_roll_out_tells_each_launch_with_its_day_and_source_and_no_day_where_none_is_known(client):
    body = make.body()
    later = {"as_of_on": make.DAY, "as_of_precision": "day"}
    BodyStep.objects.create(body=Body.objects.get(code="SFO"), state="launched", **later)  # only confirms it
    table = shown(client)["rollout"]
    found = rows(table)

    assert found["SFO San Francisco"] == ["launched", "17 April 2024", 4, "verified", "파이낸셜뉴스"]
    assert found["LAX Los Angeles"][1] == "by 17 April 2024"
    assert found["FRA Frankfurt am Main"][1:3] == ["by 17 December 2024", 10]
    assert found[f"{body.code} City"] == ["launched", "date unknown", "–", "entered by the support body itself", "–"]
    assert not [name for name in found if name.startswith("SGN")]
    assert {bar.name: bar.value for bar in table.bars}["May 2024"] == 8
    assert "about 25 bodies by May 2024" in table.remark and table.goal.value == 25
    assert 'href="/en/sources/#pr-0419"' in forms.text(client.get(EN))


SHOWN = {  # of each page: which words stand before the number of launches, in both languages
    "bodies": (r"그중 발족으로 표시한 것은 (\d+)개(.*?)입니다\.", r"and (\d+) of these are shown as launched(.*?)\."),
    "statistics": (
        r"발족으로 표시한 지원협의체는 (\d+)개(.*?)입니다\.",
        r"(\d+) are known by name and shown as launched(.*?)\.",
    ),
    "programme": (r"운영 중으로 표시한 (공관)(.*?)입니다\.", r"whose bodies (are) shown as running(.*?)\."),
}


@pytest.mark.parametrize("page", SHOWN)
def test_the_number_of_launches_says_how_many_of_them_are_in_doubt(client, page):
    def told(language, place):
        words = " ".join(strip_tags(forms.text(client.get(f"/{language}/{page}/"))).split())
        return re.search(SHOWN[page][place], words).groups()

    Body.objects.update(certainty="verified")
    before, listed = told("en", 1)
    assert listed == "" and told("ko", 0)[1:] == ("",)
    for number, certainty in enumerate(["verified", "inferred", "conflict", "unverified"]):
        for _ in range(number + 1):
            body = make.body(certainty=certainty)
            body.sources.add(Source.objects.first())
    make.body(certainty="unverified")  # without a source: entered by the body itself
    make.body(certainty="inferred", state="planned")  # not launched

    after, listed = told("en", 1)
    assert listed == " (including inferred: 2, sources disagree: 3, unverified: 4)"
    assert told("ko", 0)[1] == "(추정 2개, 상충 3개, 미확인 4개 포함)"
    assert page == "programme" or int(after) == int(before) + 11


def test_the_roll_out_tells_how_certain_each_launch_is_on_its_page_and_in_its_file(client):
    certainties = {"verified": "확인", "inferred": "추정", "conflict": "상충", "unverified": "미확인"}
    bodies = {certainty: make.body(certainty=certainty) for certainty in certainties}
    for body in bodies.values():
        body.sources.add(Source.objects.first())
    own = make.body()

    found = rows(shown(client, KO)["rollout"])
    file = csv.DictReader(
        io.StringIO(b"".join(client.get("/ko/statistics/rollout.csv")).decode().removeprefix("\ufeff"))
    )
    listed = {row["지원협의체"]: row["확인 정도"] for row in file}
    for certainty, words in certainties.items():
        name = shown_name(bodies[certainty])
        assert found[name][3] == listed[name] == words
    assert found[shown_name(own)][3] == listed[shown_name(own)] == "지원협의체 자체 등록"


def test_todays_counts_lead_to_their_lists_and_count_no_row_that_is_not_public(client):
    body = make.body()
    make.meeting(body, chaired="yes")
    found = rows(shown(client)["results"])
    today = next(iter(shown(client)["results"].lines))[1]
    lists = {str(head): cell.link for head, cell in today if cell.link}
    assert lists.keys() == {"Missions", "Meetings", "Information"}
    assert len(found) > 1

    make.meeting(body, chaired="yes", is_published=False)
    make.information(body, is_published=False, distributed_on=make.DAY)
    for page in ("programme", "statistics"):
        row = forms.text(client.get(f"/en/{page}/")).split('<tr class="today">')[1].split("</tr>")[0]
        assert re.search(r'<a href="/en/meetings/\?status=held&amp;chaired=yes">1</a></td>', row)
        assert '<a href="/en/information/">0</a>' in row
        assert "no list stands behind them" in forms.text(client.get(f"/en/{page}/"))


@pytest.mark.parametrize("value", ["2024-13-01", "2024-04", "x", "99999-01-01", "2024-04-31"])
def test_a_day_of_launch_that_is_none_is_explained(client, value):
    assert 'role="alert"' in forms.text(client.get("/en/bodies/", {"launched": value}))


HISTORIES = {
    "ended": [("launched", (2024, 5, 1)), ("ended", (2024, 7, 1))],
    "ended twice": [("launched", (2024, 5, 1)), ("ended", (2024, 7, 1)), ("ended", (2024, 8, 1))],
    "confirmed": [("launched", (2024, 5, 1)), ("launched", (2024, 6, 1))],
    "launched again": [("launched", (2024, 5, 1)), ("ended", (2024, 7, 1)), ("launched", (2025, 9, 1))],
    "planned again": [("launched", (2024, 5, 1)), ("planned", (2024, 7, 1))],
    "ended from no known day": [("launched", None), ("ended", (2024, 4, 20))],
    "ended on no known day": [("launched", (2024, 5, 1)), ("ended", None)],
    "never launched": [("planned", (2024, 5, 1)), ("ended", (2024, 7, 1))],
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_the_roll_out_draws_the_bodies_that_ran_and_its_table_says_the_same(client, history):
    body = make.body()
    for state, on in history:
        day = {"as_of_on": datetime.date(*on), "as_of_precision": "day"} if on else {}
        BodyStep.objects.create(body=body, state=state, **day)
    table = shown(client)["rollout"]

    days = [cells[1].data[0] for cells in (row[1:] for row in table.rows)]
    for bar, month in zip(table.bars, published.months([*filter(None, days), datetime.date(2024, 5, 31)]), strict=True):
        ends = (month + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        told = [row[3].text for row, day in zip(table.rows, days, strict=True) if day and day <= ends]
        assert bar.value == counters.running_on(ends)["missions"] == told[-1] >= 0, bar.name
    assert 'height="-' not in forms.text(client.get(EN))


def test_a_body_launched_on_no_known_day_is_told_by_the_first_that_says_so(client):
    body = make.body()
    for key, name in (("z-1", "Z첫째"), ("z-2", "Z둘째")):
        source = Source.objects.create(key=key, publisher=name, title="Z")
        BodyStep.objects.create(body=body, state="launched", source=source)

    assert rows(shown(client)["rollout"])[f"{body.code} City"][-1] == "Z첫째"


def test_announced_results_stand_beside_todays_counts(client):
    body = make.body()
    make.meeting(body, chaired="yes")
    by = make.staff("ministry")
    ReportedResult.objects.create(
        key="z", as_of_on=make.DAY, scope_ko="Z 집계", meetings=7, counted_at=make.NOON, counted_by=by
    )
    table = shown(client, KO)["results"]
    today, *announced = rows(table).items()

    assert "자체 집계" in today[0] and today[1][2] == 1
    assert dict(announced)["2026년 3월 2일, 자체 집계"][2] == 7
    assert dict(announced)["2026년 3월 2일, 자체 집계"][-1] == "이 누리집의 기록, 2026년 3월 2일 집계"
    assert [25, 17, 46, 241, 401, "–"] in [row[:6] for row in dict(announced).values()]
    assert by.username not in forms.text(client.get(KO))


# Times


def test_times_are_told_from_five_difficulties_on(client):
    body = make.body()
    supported(body, 4, took=1)
    make.month_passes()
    assert rows(shown(client)["times"])["to the first action"] == ["fewer than 5", "–", "–", "–"]
    assert 'class="box"' not in forms.text(client.get(EN))

    supported(body, 1, took=8)
    make.month_passes()
    assert rows(shown(client)["difficulties-by-body"])[f"{body.code} City"][0] == 4
    assert rows(shown(client)["times"])["to the first action"] == ["fewer than 5", "–", "–", "–"]

    supported(body, 2, took=8)
    make.month_passes()
    assert rows(shown(client)["times"])["to the first action"] == [7, 1, 1, 8]
    assert 'class="box"' in forms.text(client.get(EN))


def test_the_time_to_the_close_ends_on_the_day_of_the_first_close(client):
    body = make.body()
    for _ in range(5):
        record = supported(body, 1)
        Difficulty.objects.filter(pk=record.pk).update(reported_on=timezone.localdate() - datetime.timedelta(days=9))
        record.refresh_from_db()
        closing.close(record, by=record.owner, outcome="resolved", solution="풀렸습니다.", lesson="")
    closing.reopen(Difficulty.objects.get(pk=record.pk), by=record.owner, reason="다시")
    assert rows(shown(client)["times"])["to the close"] == ["fewer than 5", "–", "–", "–"]

    make.month_passes()
    assert rows(shown(client)["times"])["to the close"] == [5, 9, 9, 9]


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        ([1, 2, 3, 4], [1.8, 2.5, 3.2]),
        ([5, 5, 5], [5, 5, 5]),
        ([0, 10, 20, 30, 40], [10, 20, 30]),
        ([1, 2, 9], [1.5, 2, 5.5]),
    ],
)
def test_quartiles_lie_where_half_and_quarter_of_the_values_do(values, quartiles):
    assert [months.quantile(Counter(values), part) for part in (0.25, 0.5, 0.75)] == quartiles


# The page


def test_the_page_costs_seven_queries_however_much_there_is(client, django_assert_num_queries):
    client.get(KO)
    with django_assert_num_queries(7):
        client.get(KO)
    for _ in range(3):
        work()
    supported(make.body(), 4)
    with django_assert_num_queries(7):
        client.get(KO)


def test_the_page_of_an_empty_portal_answers(client):
    PublishedCase.objects.update(state="withdrawn")
    for model in (BodyStep, ReportedResult):
        model.objects.all().delete()

    for address in (KO, EN):
        assert forms.text(client.get(address)).count('class="statistic"') == 16
    assert rows(shown(client)["cases-by-type"]) == {"Total": [0]}


def test_menu_and_programme_page_lead_to_the_statistics(client):
    assert f'<a href="{KO}">통계</a>' in forms.text(client.get("/ko/"))
    assert forms.text(client.get("/ko/programme/")).count(f'href="{KO}"') == 2


def test_every_grouping_names_a_filter_of_its_list(client):
    for grouping in published.GROUPINGS:
        form = client.get(f"/ko/{grouping.list}/").context["form"]
        assert {grouping.parameter or grouping.column, *grouping.fixed} <= set(form.fields)


@pytest.mark.parametrize("value", ["2024-13", "24-04", "x", "2024-04-01", "9" * 50, "２０２４-13", "None"])
def test_a_month_that_is_none_is_explained(client, value):
    assert "Write a month as 2024-04." in forms.text(client.get("/en/meetings/", {"month": value}))


def test_a_month_in_force_is_named_and_can_be_removed(client):
    page = forms.text(client.get("/ko/meetings/?status=held&month=2024-04"))

    assert "월: 2024년 4월" in page and 'href="?status=held"' in page
    assert re.search(r'<input type="text" name="month" value="2024-04"', page)
