"""The difficulty's page: what stands above it, the steps it offers, and their short forms."""

import datetime
import html
import re
from unittest.mock import patch
from zoneinfo import ZoneInfo

import html5lib
import pytest
from django.contrib.admin import RelatedFieldListFilter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from missions.admin.difficulty.questions import COUNTED, QUESTIONS
from missions.difficulties import closing, progress, relays, workflow
from missions.models import Action, ActionItem, Body, Company, Difficulty, Discussion, PublishedCase, Relay, User
from missions.publication import privacy
from missions.publication import workflow as publishing
from tests import forms, make
from tests.difficulties.steps import Scene, take

pytestmark = pytest.mark.usefixtures("programme")
LIST = "admin:missions_difficulty_changelist"


def page_of(client, scene, person):
    client.force_login(scene.people[person])
    return client.get(reverse("admin:missions_difficulty_change", args=[scene.difficulty.pk])).content.decode()


def step(scene, name):
    address = reverse("admin:missions_difficulty_step", args=[scene.difficulty.pk, name])
    return f"{address}?leg={scene.leg.pk}" if scene.leg else address


def test_the_page_names_holder_owner_what_it_waits_on_and_until_when(client):
    scene = Scene(kind="help")
    page = page_of(client, scene, "holder").split('id="standing"')[1].split("</section>")[0]

    assert str(scene.holder) in page and str(scene.people["holder"]) in page and str(scene.receiver) in page
    assert "부탁합니다." in page


@pytest.mark.parametrize("person", ["holder", "receiver", "ministry", "auditor"])
def test_the_page_offers_exactly_the_steps_of_the_table(client, person):
    scene = Scene(kind="hand_over")
    page = page_of(client, scene, person)
    offered = {name for name in workflow.STEPS if f"/step/{name}/" in page}

    record = Difficulty.objects.get(pk=scene.difficulty.pk)
    assert offered == {taken.name for taken, _leg in workflow.steps_for(record, scene.people[person])}


def test_the_page_says_why_it_cannot_be_closed_and_leads_to_the_relay(client):
    scene = Scene(kind="help")
    told = "이관이 끝나지 않아 종결할 수 없습니다"

    page = page_of(client, scene, "holder")
    assert told in page and f'href="#leg-{scene.leg.pk}"' in page and f'id="leg-{scene.leg.pk}"' in page
    assert told not in page_of(client, scene, "receiver")
    scene.take("recall", scene.people["holder"])
    assert told not in page_of(client, scene, "holder")


def test_why_it_is_urgent_and_what_hurts_the_firm_stand_at_the_top_and_beside_every_step(client):
    scene = Scene(kind="help")
    words = {"is_urgent": True, "urgent_reason": "선적이 내일입니다.", "hurts_on": make.tomorrow(), "hurts_how": "폐기"}

    def shown():
        page = page_of(client, scene, "holder").split('id="standing"')[1].split("</section>")[0]
        pages = [page, *(forms.text(client.get(step(scene, name))) for name in ("relay", "recall"))]
        told = [
            "선적이 내일입니다.",
            '<span class="urgent">긴급</span>',
            date_format(make.tomorrow(), "DATE_FORMAT"),
            "폐기",
        ]
        return [all(words in page for words in told) for page in pages]

    assert shown() == [False, False, False]
    Difficulty.objects.update(**words)
    assert shown() == [True, True, True]


def test_the_body_at_home_comes_first_among_the_receivers(client):
    scene = Scene()
    client.force_login(scene.people["holder"])

    to = client.get(step(scene, "relay")).context["form"].fields["to"]
    assert [body.scope for body in to.queryset] == ["domestic", *["overseas"] * (to.queryset.count() - 1)]


def test_a_relay_that_may_be_left_lying_is_asked_back_once_then_taken_and_seen_by_the_ministries(client):
    scene, empty, planned, forming = Scene(), make.body(), make.body(state="planned"), make.body(state="forming")
    make.officer(planned)
    make.officer(forming)
    officer, ministry = (
        make.staff("mission_officer", scene.holder, language="en"),
        make.staff("ministry", language="en"),
    )
    told = {empty: f"Nobody is posted to {empty.code} {empty.name_en} today"}
    told |= {planned: f"{planned.code} {planned.name_en} is not at work: planned."}
    client.force_login(officer)

    for body, why in told.items():
        typed = {"to": body.pk, "kind": "help", "asked": "공들여 적은 글", "seen": scene.difficulty.events.last().pk}
        asked_back = client.post(step(scene, "relay"), typed)
        assert why in str(asked_back.context["form"].errors["to"]) and "공들여 적은 글" in forms.text(asked_back)
        assert not body.relays_received.exists()
        again = forms.entries(asked_back)
        other = empty if body == planned else planned
        assert client.post(step(scene, "relay"), again | {"to": other.pk}).context["form"].errors["to"]
        assert client.post(step(scene, "relay"), again).status_code == 302

    taken = {"to": forming.pk, "kind": "help", "asked": "부탁합니다.", "seen": scene.difficulty.events.last().pk}
    assert client.post(step(scene, "relay"), taken).status_code == 302
    client.force_login(ministry)
    page = forms.text(client.get(forms.address(scene.difficulty)))
    assert all(why in page for why in told.values())
    found = {health.body: health.unattended for health in client.get(reverse("admin:health")).context["checkup"]}
    assert (found[empty], found[planned], found[scene.receiver]) == (1, 1, 0)


