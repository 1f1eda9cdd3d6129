"""The counters of the desk: by body and period, each figure with exactly the rows it counts, scoped."""

import datetime
import itertools

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import progress, workflow
from missions.loading.loader import load
from missions.models import Action, Body, BodyStep, ReportedResult, Source
from missions.statistics.counters import COUNTERS, running_on
from missions.statistics.periods import Period
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")

MARCH = Period(datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
PAGE = reverse("admin:counters")


def supported(body, *days):
    """A difficulty of a body about which something was done on each of these days."""
    officer = make.officer(body)
    difficulty = make.difficulty(body, by=officer)
    difficulty = workflow.accept(difficulty, by=officer, owner=officer)
    for day in days:
        action = Action(organisation=make.organisation(), kind="advice", done_on=day, what="알렸습니다.")
        difficulty = progress.act(difficulty, action, by=officer)
    return difficulty


def worked(body):
    """One row of each counter on 2 March 2026, and one of each that does not count."""
    difficulty = supported(body, make.DAY)
    make.difficulty(body)
    make.linkage(difficulty, programme=forms.support())
    make.meeting(body, chaired="yes")
    make.meeting(body, chaired="unknown")
    make.meeting(body, chaired="yes", status="cancelled")
    make.information(body)
    make.information(body, is_published=False)
    return difficulty


def table(client, address=PAGE, **query):
    """The figures of the page by body and counter."""
    context = client.get(address, query).context
    keys = [counter.key for counter in context["counters"]]
    return {
        getattr(body, "code", body): dict(zip(keys, figures, strict=True))
        for body, figures in [*context["lines"], ("sum", context["sums"])]
    }


def signed_in(client, role, body=None):
    client.force_login(make.staff(role, body, language="en"))
    return client


def test_each_counter_counts_what_it_says_and_nothing_else(client):
    body = make.body()
    worked(body)
    signed_in(client, "ministry")

    figures = table(client, since="2026-03-01", until="2026-03-31")[body.code]

    assert {key: figure.count for key, figure in figures.items()} == dict.fromkeys(COUNTERS, 1)


def test_every_figure_leads_to_exactly_the_rows_it_counts(client):
    for _ in range(2):
        worked(make.body())
    make.meeting(None, chaired="yes", kind="strategy_meeting")
    signed_in(client, "ministry")

    for query in ({"year": "2024", "part": "h1"}, {"year": ""}, {"since": "2026-03-01", "until": "2026-03-31"}):
        rows = table(client, **query)
        for figures in rows.values():
            for key, figure in figures.items():
                context = client.get(figure.link).context
                assert context["page"].paginator.count == len(context["lines"]) == figure.count, (query, key)
        for key in COUNTERS:
            assert rows["sum"][key].count == sum(line[key].count for name, line in rows.items() if name != "sum")
    assert {key: figure.count for key, figure in rows["sum"].items()} == {**dict.fromkeys(COUNTERS, 2), "meetings": 3}


def test_the_rows_behind_a_figure_lead_to_their_records(client):
    body = make.body()
    difficulty = worked(body)
    signed_in(client, "mission_officer", body)

    figures = table(client, since="2026-03-01", until="2026-03-31")[body.code]
    for figure in figures.values():
        (line,) = client.get(figure.link).context["lines"]
        assert client.get(line["link"]).status_code == 200
    linked = client.get(figures["linkages"].link).context["lines"][0]
    assert linked["link"] == forms.address(difficulty.linkages.get()) and difficulty.reference in linked["name"]


def test_a_difficulty_counts_on_the_day_of_its_first_action_and_once():
    body = make.body()
    supported(body, datetime.date(2026, 4, 9), make.DAY, datetime.date(2026, 3, 5))

    def count(period):
        return COUNTERS["difficulties"].within(period).filter(holder=body).count()

    assert count(MARCH) == 1
    assert count(Period.of(2026, "m04")) == 0
    assert count(Period()) == 1


@pytest.mark.parametrize(
    ("published", "distributed", "day"),
    [
        (True, None, datetime.date(2026, 3, 2)),
        (True, datetime.date(2026, 2, 1), datetime.date(2026, 2, 1)),
        (True, datetime.date(2026, 5, 1), datetime.date(2026, 3, 2)),
        (False, datetime.date(2026, 5, 1), datetime.date(2026, 5, 1)),
    ],
)
def test_information_counts_on_the_first_day_it_was_given_out(published, distributed, day):
    item = make.information(make.body(), is_published=published, distributed_on=distributed)

    assert COUNTERS["information"].rows().get(pk=item.pk).counted_on == day


def test_both_ends_of_a_period_belong_to_it():
    body = make.body()
    for day in (MARCH.since, MARCH.until, datetime.date(2026, 2, 28), datetime.date(2026, 4, 1)):
        make.meeting(body, chaired="yes", held_on=day)

    assert COUNTERS["meetings"].within(MARCH).filter(body=body).count() == 2


def test_the_parts_of_a_year_make_the_year():
    for parts in (["h1", "h2"], ["q1", "q2", "q3", "q4"], [f"m{month:02}" for month in range(1, 13)]):
        spans = [Period.of(2024, part) for part in parts]
        assert spans[0].since == datetime.date(2024, 1, 1) and spans[-1].until == datetime.date(2024, 12, 31)
        for one, following in itertools.pairwise(spans):
            assert following.since - one.until == datetime.timedelta(days=1)


def test_a_meeting_without_a_known_day_counts_in_the_whole_time_only_and_that_is_said(client):
    body = make.body()
    make.meeting(body, chaired="yes", held_on=None, held_precision="unknown")
    signed_in(client, "mission_officer", body)

    year = client.get(PAGE, {"year": "2026"})

    assert table(client, year="2026")[body.code]["meetings"].count == 0
    assert table(client, year="")[body.code]["meetings"].count == 1
    assert "1 meeting chaired by a head of mission has no known day" in forms.text(year)


def test_an_officer_sees_the_own_body_only_also_where_a_relay_opened_a_row_of_another(client):
    own, other = make.body(), make.body()
    filer = make.officer(own)
    worked(own)
    worked(other)
    moved = supported(other, make.DAY)
    type(moved).objects.filter(pk=moved.pk).update(filed_through=own)
    assert type(moved).objects.visible_to(filer).filter(pk=moved.pk).exists()
    client.force_login(filer)

    rows = table(client, since="2026-03-01", until="2026-03-31")

    assert set(rows) == {own.code, "sum"}
    assert {figure.count for figure in rows["sum"].values()} == {1}
    for key in COUNTERS:
        address = reverse("admin:counted", args=[key])
        assert client.get(address).context["page"].paginator.count == 1
        assert client.get(address, {"body": other.code}).status_code == 404
        assert client.get(address, {"body": "-"}).status_code == 404


def test_a_counter_is_shown_to_those_who_may_see_its_rows(client):
    body = make.body()
    user = make.staff(None, body)
    client.force_login(user)
    assert client.get(PAGE).status_code == 403

    user.user_permissions.add(_permission("view_meeting"))
    assert [counter.key for counter in client.get(PAGE).context["counters"]] == ["meetings"]
    assert client.get(reverse("admin:counted", args=["difficulties"])).status_code == 404


def _permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "2026-03-31", "until": "2026-03-01"}, "The last day lies before the first."),
        ({"since": "2026-13-31"}, "There is no such day"),
        ({"since": "03/31/2026"}, "in the order year, month, day"),
        ({"since": "0001-01-01"}, "Check the year"),
        ({"year": "2026", "since": "2026-03-01"}, "Choose either a year or days"),
        ({"part": "h1"}, "Choose the year of this part too."),
        ({"year": "1800"}, "1800"),
    ],
)
def test_what_is_no_period_is_refused_in_words_and_stays_typed(client, query, words):
    signed_in(client, "ministry")

    page = forms.text(client.get(PAGE, query))

    assert words in page and "tfoot" not in page
    for value in query.values():
        assert value in page
    assert client.get(reverse("admin:counted", args=["meetings"]), query).status_code in {200, 404}


