"""The front page of the desk: each panel leads to the list it shows."""

import datetime
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import strip_tags

from missions.difficulties import progress, relays, workflow
from missions.models import ActionItem, Difficulty, HandoverNote, Meeting, Membership, Relay
from missions.publication import information
from missions.publication import workflow as publishing
from tests import forms, make

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("programme")


def panels(client):
    return {panel.title: panel for panel in client.get(reverse("admin:index")).context["panels"]}


@pytest.mark.parametrize("role", ["ministry", "mission_officer"])
def test_each_panel_leads_to_the_list_it_shows(client, role):
    body, other = make.body(), make.body()
    make.difficulty(body)
    for number, kind in enumerate(("help", "help", "hand_over", "information")):
        sender, receiver = (body, other) if number else (other, body)
        officer = make.officer(sender)
        record = workflow.review(make.difficulty(sender, officer), by=officer)
        leg = relays.relay(record, by=officer, to=receiver, kind=kind, asked="부탁합니다.")
        if number == 2:
            relays.take_over(leg, by=make.officer(receiver))
    meeting = make.meeting(body, held_on=make.today())
    make.meeting(body, status="planned")
    ActionItem.objects.create(meeting=meeting, what="할 일", due_on=make.today())
    user = make.staff(role, body, language="en")
    for state in ("draft", "awaiting", "published"):
        make.case(body, state)
        make.case(body, state, drafted_by=user)
    client.force_login(user)

    for panel in panels(client).values():
        page = client.get(panel.link).context
        rows = page["cl"].result_list if "cl" in page else [health.body for health in page["checkup"]]
        listed = {reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk]) for row in rows}
        shown = {address for address, _name, _remark in panel.rows}
        assert shown == listed or ((panel.more or "bodies" in page) and shown < listed), panel.title


def test_a_panel_says_how_many_it_leaves_out(client):
    body = make.body()
    for _ in range(9):
        make.meeting(body, status="planned", held_on=make.tomorrow())
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert panels(client)["Next meetings"].more == "9"
    assert "Show all (9)" in client.get(reverse("admin:index")).content.decode()


def test_minutes_are_asked_for_meetings_of_the_last_year_only(client):
    today = make.today()
    body = make.body()
    recent = make.meeting(body, held_on=today - datetime.timedelta(days=300))
    make.meeting(body, held_on=today - datetime.timedelta(days=400))
    client.force_login(make.staff("mission_officer", body, language="en"))

    panel = panels(client)["Meetings without minutes"]

    assert [name for _address, name, _remark in panel.rows] == [str(recent)]
    assert Meeting.objects.filter(body=body).count() == 2


def test_the_ministry_sees_what_to_ask_each_body_about(client):
    today = make.today()
    body, calm = make.body(rhythm="monthly"), make.body(rhythm="monthly")
    make.meeting(body, held_on=today - datetime.timedelta(days=41))
    make.meeting(calm, held_on=today - datetime.timedelta(days=39))
    for kind in ("public_agency", "large_firm", "association", "local_government", "law_firm", "expert"):
        Membership.objects.create(body=calm, organisation=make.organisation(kind=kind))
    ending = make.organisation(kind="bank")
    Membership.objects.create(body=body, organisation=ending, until_on=today + datetime.timedelta(days=60))
    Membership.objects.create(
        body=body, organisation=make.organisation(kind="law_firm"), until_on=today + datetime.timedelta(days=61)
    )
    sender = make.body()
    officer = make.officer(sender)
    record = make.difficulty(sender, officer)
    workflow.review(record, by=officer)
    leg = relays.relay(record, by=officer, to=body, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=make.DAY)
    client.force_login(make.staff("ministry", language="en"))

    page = client.get(reverse("admin:health"))
    found = {health.body: health for health in page.context["checkup"]}

    health = found[body]
    assert (health.rhythm_kept, health.late_legs) == (False, [leg])
    seat = Membership.objects.get(organisation=ending)
    for behind in (record, seat):
        address = reverse(f"admin:missions_{behind._meta.model_name}_change", args=[behind.pk])
        assert f'<a href="{address}">' in page.content.decode()
    assert [str(name) for name in health.missing] == ["public agency", "large firm", "small firm", "local government"]
    assert [seat.organisation for seat in health.ending] == [ending]
    assert found[calm].warnings == 0 and found[calm].rhythm_kept
    remark = {address: words for address, _name, words in panels(client)["Bodies to ask about"].rows}
    address = reverse("admin:missions_body_change", args=[body.pk])
    told = "last met 41 days ago · 1 late relay · 1 waiting unattended · 1 seat ends soon · no seat recorded: "
    assert remark[address].startswith(told)
    client.force_login(make.officer(body))
    assert client.get(reverse("admin:health")).status_code == 403