def test_the_list_is_still_narrowed_down_after_a_step(client):
    scene = Scene(stage="received")
    client.force_login(scene.people["holder"])
    listed = client.get(reverse(LIST), {"ask": "open", "stage__exact": "received"}).content.decode()
    page = re.search(rf'href="([^"]*/{scene.difficulty.pk}/change/[^"]*)"', listed)[1]
    opened = client.get(html.unescape(page)).content.decode()
    button = html.unescape(re.search(r'href="([^"]*/step/review/[^"]*)"', opened)[1])
    form = client.get(button)

    taken = client.post(button, forms.entries(form), follow=True)
    back = f"{reverse(LIST)}?ask=open&amp;stage__exact=received"
    assert f'href="{back}"' in taken.content.decode() and f'href="{back}"' in form.content.decode()


def test_the_body_that_serves_the_country_is_offered_until_it_has_the_difficulty(client):
    scene = Scene()
    serving = Body.objects.get(code="SIN")
    make.officer(serving)
    offered = f"{step(scene, 'relay')}?to={serving.pk}"
    assert offered not in page_of(client, scene, "holder")
    saved = forms.change(client, forms.address(scene.difficulty), country="SG")
    assert saved.status_code == 302
    assert offered not in page_of(client, scene, "helper") and offered in page_of(client, scene, "holder")

    form = client.get(offered)
    assert form.context["form"]["to"].value() == str(serving.pk)
    client.post(offered, forms.entries(form) | {"kind": "information", "asked": "알립니다."})
    assert offered not in page_of(client, scene, "holder")
    for key in ("x", "9" * 30):
        assert client.get(f"{step(scene, 'relay')}?to={key}").status_code == 200


def test_an_outsider_is_told_of_no_step(client):
    scene = Scene()
    client.force_login(scene.people["outsider"])

    assert client.get(step(scene, "close")).status_code == 404
    assert client.post(step(scene, "close"), {"outcome": "advice", "solution": "안내"}).status_code == 404


def test_a_relay_of_another_difficulty_or_none_is_not_found(client):
    scene, other = Scene(kind="help"), Scene(kind="help")
    client.force_login(scene.people["receiver"])
    address = reverse("admin:missions_difficulty_step", args=[scene.difficulty.pk, "answer"])

    for leg in (other.leg.pk, 999_999_999, "9" * 20, "9" * 5000, "x", "²", "-1"):
        assert client.post(f"{address}?leg={leg}", {"text": "회신"}).status_code == 404
    assert client.post(address, {"text": "회신"}).status_code == 404
    assert client.get(reverse("admin:missions_difficulty_step", args=[scene.difficulty.pk, "fly"])).status_code == 404


def test_a_step_is_taken_by_its_form(client):
    scene = Scene(kind="hand_over")
    client.force_login(scene.people["receiver"])
    seen = scene.difficulty.events.last().pk
    response = client.post(step(scene, "take_over"), {"owner": scene.people["receiver"].pk, "seen": seen})

    assert response.status_code == 302
    assert Difficulty.objects.get(pk=scene.difficulty.pk).holder == scene.receiver


def test_a_stale_form_is_refused_and_keeps_what_was_typed(client):
    scene = Scene()
    client.force_login(scene.people["holder"])
    seen = scene.difficulty.events.last().pk
    progress.wait(scene.difficulty, by=scene.people["holder"], waiting_on="company", note="서류", until=make.tomorrow())

    response = client.post(step(scene, "wait"), {"waiting_on": "nobody", "note": "공들여 적은 글", "seen": seen})

    assert response.status_code == 200
    page = response.content.decode()
    assert "그사이 다른 처리" in page and "공들여 적은 글" in page
    assert Difficulty.objects.get().waiting_on == "company"

    assert [str(entry.what) for entry in response.context["since"]] == ["대기 대상 지정"]
    again = {"waiting_on": "nobody", "note": "공들여 적은 글", "seen": response.context["seen"]}
    assert client.post(step(scene, "wait"), again).status_code == 302


def test_a_step_that_is_no_longer_possible_says_so_and_keeps_what_was_typed(client):
    scene = Scene(kind="help")
    client.force_login(scene.people["receiver"])
    seen = scene.difficulty.events.last().pk
    scene.take("recall", scene.people["holder"], reason="직접 풀었습니다.")

    response = client.post(step(scene, "answer"), {"text": "공들여 적은 회신", "seen": seen})

    page = forms.text(response)
    assert "이미 끝났" in page and "직접 풀었습니다." in page and "공들여 적은 회신" in page
    assert 'type="submit" class="default"' not in page


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("close", {"outcome": ""}, "outcome"),
        ("close", {"outcome": "resolved"}, "solution"),
        ("close", {"outcome": "withdrawn"}, "reason"),
        ("close", {"outcome": "referred"}, "referred_to"),
        ("close", {"outcome": "duplicate"}, "duplicate_of"),
        ("wait", {"waiting_on": "company", "note": "서류", "until": "2020-01-01"}, "until"),
    ],
)
def test_what_a_step_lacks_is_told_at_its_field(client, name, values, field):
    scene = Scene()
    scene.difficulty.relays.update(ended_at=make.NOON, ended_by=scene.people["holder"], ending="recalled")
    client.force_login(scene.people["holder"])

    response = client.post(step(scene, name), {"seen": scene.difficulty.events.last().pk, **values})

    assert set(response.context["form"].errors) == {field}
    assert f'id="id_{field}_error"' in forms.text(response)