def test_the_pages_ask_no_more_however_much_they_count(client, django_assert_num_queries):
    bodies = [make.body() for _ in range(3)]
    for body in bodies:
        worked(body)
    signed_in(client, "ministry")
    client.get(PAGE)

    with django_assert_num_queries(12):
        client.get(PAGE, {"year": "2026"})
    with django_assert_num_queries(7):
        client.get(reverse("admin:counted", args=["linkages"]))


def test_the_front_page_of_the_desk_leads_to_the_counters(client):
    signed_in(client, "mission_officer", make.body())

    assert f'href="{PAGE}"' in forms.text(client.get(reverse("admin:index")))


# Bodies that ran on a day


def test_bodies_running_on_a_day_follow_from_their_dated_steps():
    before = running_on(make.DAY)
    body = make.body()
    for state, day in (("launched", 1), ("ended", 20)):
        BodyStep.objects.create(body=body, state=state, as_of_on=make.DAY.replace(day=day), as_of_precision="day")
    make.body(state="planned")

    assert running_on(make.DAY)["missions"] == before["missions"] + 1
    assert running_on(datetime.date(2026, 2, 28))["missions"] == before["missions"]
    assert running_on(datetime.date(2026, 3, 20))["missions"] == before["missions"]
    assert running_on(datetime.date(2024, 4, 1)) == {"missions": 0, "countries": 0, "undated": 0}