def test_a_text_that_was_sent_back_says_so_among_the_drafts(client):
    body = make.body()
    author, approver = make.staff("mission_officer", body, language="en"), make.staff("approver")
    back, fresh = [make.case(body, "draft", drafted_by=author) for _ in range(2)]
    publishing.send_back(publishing.submit(back, by=author), by=approver, remark="Say what the firm paid.")
    client.force_login(author)

    said = {address.split("/")[-3]: strip_tags(words) for address, _name, words in panels(client)["My drafts"].rows}
    where = f"{fresh.country} · {body.code}"
    assert said == {str(back.pk): f"sent back · Say what the firm paid. · {where}", str(fresh.pk): where}


def test_a_closed_difficulty_stays_on_the_front_page_of_its_holder_until_the_firm_has_spoken(client):
    body, helper = make.body(), make.body()
    officer = make.staff("mission_officer", body, language="en")
    record = workflow.review(make.difficulty(body, officer), by=officer)
    relays.relay(record, by=officer, to=helper, kind="help", asked="부탁합니다.")
    Difficulty.objects.filter(pk=record.pk).update(**make.closed())
    title = "Closed, not confirmed by the firm"
    client.force_login(make.staff("mission_officer", helper, language="en"))
    assert title not in panels(client)
    client.force_login(officer)
    assert told(client, title) == {record.reference: "advice given · not asked"}

    Difficulty.objects.filter(pk=record.pk).update(confirmation="no_reply")
    assert title not in panels(client)


def told(client, title):
    """What a panel says of each difficulty, by reference and without its marks; in the order in which it says it."""
    rows = panels(client)[title].rows if title in panels(client) else []
    return {name.split()[0]: strip_tags(remark) for _address, name, remark in rows}


def test_what_is_late_says_whose_day_has_passed_the_longest_late_first(client):
    today = make.today()
    body, other = make.body(), make.body()
    officer = make.officer(body)
    own, relayed = make.difficulty(body, officer), make.difficulty(body, officer)
    Difficulty.objects.filter(pk=own.pk).update(due_on=today - 3 * DAY)
    Difficulty.objects.filter(pk=relayed.pk).update(due_on=today + 9 * DAY)
    workflow.review(relayed, by=officer)
    leg = relays.relay(relayed, by=officer, to=other, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=today - 5 * DAY)
    client.force_login(officer)

    said, day = told(client, "기한 지남"), date_format(today - 5 * DAY, "DATE_FORMAT")

    assert list(said) == [relayed.reference, own.reference]
    assert said[own.reference].endswith("까지 3일 지남")
    assert said[relayed.reference].endswith(f"대기: {other.code} · {other.code} {day}까지 5일 지남")


def test_what_is_due_within_a_week_is_told_by_the_day_of_whoever_must_act_first_and_in_that_order(client):
    today = make.today()
    body, other = make.body(), make.body()
    officer = make.officer(body)
    own, relayed, late, later = (make.difficulty(body, officer) for _ in range(4))
    days = ((own, today + 4 * DAY), (late, today - DAY), (later, today + 7 * DAY), (relayed, today + 5 * DAY))
    for record, day in days:
        Difficulty.objects.filter(pk=record.pk).update(due_on=day)
    workflow.review(relayed, by=officer)
    leg = relays.relay(relayed, by=officer, to=other, kind="help", asked="부탁합니다.")
    Relay.objects.filter(pk=leg.pk).update(acknowledge_by=today + 3 * DAY, answer_by=today + 20 * DAY)
    client.force_login(make.staff("mission_officer", body, language="en"))

    said = told(client, "Due within a week")

    assert list(said) == [relayed.reference, own.reference]
    assert said[relayed.reference].endswith(f" · {other.code} until {date_format(today + 3 * DAY, 'j F Y')}")
    assert said[own.reference].endswith(f" · until {date_format(today + 4 * DAY, 'j F Y')}")