def test_closing_does_not_overwrite_what_a_colleague_wrote_in_the_record(client):
    scene = Scene()
    scene.difficulty.relays.update(ended_at=make.NOON, ended_by=scene.people["holder"], ending="recalled")
    client.force_login(scene.people["holder"])
    page = client.get(step(scene, "close"))
    shown = {"shown_solution": "", "shown_lesson": "", "seen": page.context["seen"], "outcome": "resolved"}
    Difficulty.objects.update(solution="동료가 적은 조치 결과\n둘째 줄")

    response = client.post(step(scene, "close"), shown | {"solution": "내가 적은 글"})
    assert "동료가 적은 조치 결과" in forms.text(response) and "내가 적은 글" in forms.text(response)
    assert Difficulty.objects.get().solution == "동료가 적은 조치 결과\n둘째 줄"

    form = response.context["form"]
    shown = {name: form[name].value().replace("\n", "\r\n") for name in ("shown_solution", "shown_lesson")}
    again = shown | {"seen": response.context["seen"], "outcome": "resolved", "solution": "둘을 합친 글"}
    assert client.post(step(scene, "close"), again).status_code == 302
    assert Difficulty.objects.get().solution == "둘을 합친 글"


def test_waiting_lasts_until_a_day_that_is_not_past(client):
    scene = Scene()
    client.force_login(scene.people["holder"])
    typed = {"waiting_on": "host_authority", "note": "세관 회신", "seen": scene.difficulty.events.last().pk}
    refused = client.post(step(scene, "wait"), typed | {"until": "2025-01-01"})
    assert "지난 날짜로 정할 수 없습니다" in forms.text(refused)
    endless = client.post(step(scene, "wait"), typed)
    assert "언제까지인지" in forms.text(endless) and Difficulty.objects.get().waiting_on == "nobody"

    client.post(step(scene, "wait"), typed | {"until": make.tomorrow().isoformat()})
    assert Difficulty.objects.get().due_on == make.tomorrow()
    assert date_format(make.tomorrow(), "DATE_FORMAT") in page_of(client, scene, "holder")


def test_the_same_difficulty_of_a_further_firm_is_added_and_not_filed_twice(client):
    scene = Scene()
    client.force_login(scene.people["receiver"])  # of a body that sees it only once it was asked
    typed = {"title": "라벨 반려", "account": "세 번째 반려됐습니다.", "firm_name_ko": "다른 기업", "country": "VN"}
    assert client.post(step(scene, "again"), typed).status_code == 404

    client.force_login(scene.people["helper"])
    page = client.post(step(scene, "again"), typed)
    form = page.context["form"]
    assert (form["firm"].value(), form["note"].value()) == ("다른 기업", "라벨 반려\n세 번째 반려됐습니다.")
    assert client.post(step(scene, "again"), forms.entries(page)).status_code == 302
    report = scene.difficulty.further_reports.get()
    assert (report.company.name_ko, report.company.body, report.filed_through) == (
        "다른 기업",
        scene.asked,
        scene.asked,
    )
    assert report.account.split() == ["라벨", "반려", "세", "번째", "반려됐습니다."] and Difficulty.objects.count() == 1


def test_a_further_firm_that_is_like_a_known_one_is_asked_back_and_none_reports_twice(client):
    scene = Scene()
    known = make.company(scene.holder, name_ko="산들식품")
    client.force_login(scene.people["holder"])
    typed = {"firm": "㈜산들식품", "note": "공들여 적은 글", "seen": scene.difficulty.events.last().pk}

    asked_back = client.post(step(scene, "again"), typed)
    assert "산들식품" in str(asked_back.context["form"].errors["firm"]) and "공들여 적은 글" in forms.text(asked_back)
    for refused in ({"firm": ""}, {"company": known.pk}, {"firm": "", "company": scene.difficulty.company.pk}):
        assert client.post(step(scene, "again"), forms.entries(asked_back) | refused).context["form"].errors["company"]
    assert Company.objects.filter(name_ko__contains="산들").count() == 1
    assert client.post(step(scene, "again"), forms.entries(asked_back)).status_code == 302
    assert Company.objects.filter(name_ko__contains="산들").count() == 2


def test_a_further_firm_has_its_own_receipt_and_its_own_say(client):
    scene = Scene(kind="information")
    holder, firm = scene.people["holder"], make.company(scene.holder, name_ko="다른기업")
    progress.again(scene.difficulty, by=holder, company=firm, note="같은 일입니다.")
    report = scene.difficulty.further_reports.get()
    address = reverse("admin:missions_difficulty_receipt", args=[scene.difficulty.pk])
    assert f"{address}?report={report.pk}" in page_of(client, scene, "holder")

    receipt = forms.text(client.get(f"{address}?report={report.pk}"))
    assert f"{scene.difficulty.reference}-2" in receipt and "다른기업" in receipt
    first = scene.difficulty.company.name_ko
    assert first not in receipt.split('class="receipt"')[1] and "다른기업" not in forms.text(client.get(address))
    for key in ("x", "0", "9" * 30):
        assert client.get(f"{address}?report={key}").status_code == 404

    closing.close(scene.difficulty, by=holder, outcome="advice", solution="안내")
    page = client.get(step(scene, "confirm"))
    typed = forms.entries(page) | {"confirmation": "no_reply", "report": report.pk}
    assert client.post(step(scene, "confirm"), typed).status_code == 302
    report.refresh_from_db()
    assert (report.confirmation, Difficulty.objects.get().confirmation) == ("no_reply", "not_asked")
    page = client.get(step(scene, "confirm"))
    assert "다시 처리합니다" in forms.text(page)
    typed = forms.entries(page) | {"confirmation": "disagrees", "report": report.pk}
    assert "동의하지 않는 이유를 적어" in forms.text(client.post(step(scene, "confirm"), typed))
    assert Difficulty.objects.get(pk=scene.difficulty.pk).stage == "closed"
    typed["note"] = "막혀 있습니다."
    client.post(step(scene, "confirm"), typed)
    assert Difficulty.objects.get().stage == "in_progress"