# Announced results


def taken_over(client, **values):
    """Go from the counters to the form of a result and save it."""
    address = client.get(PAGE, {"since": "2026-03-01", "until": "2026-03-31"}).context["take_over"]
    response = client.post(address, {**forms.opened(client, address), **values})
    assert response.status_code == 302, response.context["adminform"].form.errors
    return ReportedResult.objects.get(key="counted-2026-03-01-2026-03-31")


def test_a_period_is_taken_over_as_announced_result_with_its_sums_day_and_words(client):
    sums = {key: counter.within(MARCH).count() + 1 for key, counter in COUNTERS.items()}
    worked(make.body())
    signed_in(client, "ministry")

    result = taken_over(client)

    assert {key: getattr(result, key) for key in COUNTERS} == sums
    assert result.as_of_on == MARCH.until
    assert result.scope_ko == "누리집 기록 집계, 2026년 3월 1일~2026년 3월 31일"
    assert result.scope_en == "Counted from this site’s records, 1 March 2026 to 31 March 2026"
    assert result.counted_at and result.counted_by.username


def test_bodies_are_left_blank_while_the_launch_of_one_has_no_day(client):
    signed_in(client, "ministry")
    known = running_on(MARCH.until)
    assert known["undated"] == 0
    assert taken_over(client).missions == known["missions"] > 0

    ReportedResult.objects.all().delete()
    make.body()
    assert taken_over(client).missions is None


def test_a_period_is_taken_over_once_and_no_key_is_asked_for(client):
    signed_in(client, "ministry")
    taken_over(client)
    address = client.get(PAGE, {"since": "2026-03-01", "until": "2026-03-31"}).context["take_over"]
    form = forms.opened(client, address)

    refused = client.post(address, form)

    assert "key" not in form
    assert "These days were taken over before" in forms.text(refused)
    assert ReportedResult.objects.filter(as_of_on=MARCH.until).count() == 1


def test_results_typed_for_one_day_are_kept_apart(client):
    signed_in(client, "ministry")
    address = reverse("admin:missions_reportedresult_add")
    for scope in ("하나", "둘"):
        client.post(address, {**forms.opened(client, address), "as_of_on": "2026-01-31", "scope_ko": scope})

    found = ReportedResult.objects.filter(as_of_on="2026-01-31").order_by("pk").values_list("key", "scope_ko")
    assert list(found) == [("announced-2026-01-31", "하나"), ("announced-2026-01-31-2", "둘")]


def test_a_count_of_the_portals_own_is_never_shown_as_announced(client):
    worked(make.body())
    signed_in(client, "ministry")
    result = taken_over(client, difficulties="1")
    assert result.counted_at
    told = {language: forms.text(client.get(f"/{language}/")) for language in ("ko", "en")}

    assert "2024년 12월 17일 기준 발표 실적" in told["ko"] and "2026" not in told["en"].split('id="announced"')[1][:900]
    assert "As of 17 December 2024, 25 overseas bodies" in forms.text(client.get("/en/bodies/"))
    for page in ("programme", "statistics"):
        table = forms.text(client.get(f"/ko/{page}/")).split(">2026년 3월 31일, 자체 집계</th>")[1].split("</tr>")[0]
        assert '<td data-label="수출애로 지원">표시 안 함</td>' in table and "이 누리집의 기록" in table

    result.sources.set(Source.objects.all()[:1])
    assert "Results announced as of 31 March 2026" in forms.text(client.get("/en/"))
    assert "자체 집계" not in forms.text(client.get("/ko/programme/")).split(">2026년 3월 31일")[1].split("</tr>")[0]