def test_my_turn_is_what_my_body_holds_and_waits_on_nobody_else(client):
    today = make.today()
    body, other = make.body(), make.body()
    officer, colleague = make.officer(body), make.staff("mission_officer", other, language="en")
    mine, helped, handed, waiting, informed = (
        workflow.accept(make.difficulty(body, officer), by=officer, owner=officer) for _ in range(5)
    )
    for record, kind in ((helped, "help"), (handed, "hand_over"), (informed, "information")):
        relays.relay(record, by=officer, to=other, kind=kind, asked="부탁합니다.")
    progress.wait(waiting, by=officer, waiting_on="host_authority", note="세관", until=make.tomorrow())
    Difficulty.objects.filter(pk=waiting.pk).update(is_urgent=True, urgent_reason="선적")
    urgent = '<span class="urgent">urgent</span> '
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert set(told(client, "My turn")) == {mine.reference, informed.reference}
    assert set(told(client, "Waiting on others")) == {helped.reference, handed.reference, waiting.reference}
    remarks = {name.split()[0]: remark for _address, name, remark in panels(client)["Waiting on others"].rows}
    assert remarks[waiting.reference] == (
        f"{urgent}waits on an authority of the host country · since {date_format(today, 'j F Y')} · "
        f"until {date_format(make.tomorrow(), 'j F Y')}"
    )
    assert f"waits on {other} · since" in remarks[helped.reference]
    client.force_login(colleague)
    assert set(told(client, "My turn")) == {helped.reference, handed.reference, informed.reference}
    assert not told(client, "Waiting on others")


def test_what_waits_on_a_ministry_is_the_turn_of_its_staff_until_they_reply(client):
    officer, ministry = make.officer(make.body()), make.staff("ministry", language="en")
    body = officer.postings.get().body
    record = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    progress.wait(record, by=officer, waiting_on="ministry", note="협의", until=make.tomorrow())
    with translation.override("en"):
        day = date_format(make.tomorrow(), "DATE_FORMAT")

    client.force_login(ministry)
    assert told(client, "My turn")[record.reference].endswith(f"waits on a ministry · a ministry until {day}")
    client.force_login(make.staff("approver", language="en"))
    assert "My turn" not in panels(client)
    client.force_login(make.staff("mission_officer", body, language="en"))
    assert record.reference in told(client, "Waiting on others") and not told(client, "My turn")

    progress.reply(record, by=ministry, text="협의했습니다.")
    assert record.reference in told(client, "My turn") and not told(client, "Waiting on others")
    client.force_login(ministry)
    assert not told(client, "My turn")


def test_whom_the_portal_tells_nothing_is_asked_again_by_the_holder_on_the_day_that_it_named(client):
    body, today = make.body(), make.today()
    officer = make.staff("mission_officer", body, language="en")
    record = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    progress.wait(record, by=officer, waiting_on="company", note="서류", until=make.tomorrow())
    client.force_login(officer)
    page = forms.text(client.get(forms.address(record)))

    assert f"On {date_format(make.tomorrow(), 'j F Y')} it is the holder’s turn to ask again." in page
    assert not told(client, "My turn")
    Difficulty.objects.update(due_on=today)
    assert record.reference in told(client, "My turn") and not told(client, "Waiting on others")