def test_a_further_firm_is_seen_and_found_by_those_who_see_the_difficulty_and_by_nobody_else(client):
    scene = Scene()
    firm = make.company(scene.asked, name_ko="다른기업")
    progress.again(scene.difficulty, by=scene.people["helper"], company=firm, note="같은 일입니다.")

    seen = {person for person, user in scene.people.items() if firm in Company.objects.visible_to(user)}
    assert {"holder", "helper", "ministry"} <= seen and not {"receiver", "outsider", "former"} & seen
    for person, found in (("holder", True), ("outsider", False)):
        client.force_login(scene.people[person])
        page = client.get(reverse(LIST), {"q": "다른기업"}).content.decode()
        assert (scene.difficulty.reference in page) == found


def test_whom_to_contact_at_a_firm_goes_to_other_bodies_only_with_its_consent(client):
    scene = Scene(kind="help")
    firm = scene.difficulty.company
    others = {"shares_with_organisations": True, "may_be_named": True}  # consents to something else
    Company.objects.update(contact="홍길동", telephone="02-123-4567", **others)
    make.company(scene.holder, shares_with_mission=True)
    show = reverse("admin:missions_company_contact", args=[firm.pk])
    address = reverse("admin:missions_company_change", args=[firm.pk])
    history = reverse("admin:missions_company_history", args=[firm.pk])

    client.force_login(scene.people["receiver"])
    assert "홍길동" not in forms.text(client.get(address)) and "02-123-4567" not in forms.text(client.get(address))
    assert client.get(history).status_code == client.post(show).status_code == 403
    client.force_login(scene.people["holder"])
    client.post(show)
    assert "홍길동" in forms.text(client.get(address)) and client.get(history).status_code == 200
    assert "동의하지 않았" in forms.text(client.get(step(scene, "relay")))
    Company.objects.update(shares_with_mission=True)
    assert "동의하지 않았" not in forms.text(client.get(step(scene, "relay")))
    client.force_login(scene.people["receiver"])
    client.post(show)
    assert "홍길동" in forms.text(client.get(address))


@pytest.mark.parametrize(
    "values",
    [
        {"organisation": "", "kind": "advice", "done_on": "2026-03-02", "what": "안내"},
        {"organisation": "x", "kind": "advice", "done_on": "2026-03-02", "what": "안내"},
        {"kind": "advice", "done_on": "2999-03-02", "what": "공들여 적은 글"},
        {"kind": "advice", "done_on": "2026-02-31", "what": "공들여 적은 글"},
        {"kind": "advice", "done_on": "2026-03-02", "what": "가" * 20_000},
        {"kind": "nothing", "done_on": "2026-03-02", "what": "NUL\x00"},
    ],
)
def test_a_bad_action_is_explained_and_half_done_nothing(client, values):
    scene = Scene()
    client.force_login(scene.people["holder"])
    needed = {"organisation": make.organisation().pk, "seen": scene.difficulty.events.last().pk}
    response = client.post(step(scene, "act"), needed | values)

    assert response.status_code == 200 and response.context["form"].errors
    assert not Action.objects.exists() and scene.difficulty.events.count() == 3


@pytest.mark.parametrize("name", ["act", "wait", "relay", "close"])
def test_a_step_says_what_is_too_long_and_keeps_all_of_it(client, name):
    scene = Scene()
    client.force_login(scene.people["holder"])
    assert "maxlength" not in client.get(step(scene, name)).content.decode()
    long = "가" * 20_000
    texts = dict.fromkeys(["what", "note", "asked", "solution", "lesson", "reason"], long)
    page = client.post(step(scene, name), texts | {"seen": scene.difficulty.events.last().pk}).content.decode()

    assert long in page and "자 이내로 줄여 주십시오. 지금 20000자입니다." in page


def test_an_action_and_the_meetings_that_discussed_it_are_on_the_time_line(client):
    scene = Scene()
    client.force_login(scene.people["holder"])
    values = {
        "organisation": make.organisation().pk,
        "kind": "official_letter",
        "done_on": "2026-03-02",
        "what": "공문 발송",
    }
    client.post(step(scene, "act"), values | {"seen": scene.difficulty.events.last().pk})
    Discussion.objects.create(meeting=make.meeting(scene.holder, number=4), difficulty=scene.difficulty)

    line = page_of(client, scene, "holder").split('id="timeline"')[1].split("</section>")[0]

    assert "공문 발송" in line and "제4차 회의" in line and "접수" in line


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, '<time datetime="2026-03-02">2026년 3월 2일</time>'),
        ({"held_precision": "by"}, "<time>늦어도 2026년 3월 2일</time>"),
        ({"starts_at": make.NOON}, '<time datetime="2026-03-01T19:00:00-08:00">2026년 3월 1일 19:00</time>'),
    ],
)
def test_the_time_line_tells_no_hour_of_a_meeting_of_which_only_the_day_is_known(client, values, told):
    scene = Scene()
    scene.holder.mission.time_zone = "America/Los_Angeles"
    scene.holder.mission.save()
    Discussion.objects.create(meeting=make.meeting(scene.holder, number=4, **values), difficulty=scene.difficulty)

    [entry] = [
        part for part in page_of(client, scene, "holder").split("<li>") if "제4차 회의" in part and "<time" in part
    ]
    assert told in entry