def test_figures_typed_over_are_not_marked_as_counted(client):
    signed_in(client, "ministry")

    assert taken_over(client, meetings="999").counted_at is None


def test_an_announced_result_never_follows_later_edits_of_the_records(client):
    body = make.body()
    difficulty = worked(body)
    signed_in(client, "ministry")
    result = taken_over(client)
    before = {key: getattr(result, key) for key in COUNTERS}

    body.meetings.all().delete()
    body.information.update(is_published=False)
    difficulty.linkages.all().delete()
    supported(body, make.DAY)
    client.post(forms.address(result), forms.opened(client, forms.address(result)))

    result.refresh_from_db()
    assert {key: getattr(result, key) for key in COUNTERS} == before
    assert COUNTERS["meetings"].within(MARCH).count() == before["meetings"] - 1


def test_announced_figures_are_changed_by_a_correction_with_its_reason_only(client):
    signed_in(client, "ministry")
    result = taken_over(client)
    address = forms.address(result)

    forms.change(client, address, meetings="777", as_of_on="2026-01-01", scope_ko="다른 범위", scope_en="Other words")
    result.refresh_from_db()
    assert (result.meetings, result.as_of_on, result.scope_en) != (777, datetime.date(2026, 1, 1), "")
    assert result.meetings != 777 and result.scope_en == "Other words" and result.scope_ko != "다른 범위"

    refused = forms.change(client, f"{address}?correct=1", meetings="777")
    assert "reason" in refused.context["adminform"].form.errors
    assert forms.change(client, f"{address}?correct=1", meetings="777", reason="Misprint").status_code == 302
    result.refresh_from_db()
    assert result.meetings == 777 and result.counted_at is None
    history = forms.text(client.get(reverse("admin:missions_reportedresult_history", args=[result.pk])))
    assert "Reason: Misprint" in history and "777" in history


def test_only_those_who_may_announce_are_offered_to_take_over(client):
    body = make.body()
    for role in ("mission_officer", "auditor", "approver"):
        signed_in(client, role, body)
        assert "take_over" not in client.get(PAGE).context
        assert client.get(reverse("admin:missions_reportedresult_add"), {"counted": "1"}).status_code == 403
        result = ReportedResult.objects.first()
        assert "correct=1" not in forms.text(client.get(forms.address(result)))
        assert client.post(f"{forms.address(result)}?correct=1", {"meetings": "1"}).status_code == 403


def test_what_was_announced_cannot_be_deleted_and_a_count_of_the_portal_can(client):
    signed_in(client, "ministry")
    announced = ReportedResult.objects.announced().first()
    counted = ReportedResult.objects.create(key="z", as_of_on=MARCH.until, scope_ko="Z 집계")
    listed = reverse("admin:missions_reportedresult_changelist")

    for result, status in ((announced, 403), (counted, 302)):
        assert (
            client.post(reverse("admin:missions_reportedresult_delete", args=[result.pk]), {"post": "yes"}).status_code
            == status
        )
    chosen = {"action": "delete_selected", "_selected_action": [announced.pk], "post": "yes"}
    client.post(listed, chosen)
    unsourced = forms.change(client, f"{forms.address(announced)}?correct=1", sources=[], reason="오기")
    assert "sources" in unsourced.context["adminform"].form.errors
    assert announced in ReportedResult.objects.announced() and not ReportedResult.objects.filter(key="z").exists()


def test_a_period_still_running_is_taken_over_up_to_today(client):
    signed_in(client, "ministry")
    today = timezone.localdate()
    address = client.get(PAGE, {"year": str(today.year)}).context["take_over"]

    form = forms.opened(client, address)

    assert form["as_of_on"] == today.isoformat()
    for query in ("?counted=1&since=x", "?counted=1&since=2026-03-01&until=2025-01-01"):
        assert forms.opened(client, reverse("admin:missions_reportedresult_add") + query)["scope_ko"] == ""


def test_loaded_results_are_still_refreshed_from_the_data_files():
    result = ReportedResult.objects.get(key="announced-2024-12-17")
    ReportedResult.objects.filter(pk=result.pk).update(meetings=1)

    load()
    result.refresh_from_db()
    assert result.meetings == 1
    load(refresh=True)
    result.refresh_from_db()
    assert result.meetings == 46 and Body.objects.exists()