def test_a_body_is_waited_for_by_a_relay_that_tells_it(client):
    body = make.body()
    officer = make.officer(body)
    record = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    client.force_login(officer)
    address = reverse("admin:missions_difficulty_step", args=[record.pk, "wait"])
    form = client.get(address).context["form"]

    assert not {"domestic_body", "overseas_body"} & {value for value, _label in form.fields["waiting_on"].choices}
    assert address.replace("wait", "relay") in str(form["waiting_on"].help_text)
    with pytest.raises(workflow.StepRefused):
        progress.wait(record, by=officer, waiting_on="domestic_body", note="확인", until=make.tomorrow())


def test_what_nobody_has_taken_up_stands_above_what_is_in_hand(client):
    body = make.body()
    officer = make.officer(body)
    taken = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    filed = make.difficulty(body, officer, due_on=timezone.localdate() + 30 * DAY)
    urgent = make.difficulty(body, officer, is_urgent=True, urgent_reason="선적")
    urgent = workflow.review(urgent, by=officer)
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert list(told(client, "My turn")) == [urgent.reference, filed.reference, taken.reference]


def test_a_sender_sees_what_it_awaits_and_for_how_long_it_has_been_late(client):
    today = make.today()
    body, first, second = make.body(), make.body(), make.body()
    officer = make.officer(body)
    record = workflow.review(make.difficulty(body, officer), by=officer)
    legs = [relays.relay(record, by=officer, to=to, kind="help", asked="부탁합니다.") for to in (first, second)]
    other = workflow.review(make.difficulty(body, officer), by=officer)
    relays.relay(other, by=officer, to=first, kind="information", asked="알립니다.")
    relays.acknowledge(legs[0], by=make.officer(first))
    Relay.objects.filter(pk=legs[0].pk).update(acknowledge_by=make.DAY, answer_by=today + 20 * DAY)
    Relay.objects.filter(pk=legs[1].pk).update(acknowledge_by=today - 2 * DAY)
    client.force_login(make.staff("mission_officer", body, language="en"))

    rows = panels(client)["Relays awaiting an answer"].rows

    said = [strip_tags(remark) for _address, _name, remark in rows]
    assert said == [
        f"{second} · to be acknowledged · until {date_format(today - 2 * DAY, 'j F Y')} 2 days late",
        f"{first} · to be answered · until {date_format(today + 20 * DAY, 'j F Y')}",
    ]
    client.force_login(make.staff("mission_officer", first, language="en"))
    assert "Relays awaiting an answer" not in panels(client)


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("help", lambda leg, by: relays.answer(leg, by=by, text="확인했습니다.")),
        ("hand_over", lambda leg, by: relays.return_leg(leg, by=by, reason="관할이 아닙니다.")),
        ("hand_over", lambda leg, by: relays.take_over(leg, by=by)),
    ],
)
def test_an_answer_is_shown_to_the_sender_until_it_takes_a_step(client, kind, reply):
    body, other = make.body(), make.body()
    officer, receiver = make.officer(body), make.officer(other)
    record = workflow.review(make.difficulty(body, officer), by=officer)
    leg = relays.relay(record, by=officer, to=other, kind=kind, asked="부탁합니다.")
    client.force_login(make.staff("mission_officer", body, language="en"))
    assert not told(client, "Answers that arrived")

    reply(leg, receiver)
    leg.refresh_from_db()
    with translation.override("en"):
        ended = f"{other} · {leg.get_ending_display()} · {date_format(make.today(), 'DATE_FORMAT')}"
    assert told(client, "Answers that arrived") == {record.reference: ended}
    progress.again(record, by=officer, company=make.company(body), note="같은 일")
    assert not told(client, "Answers that arrived")


@pytest.mark.parametrize(("days", "is_told"), [(13, True), (15, False)])
def test_a_take_over_is_told_to_its_sender_for_two_weeks(client, days, is_told):
    body, other = make.body(), make.body()
    officer, then = make.officer(body), timezone.now() - days * DAY
    with patch.object(timezone, "now", lambda: then):
        record = workflow.review(make.difficulty(body, officer), by=officer)
        leg = relays.relay(record, by=officer, to=other, kind="hand_over", asked="부탁합니다.")
        relays.take_over(leg, by=make.officer(other))
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert (record.reference in told(client, "Answers that arrived")) == is_told