def test_the_page_shows_what_meetings_asked_for_about_it_as_far_as_they_are_open_to_the_reader(client):
    scene = Scene(kind="help")
    for body, what in ((scene.holder, "세관 재방문"), (scene.receiver, "남의 회의에서 정한 일")):
        meeting = make.meeting(body)
        ActionItem.objects.create(meeting=meeting, what=what, difficulty=scene.difficulty, due_on=make.DAY)

    page = page_of(client, scene, "holder")
    [section] = [part for part in page.split("<section") if 'id="follow-ups"' in part]
    item = ActionItem.objects.get(what="세관 재방문")
    assert forms.address(item) in section and "기한 지남" in section and "남의 회의에서" not in page
    ActionItem.objects.update(done_on=make.DAY)
    [section] = [part for part in page_of(client, scene, "holder").split("<section") if 'id="follow-ups"' in part]
    assert "완료일: 2026년 3월 2일" in section and "기한 지남" not in section


def test_what_was_withdrawn_leaves_the_record_and_stays_on_the_time_line(client):
    scene = Scene(step="correct")
    page = page_of(client, scene, "holder")
    assert str(scene.action.organisation) in page.split('id="actions-group"')[1]

    scene.take("correct", scene.people["holder"])
    page = page_of(client, scene, "holder")
    line = page.split('id="timeline"')[1].split("</section>")[0]
    assert "다른 기관의 일입니다." in line and str(scene.action.organisation) in line
    assert str(scene.action.organisation) not in page.split('id="actions-group"')[1]
    assert "/step/correct/" not in page


def test_a_note_stands_on_the_time_line_and_answers_nothing(client):
    scene = Scene(kind="help")
    scene.take("answer", scene.people["receiver"])
    scene.take("note", scene.people["holder"], text="세관 담당자와 통화했습니다.")

    assert "세관 담당자와 통화했습니다." in page_of(client, scene, "receiver").split('id="timeline"')[1]
    client.force_login(scene.people["holder"])
    assert scene.difficulty.reference in client.get(reverse(LIST), {"ask": "answered"}).content.decode()


def test_the_page_says_after_which_step_relays_and_actions_are_possible(client):
    def told(stage, person="holder"):
        scene.put(stage)
        page = page_of(client, scene, person)
        return "이관은 ‘검토 시작’을 누른 뒤에" in page, "조치 기록은 ‘처리 시작’을 누른 뒤에" in page

    scene = Scene()
    assert told("received") == (True, True)
    assert told("received", "ministry") == (False, False)
    assert told("in_review") == (False, True)
    assert told("in_progress") == told("closed") == (False, False)


def test_the_form_of_a_relay_marks_who_serves_the_country_and_says_what_each_kind_means(client):
    scene = Scene()
    elsewhere = make.body(mission=make.mission(country_id="IT"))
    client.force_login(scene.people["holder"])

    form = client.get(step(scene, "relay")).context["form"]
    called = {str(value): label for value, label in form.fields["to"].choices}
    assert called[str(scene.receiver.pk)] == f"{scene.receiver} · 베트남 관할"
    assert called[str(elsewhere.pk)] == str(elsewhere)
    kinds = dict(form.fields["kind"].choices)
    assert kinds["hand_over"].startswith("처리 이관: 상대") and "기다리지 않습니다" in kinds["information"]


def test_the_form_of_a_step_tells_what_happened(client):
    scene = Scene(kind="help")
    for person, name in (("receiver", "answer"), ("holder", "recall")):
        client.force_login(scene.people[person])
        assert scene.difficulty.account in client.get(step(scene, name)).content.decode()


@pytest.mark.parametrize(("kind", "verb", "name"), [("help", "answer", "text"), ("hand_over", "return_leg", "reason")])
def test_what_another_body_answered_stands_above_the_steps_until_its_sender_acts(client, kind, verb, name):
    scene = Scene(kind=kind)
    scene.take(verb, scene.people["receiver"], **{name: "원산지 증명서가 문제입니다."})

    def standing(person):
        return page_of(client, scene, person).split('id="standing"')[1].split("</section>")[0]

    scene.take("note", scene.people["holder"])
    told = standing("holder").split("step-buttons")[0]
    scene.leg.refresh_from_db()
    for words in (scene.receiver, scene.people["receiver"], scene.leg.get_ending_display(), scene.leg.reply):
        assert str(words) in told
    assert f'datetime="{scene.leg.ended_at.astimezone(ZoneInfo(scene.difficulty.time_zone)):%Y-%m-%dT%H:%M}' in told
    assert scene.leg.reply not in standing("receiver") and scene.leg.reply not in standing("ministry")
    scene.take("wait", scene.people["holder"])
    assert scene.leg.reply not in standing("holder")


def test_duplicates_stand_on_the_page_of_their_original_for_those_who_may_open_them(client):
    scene = Scene()
    twin = make.difficulty(make.body(), title="같은 애로를 다른 곳에서")
    own = make.difficulty(scene.holder, scene.people["holder"], title="같은 애로를 이곳에서")
    for record in (twin, own):
        Difficulty.objects.filter(pk=record.pk).update(**make.closed("duplicate", duplicate_of=scene.difficulty))

    page = page_of(client, scene, "holder")
    assert own.title in page and twin.title not in page
    assert twin.title in page_of(client, scene, "ministry")


def test_a_body_asked_for_help_records_its_action(client):
    scene = Scene()
    client.force_login(scene.people["helper"])
    values = {"organisation": make.organisation().pk, "kind": "advice", "done_on": "2026-03-02", "what": "자문"}
    client.post(step(scene, "act"), values | {"seen": scene.difficulty.events.last().pk})

    assert Action.objects.get().recorded_by == scene.people["helper"]


def test_each_question_finds_its_answer_and_only_that(client):
    today = datetime.date(2026, 3, 2)
    scene = Scene(kind="help")
    later, reported = make.today() + datetime.timedelta(days=30), make.today()
    calm = make.difficulty(scene.holder, scene.people["holder"], reported_on=reported, due_on=later)
    rows = Difficulty.objects
    values = {
        "late": {"due_on": today},
        "due_soon": {"due_on": make.today()},
        "on_host": {"waiting_on": "host_authority"},
        "idle": {"reported_on": today},
        "unowned": {"stage": "in_progress", "owner": None},
        "unconfirmed": make.closed(),
        "worth_publishing": make.closed("resolved", solution="해결"),
    }
    client.force_login(scene.people["holder"])
    begun = make.difficulty(scene.holder, scene.people["holder"])
    rows.filter(pk=begun.pk).update(**values["worth_publishing"], case_reference="z-begun")
    for question, change in values.items():
        odd = make.difficulty(scene.holder, scene.people["holder"])
        rows.filter(pk=odd.pk).update(**change)
        page = client.get(reverse(LIST), {"ask": question}).content.decode()
        assert odd.reference in page and calm.reference not in page, question
    assert begun.reference not in client.get(reverse(LIST), {"ask": "worth_publishing"}).content.decode()
    reopened = {"stage": "received", "outcome": "", "due_on": make.tomorrow()}
    rows.filter(pk=begun.pk).update(**reopened, owner=make.officer(scene.holder))
    assert begun.reference not in client.get(reverse(LIST), {"ask": "unowned"}).content.decode()
    User.objects.filter(owned_difficulties=begun).update(is_active=False)
    assert begun.reference in client.get(reverse(LIST), {"ask": "unowned"}).content.decode()
    assert set(QUESTIONS) == {*values, "my_turn", "with_others", "open", "relayed", "asked", "answered", "mentioned"}
    client.force_login(scene.people["receiver"])
    for question in ("my_turn", "relayed", "open"):
        page = client.get(reverse(LIST), {"ask": question}).content.decode()
        assert scene.difficulty.reference in page and calm.reference not in page, question
    client.force_login(scene.people["holder"])
    for question in ("with_others", "asked"):
        page = client.get(reverse(LIST), {"ask": question}).content.decode()
        assert scene.difficulty.reference in page and calm.reference not in page, question


def test_a_relay_past_its_day_is_late_on_both_desks(client):
    scene = Scene(kind="help")
    Relay.objects.filter(pk=scene.leg.pk).update(acknowledge_by=make.DAY, answer_by=make.DAY)
    for person in ("holder", "receiver"):
        assert 'class="late"' in page_of(client, scene, person)
        page = client.get(reverse(LIST), {"ask": "late"}).content.decode()
        assert scene.difficulty.reference in page


def test_the_front_page_shows_the_receiver_what_waits_for_it(client):
    scene = Scene(kind="hand_over")
    client.force_login(scene.people["receiver"])

    assert scene.difficulty.reference in client.get(reverse("admin:index")).content.decode()
    client.force_login(scene.people["outsider"])
    assert scene.difficulty.reference not in client.get(reverse("admin:index")).content.decode()


def test_a_long_list_is_not_counted_to_its_end_and_costs_few_queries(client):
    body, officer = make.body(), None
    officer = make.officer(body)
    one = make.difficulty(body, officer)
    values = {f.attname: getattr(one, f.attname) for f in Difficulty._meta.concrete_fields if f.name != "id"}
    Difficulty.objects.bulk_create(Difficulty(**values | {"reference": f"Z-{n}"}) for n in range(COUNTED + 5))
    client.force_login(officer)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse(LIST)).content.decode()

    assert "1,000+" in page
    assert len(queries) <= 14


@pytest.mark.parametrize("person", ["receiver", "holder", "ministry"])
def test_the_front_page_costs_the_same_however_much_waits(client, person):
    scene, today = Scene(kind="help"), make.today()
    holder = scene.people["holder"]
    client.force_login(scene.people[person])

    def wait_a_little():
        mine, asked, answered = (make.difficulty(scene.holder, holder, due_on=today) for _ in range(3))
        for record in (asked, answered):
            workflow.review(record, by=holder)
            leg = relays.relay(record, by=holder, to=scene.receiver, kind="help", asked="부탁")
        relays.answer(leg, by=scene.people["receiver"], text="회신")
        workflow.accept(mine, by=holder, owner=holder)
        for body in (scene.holder, scene.receiver):
            ActionItem.objects.create(
                meeting=make.meeting(body), what="할 일", due_on=today, organisation=make.organisation()
            )

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:index"))
        return len(queries)

    wait_a_little()
    cost()
    few = cost()
    wait_a_little()
    assert cost() == few