def test_follow_ups_of_my_body_that_are_late_or_due_within_a_week_stand_on_the_front_page(client):
    today, body = make.today(), make.body()
    meeting = make.meeting(body)
    for what, due_on, done_on in [
        ("지난 일", today - 2 * DAY, None),
        ("이번 주 일", today + 6 * DAY, None),
        ("다음 일", today + 7 * DAY, None),
        ("끝난 일", today - 2 * DAY, today),
        ("날짜 없는 일", None, None),
    ]:
        ActionItem.objects.create(meeting=meeting, what=what, due_on=due_on, done_on=done_on)
    ActionItem.objects.create(meeting=make.meeting(make.body()), what="남의 일", due_on=today)
    client.force_login(make.officer(body))

    panel = panels(client)["기한이 지났거나 일주일 안인 후속조치"]

    assert [name for _address, name, _remark in panel.rows] == ["지난 일", "이번 주 일"]
    assert "2일 지남" in panel.rows[0][2] and "지남" not in panel.rows[1][2]
    asked = {"unfinished": 4, "late": 1, "due": 2}
    for question, count in asked.items():
        page = client.get(reverse("admin:missions_actionitem_changelist"), {"ask": question})
        assert page.context["cl"].result_count == count


def test_what_a_meeting_decided_stands_on_the_front_page_of_whoever_is_responsible(client):
    body = make.body()
    meeting, owner = make.meeting(body), make.staff("mission_officer", body, language="en")
    decided = {"meeting": meeting, "kind": "decision", "due_on": timezone.localdate() + 40 * DAY}
    ActionItem.objects.create(what="세관에 공문을 보냄", owner=owner, **decided)
    ActionItem.objects.create(what="남이 할 일", organisation=make.organisation(), **decided)
    client.force_login(owner)

    panel = panels(client)["What I am to do after meetings"]
    assert [name for _address, name, _remark in panel.rows] == ["세관에 공문을 보냄"]
    assert panel.rows[0][2].startswith("decision · ")
    assert client.get(panel.link).context["cl"].result_count == 1
    client.force_login(make.officer(body))
    assert "회의 후 내가 할 일" not in panels(client)


def test_a_decision_without_a_day_or_anybody_responsible_is_refused_at_the_desk(client):
    body = make.body()
    item = ActionItem.objects.create(meeting=make.meeting(body), what="공들여 적은 결정")
    client.force_login(make.officer(body))

    refused = forms.change(client, forms.address(item), kind="decision", due_on=str(make.DAY))
    assert "책임" in str(refused.context["adminform"].form.errors) and "공들여 적은 결정" in forms.text(refused)
    owner = make.officer(body)
    assert forms.change(client, forms.address(item), kind="decision", due_on=str(make.DAY), owner=owner.pk).url
    ActionItem.objects.update(owner=make.staff("ministry"))
    assert forms.change(client, forms.address(item), what="고친 글").status_code == 302
    item.refresh_from_db()
    assert (item.kind, item.what) == ("decision", "고친 글")


@pytest.mark.parametrize(
    ("written", "until", "is_told"), [(29, 40, True), (31, 31, False), (31, 29, True), (0, -60, True)]
)
def test_a_handover_note_is_told_for_thirty_days_to_whoever_is_posted_there(client, written, until, is_told):
    today, body = make.today(), make.body()
    leaver, heir = make.officer(body), make.staff("mission_officer", body, language="en")
    at = timezone.now() - written * DAY
    values = {"until_on": today - until * DAY, "written_at": at, "written_by": leaver, "facts": "현황"}
    HandoverNote.objects.create(body=body, user=leaver, **values)
    HandoverNote.objects.create(body=make.body(), user=leaver, **values)
    client.force_login(heir)

    panel = panels(client).get("Handover notes")
    assert (panel is not None) == is_told
    if is_told:
        assert len(panel.rows) == 1 == client.get(panel.link).context["cl"].result_count
    client.force_login(leaver)
    assert "인수인계서" not in panels(client)