def cells(client, record, **asked):
    """What the list says of a difficulty, by column."""
    page = html5lib.parse(client.get(reverse(LIST), asked).content.decode(), namespaceHTMLElements=False)
    [row] = [row for row in page.iter("tr") if record.reference in "".join(row.itertext())]
    return {cell.get("class").split()[0]: " ".join("".join(cell.itertext()).split()) for cell in row}


def test_the_list_says_whose_turn_each_difficulty_is_since_when_and_until_when(client):
    scene, day = Scene(kind="help"), datetime.date(2026, 3, 9)
    holder = scene.people["holder"]
    calm = make.difficulty(scene.holder, holder)
    own, host = (make.difficulty(scene.holder, holder) for _ in range(2))
    Difficulty.objects.filter(pk=own.pk).update(due_on=make.DAY)
    Difficulty.objects.filter(pk=host.pk).update(waiting_on="host_authority", due_on=make.tomorrow())
    Difficulty.objects.filter(pk=scene.difficulty.pk).update(due_on=make.tomorrow(), owner=holder)
    Relay.objects.filter(pk=scene.leg.pk).update(acknowledge_by=day)
    client.force_login(holder)

    relayed = cells(client, scene.difficulty)
    assert (relayed["field-holder_code"], relayed["field-owner"]) == (scene.holder.code, str(holder))
    assert (relayed["field-waits"], relayed["field-until"]) == (scene.receiver.code, "2026. 3. 9. 기한 지남")
    assert relayed["field-since"] == date_format(make.today(), "SHORT_DATE_FORMAT")
    assert cells(client, own)["field-until"] == "2026. 3. 2. 기한 지남"
    due = date_format(calm.due_on, "SHORT_DATE_FORMAT")
    assert (cells(client, calm)["field-waits"], cells(client, calm)["field-until"]) == (scene.holder.code, due)
    Difficulty.objects.filter(pk=own.pk).update(**make.closed())
    assert cells(client, own)["field-waits"] == "–"
    waiting = cells(client, host)
    assert "주재국" in waiting["field-waits"] and "기한 지남" not in waiting["field-until"]


def test_since_is_the_step_that_changed_whom_it_waits_on_and_not_what_was_recorded_later(client):
    scene = Scene()
    holder, helper = scene.people["holder"], scene.people["helper"]
    first = timezone.now() - datetime.timedelta(days=40)

    def on_day(number, verb, *given, **values):
        with patch.object(timezone, "now", lambda: first + datetime.timedelta(days=number)):
            verb(*given, **values)

    def says(number):
        moment = timezone.localtime(first + datetime.timedelta(days=number), ZoneInfo(scene.holder.time_zone))
        page = page_of(client, scene, "holder").split('id="standing"')[1].split("</section>")[0]
        listed = cells(client, scene.difficulty)["field-since"]
        return date_format(moment, "DATETIME_FORMAT") in page and listed == date_format(moment, "SHORT_DATE_FORMAT")

    for number, step_of in enumerate(["wait", "act", "relay", "acknowledge", "answer", "assign", "again"], 1):
        leg = scene.difficulty.relays.open().exclude(kind="information").last()
        given, values = {
            "wait": ((scene.difficulty,), {"waiting_on": "company", "note": "서류", "until": make.tomorrow()}),
            "relay": ((scene.difficulty,), {"to": scene.receiver, "kind": "information", "asked": "알립니다."}),
            "acknowledge": ((leg,), {"by": helper}),
            "answer": ((leg,), {"by": helper, "text": "확인했습니다."}),
            "assign": ((scene.difficulty,), {"owner": make.officer(scene.holder)}),
            "again": ((scene.difficulty,), {"company": make.company(scene.holder), "note": "같은 일"}),
            "act": ((scene.difficulty,), {}),
        }[step_of]
        on_day(number, take, step_of, *given, **{"by": holder} | values)
        assert says(5 if number >= 5 else 1), step_of

    on_day(8, scene.take, "close", holder)
    on_day(9, scene.take, "confirm", holder)
    assert says(8) and "종결일" in page_of(client, scene, "holder")
    on_day(10, scene.take, "confirm", holder, confirmation="disagrees", note="막힘")
    assert says(10)


def test_what_the_list_calls_late_is_what_the_question_finds(client):
    scene = Scene(kind="help")
    Relay.objects.filter(pk=scene.leg.pk).update(acknowledge_by=make.DAY)
    client.force_login(scene.people["holder"])

    assert "기한 지남" in cells(client, scene.difficulty, ask="late")["field-until"]


def test_a_relay_for_information_makes_no_difficulty_late_and_still_waits_to_be_acknowledged(client):
    scene = Scene(kind="information")
    for day in (make.DAY, make.today()):
        Relay.objects.filter(pk=scene.leg.pk).update(acknowledge_by=day)
        for person in ("holder", "receiver"):
            client.force_login(scene.people[person])
            for question in ("late", "due_soon"):
                page = client.get(reverse(LIST), {"ask": question}).content.decode()
                assert scene.difficulty.reference not in page
            own = date_format(Difficulty.objects.get().due_on, "SHORT_DATE_FORMAT")
            assert cells(client, scene.difficulty)["field-until"] == own
    assert scene.difficulty.reference in client.get(reverse(LIST), {"ask": "relayed"}).content.decode()
    client.force_login(scene.people["holder"])
    assert "참고 공유: 수신을 확인하면 되고" in forms.text(client.get(step(scene, "relay")))


def test_the_list_narrows_to_what_is_mine_and_to_holders_and_countries_that_occur_in_it(client):
    scene = Scene(kind="help")
    mine = make.difficulty(scene.receiver, scene.people["receiver"], country_id="DE")
    make.difficulty(make.body(), country_id="FR")
    Difficulty.objects.filter(pk=mine.pk).update(owner=scene.people["receiver"])
    client.force_login(scene.people["receiver"])

    page = client.get(reverse(LIST), {"owner": "me"}).content.decode()
    assert mine.reference in page and scene.difficulty.reference not in page
    every = client.get(reverse(LIST)).context["cl"].filter_specs
    related = [spec for spec in every if isinstance(spec, RelatedFieldListFilter)]
    offered = {spec.field_path: {key for key, _name in spec.lookup_choices} for spec in related}
    assert offered["holder"] == {scene.holder.pk, scene.receiver.pk} and offered["country"] == {"VN", "DE"}
    page = client.get(reverse(LIST), {"holder__id__exact": scene.holder.pk}).content.decode()
    assert scene.difficulty.reference in page and mine.reference not in page


def test_the_questions_stand_above_the_rows_once(client):
    client.force_login(make.officer(make.body()))
    for address in (LIST, "admin:missions_meeting_changelist"):
        before, after = client.get(reverse(address)).content.decode().split('id="changelist-form"')
        assert "?ask=" in before and "?ask=" not in after


def test_the_list_narrows_to_a_year_and_to_a_month_of_it(client):
    body = make.body()
    officer = make.officer(body)
    days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]
    records = {day: make.difficulty(body, officer, reported_on=day).reference for day in days}
    client.force_login(officer)

    def shown(period):
        page = client.get(reverse(LIST), {"reported": period}).content.decode()
        return [day for day, reference in records.items() if reference in page]

    assert shown("2025") == days[:1]
    assert shown("2026") == days[1:]
    assert shown("2026-01") == days[1:3]
    assert shown("2025-12") == days[:1]
    assert shown("2026-13") == shown("never") == days
    assert "?reported=2026-02" in client.get(reverse(LIST), {"reported": "2026"}).content.decode()


def test_the_time_line_tells_how_the_text_reached_the_public(client):
    scene = Scene(stage="closed")
    author, approver = make.officer(scene.holder), make.staff("approver", name="승인자 박")
    record = Difficulty.objects.get(pk=scene.difficulty.pk)
    case = publishing.begin_from(record, by=author)
    PublishedCase.objects.filter(pk=case.pk).update(happened_ko="지연", done_ko="협의")
    publishing.submit(case, by=author)
    publishing.send_back(case, by=approver, remark="월을 고치십시오.")
    publishing.submit(case, by=author)
    publishing.approve(case, by=approver, checked=privacy.fingerprint(privacy.findings(case)))
    later = publishing.revise(case, by=author)
    publishing.submit(later, by=author)
    publishing.take_back(later, by=author, remark="한 문장을 더합니다.")
    publishing.submit(later, by=author)
    publishing.approve(later, by=approver, checked=privacy.fingerprint(privacy.findings(later)))
    publishing.withdraw(later, by=approver, remark="내립니다.")

    line = page_of(client, scene, "ministry").split('id="timeline"')[1].split("</section>")[0]

    told = re.findall(
        r"<strong>(공개 사례 [^<]+)</strong> <span class=.help.>([^<]*)</span>\s*</p>\s*<p><a[^>]*>([^<]*)", line
    )
    by, first = (str(author), str(approver)), "제1판"
    assert told[::-1] == [
        ("공개 사례 작성 시작", by[0], first),
        ("공개 사례 승인 요청", "", first),
        ("공개 사례 반려", by[1], first),
        ("공개 사례 승인 요청", "", first),
        ("공개 사례 승인·공개", by[1], first),
        ("공개 사례 작성 시작", by[0], "제2판"),
        ("공개 사례 승인 요청", "", "제2판"),
        ("공개 사례 승인 요청 철회", by[0], "제2판"),
        ("공개 사례 승인 요청", "", "제2판"),
        ("공개 사례 교체(제2판)", "", first),
        ("공개 사례 승인·공개", by[1], "제2판"),
        ("공개 사례 철회", by[1], "제2판"),
    ]
    assert all(said in line for said in ("월을 고치십시오.", "한 문장을 더합니다.", "내립니다."))
    assert "공개 사례" not in page_of(client, scene, "helper").split('id="timeline"')[1].split("</section>")[0]


def test_a_meeting_of_another_body_keeps_its_name_and_address_to_itself_on_the_time_line(client):
    scene = Scene(kind="help")
    theirs = make.meeting(scene.receiver, label_ko="Z비공개 회의", is_published=False)
    Discussion.objects.create(meeting=theirs, difficulty=scene.difficulty)
    link = reverse("admin:missions_meeting_change", args=[theirs.pk])

    page = page_of(client, scene, "holder")
    assert "Z비공개 회의" not in page and link not in page
    page = page_of(client, scene, "receiver")
    assert "Z비공개 회의" in page and link in page


def test_a_step_shows_nothing_to_an_account_without_a_role(client):
    scene = Scene()
    client.force_login(make.staff(posted_to=scene.holder))

    for name in ("accept", "close"):
        assert client.get(step(scene, name)).status_code == 403
        assert client.post(step(scene, name), {}).status_code == 403