def test_nobody_is_made_responsible_for_a_follow_up_that_they_cannot_see(client):
    item = ActionItem.objects.create(meeting=make.meeting(make.body()), what="공들여 적은 일")
    client.force_login(make.staff("ministry"))

    refused = forms.change(client, forms.address(item), owner=make.officer(make.body()).pk)
    assert "owner" in refused.context["adminform"].form.errors and "공들여 적은 일" in forms.text(refused)
    assert forms.change(client, forms.address(item), owner=make.officer(item.meeting.body).pk).status_code == 302


def test_an_officer_without_a_posting_is_told_why_the_desk_is_empty(client):
    told = "지정된 담당이 없습니다. 부처 담당자에게 담당 지정을 요청해 주십시오."
    officer = make.officer(make.body())
    client.force_login(officer)
    assert told not in forms.text(client.get(reverse("admin:index")))
    officer.postings.update(until_on=make.DAY)
    assert told in forms.text(client.get(reverse("admin:index")))
    for role in ("ministry", "approver", "auditor"):
        client.force_login(make.staff(role))
        assert told not in forms.text(client.get(reverse("admin:index")))


@pytest.mark.parametrize("role", ["approver", "ministry"])
def test_texts_waiting_for_approval_come_first_for_those_who_approve(client, role):
    make.case(make.body(), "awaiting")
    client.force_login(make.staff(role, language="en"))

    assert next(iter(panels(client))) == "Texts waiting for approval"


def test_published_texts_without_english_wait_for_those_who_may_write_it(client):
    body = make.body()
    case = make.case(body, happened_en="It was late.", done_en="")
    make.case(body, happened_en="It was late.", done_en="It was solved.")
    make.case(body, "draft")
    item = make.information(body)
    make.information(body, text_en="Text")
    make.information(body, is_published=False)
    client.force_login(make.staff("mission_officer", body, language="en"))

    assert [row[0] for row in panels(client)["Cases to be put into English"].rows] == [forms.address(case)]
    assert "Local information to be put into English" not in panels(client)
    client.force_login(make.staff("domestic_secretariat", make.home(), language="en"))
    assert [row[0] for row in panels(client)["Local information to be put into English"].rows] == [forms.address(item)]
    client.force_login(make.staff("approver", language="en"))
    assert not [title for title in panels(client) if "English" in title]


def test_local_information_waits_under_the_turn_of_those_who_act_next(client):
    body = make.body()
    author, other, secretary = make.officer(body), make.officer(body), make.secretary()
    items = {
        "Local information to be published or returned": make.relayed(body, "sent", drafted_by=author),
        "Local information that came back": make.relayed(body, "sent", drafted_by=author),
        "Local information to be distributed": make.relayed(body, "published", drafted_by=author),
    }
    to_publish, back, to_distribute = items
    information.send_back(items[back], by=secretary, note="고쳐 주십시오.")
    urgent = make.relayed(body, "sent", drafted_by=author, urgent="내일 시행")
    awaited = "Local information awaiting publication"
    expected = {
        secretary: {to_publish: [urgent, items[to_publish]], to_distribute: [items[to_distribute]]},
        author: {back: [items[back]], awaited: [urgent, items[to_publish]]},
        other: {to_publish: [urgent], back: [items[back]], awaited: [urgent, items[to_publish]]},
    }
    for user, mine in expected.items():
        user.language = "en"
        user.save()
        client.force_login(user)
        found = {title: panel for title, panel in panels(client).items() if title in {*items, awaited}}
        assert {title: [row[0] for row in panel.rows] for title, panel in found.items()} == {
            title: [forms.address(item) for item in rows] for title, rows in mine.items()
        }
        for panel in found.values():
            listed = client.get(panel.link).context["cl"].result_list
            assert {forms.address(row) for row in listed} == {row[0] for row in panel.rows}


def test_filing_is_offered_first_to_those_who_may_file(client):
    address = reverse("admin:missions_difficulty_add")
    client.force_login(make.officer(make.body()))
    front = client.get(reverse("admin:index")).content.decode()
    assert front.index(address) < front.index('class="desk"')
    client.force_login(make.staff("ministry"))
    assert address not in client.get(reverse("admin:index")).content.decode()
