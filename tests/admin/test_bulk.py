"""Relaying and reassigning many difficulties: what the preview says happens, and nothing else."""

import html
import re
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from missions.admin.difficulty import bulk
from missions.difficulties import progress, relays, workflow
from missions.models import Body, Difficulty, DifficultyEvent, Posting, Relay
from tests import make
from tests.forms import signed_in

pytestmark = pytest.mark.usefixtures("programme")
LIST = reverse("admin:missions_difficulty_changelist")
ASKED = {"kind": "help", "asked": "현지 세관에 확인을 부탁합니다."}


class Desk:
    """An officer at the list of difficulties of their body, and a body to relay to."""

    def __init__(self, user=None):
        self.body, self.other = make.body(), make.body()
        make.officer(self.other)
        self.officer = user or make.officer(self.body)
        self.client = signed_in(self.officer)

    def row(self, stage="in_review", body=None):
        body = body or self.body
        by = self.officer if body == self.body and self.officer.has_perm(workflow.HANDLE) else make.officer(body)
        record = make.difficulty(body, by)
        if stage != "received":
            workflow.review(record, by=by)
        Difficulty.objects.filter(pk=record.pk).update(**make.closed() if stage == "closed" else {"stage": stage})
        return Difficulty.objects.get(pk=record.pk)

    def choose(self, name, rows, **values):
        """The address that the action of the list leads to."""
        posted = {"action": f"bulk_{name}", "_selected_action": [row.pk for row in rows]} | values
        return self.client.post(LIST, posted).headers["Location"]

    def post(self, address, do, **values):
        return self.client.post(address, values | {"do": do})

    def confirm(self, address, preview, **values):
        """Press the button of the preview; the messages of the page it leads to, in one text."""
        posted = hidden(preview) | values
        response = self.client.post(address, posted | {"do": "confirm"}, follow=True)
        return html.unescape("\n".join(re.sub("<[^>]+>", "", str(said)) for said in response.context["messages"]))


def hidden(response):
    """What the preview would post."""
    posted = {}
    for entry in re.findall(r'<input type="hidden"[^>]*>', response.content.decode()):
        name, value = (re.search(rf'{key}="([^"]*)"', entry) for key in ("name", "value"))
        if name[1] not in ("csrfmiddlewaretoken", "next"):
            posted.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return posted


def changing(response):
    return [row.pk for row, _taken in response.context["changes"]]


def skipped(response):
    """The sentence that skips each row, by its key."""
    return {row.pk: why for why, rows in response.context["skipped"].items() for row in rows}


@contextmanager
def unchanged():
    def records():
        return [list(model.objects.order_by("pk").values()) for model in (Difficulty, Relay, DifficultyEvent)]

    before = records()
    yield
    assert records() == before


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("mission_officer", {"bulk_relay", "bulk_assign"}),
        ("domestic_secretariat", {"bulk_relay", "bulk_assign"}),
        ("ministry", {"bulk_assign"}),
        ("approver", set()),
        ("auditor", set()),
    ],
)
def test_the_list_offers_a_role_what_it_may_take_and_never_to_delete(role, offered):
    body = make.body()
    make.difficulty(body)
    client = signed_in(make.staff(role, posted_to=body))
    page = client.get(LIST).content.decode()

    assert set(re.findall(r'<option value="(\w+)"', page)) & {"bulk_relay", "bulk_assign", "delete_selected"} == offered
    for name in ("relay", "assign"):
        expected = 302 if f"bulk_{name}" in offered else 403
        assert client.get(reverse("admin:missions_difficulty_bulk", args=[name])).status_code == expected
    assert client.get(reverse("admin:missions_difficulty_bulk", args=["close"])).status_code == 404


def test_a_preview_changes_nothing():
    desk = Desk()
    rows = [desk.row(), desk.row()]
    colleague = make.officer(desk.body)
    with unchanged():
        address = desk.choose("relay", rows)
        assert desk.client.get(address).status_code == 200
        assert len(changing(desk.post(address, "preview", to=desk.other.pk, **ASKED))) == 2
        assert len(changing(desk.post(address, "preview", to=desk.other.pk, **ASKED | {"kind": "hand_over"}))) == 2
        address = desk.choose("assign", rows)
        assert len(changing(desk.post(address, "preview", **{f"owner_{desk.body.pk}": colleague.pk}))) == 2


def test_a_relay_does_what_the_preview_said_and_skips_the_rest_with_its_reason():
    desk = Desk()
    good, second, received, closed = desk.row(), desk.row("in_progress"), desk.row("received"), desk.row("closed")
    handed, asked = desk.row(), desk.row()
    relays.relay(handed, by=desk.officer, to=make.body(), kind="hand_over", asked="이관")
    relays.relay(asked, by=desk.officer, to=desk.other, kind="help", asked="부탁")
    lent = desk.row(body=make.body())
    relays.relay(lent, by=lent.filed_by, to=desk.body, kind="help", asked="부탁")
    rows = [good, second, received, closed, handed, asked, lent]
    address = desk.choose("relay", rows)

    preview = desk.post(address, "preview", to=desk.other.pk, **ASKED)

    assert set(changing(preview)) == {good.pk, second.pk}
    why = skipped(preview)
    assert "접수" in why[received.pk] and "종결" in why[closed.pk]
    assert why[handed.pk] == gettext("The difficulty is being handed over. Recall that relay first.")
    assert why[asked.pk] == gettext("This body has already been asked for help.")
    assert str(lent.holder) in why[lent.pk]
    page = preview.content.decode()
    for row in rows:
        assert row.reference in page and html.escape(row.title) in page
    assert f"{desk.body.code} → {desk.other.code}" in page

    events = DifficultyEvent.objects.count()
    said = desk.confirm(address, preview)

    assert DifficultyEvent.objects.count() == events + 2
    sent = Relay.objects.filter(receiver=desk.other, asked=ASKED["asked"])
    assert {(leg.difficulty_id, leg.kind, leg.sent_by) for leg in sent} == {
        (row.pk, "help", desk.officer) for row in (good, second)
    }
    assert "2건" in said and all(why[row.pk] in said and row.reference in said for row in rows[2:])
    assert good.reference not in said


def test_owners_change_as_the_preview_said_and_the_rest_is_skipped_with_its_reason():
    desk = Desk()
    colleague = make.officer(desk.body)
    free, owned, closed = desk.row("received"), desk.row(), desk.row("closed")
    workflow.assign(owned, by=desk.officer, owner=colleague)
    address = desk.choose("assign", [free, owned, closed])

    preview = desk.post(address, "preview", **{f"owner_{desk.body.pk}": colleague.pk})

    assert changing(preview) == [free.pk]
    assert str(colleague) in skipped(preview)[owned.pk] and "종결" in skipped(preview)[closed.pk]
    said = desk.confirm(address, preview)
    assert "1건" in said and skipped(preview)[owned.pk] in said
    assert [Difficulty.objects.get(pk=row.pk).owner for row in (free, owned, closed)] == [colleague, colleague, None]
    assert [event.step for event in free.events.order_by("pk")] == ["file", "assign"]
    assert owned.events.filter(step="assign").count() == 1


def test_each_holder_gets_an_owner_of_its_own_and_one_left_empty_keeps_its():
    ministry = make.staff("ministry")
    desk = Desk(ministry)
    first, second, third = desk.row(), desk.row(body=make.body()), desk.row(body=make.body())
    people = {row.pk: make.officer(row.holder) for row in (first, second, third)}
    address = desk.choose("assign", [first, second, third])
    form = desk.client.get(address).context["form"]
    for row in (first, second, third):
        offered = set(form.fields[f"owner_{row.holder_id}"].queryset)
        assert people[row.pk] in offered and not offered & {people[other] for other in people if other != row.pk}

    values = {f"owner_{row.holder_id}": people[row.pk].pk for row in (first, second)}
    preview = desk.post(address, "preview", **values)
    assert set(changing(preview)) == {first.pk, second.pk}
    assert str(third.holder) in skipped(preview)[third.pk]
    desk.confirm(address, preview)

    owners = {row.pk: Difficulty.objects.get(pk=row.pk).owner for row in (first, second, third)}
    assert owners == people | {third.pk: None}


def test_people_of_a_body_are_not_offered_to_those_who_may_not_assign_there():
    desk = Desk()
    mine, theirs = desk.row(), desk.row(body=make.body())
    relays.relay(theirs, by=theirs.filed_by, to=desk.body, kind="help", asked="부탁")
    address = desk.choose("assign", [mine, theirs])

    assert list(desk.client.get(address).context["form"].fields) == [f"owner_{desk.body.pk}"]
    stranger = make.officer(theirs.holder)
    preview = desk.post(
        address, "preview", **{f"owner_{desk.body.pk}": stranger.pk, f"owner_{theirs.holder_id}": stranger.pk}
    )
    assert preview.context["changes"] is None
    assert str(desk.body) in str(preview.context["form"].errors)


def test_an_owner_whose_posting_ended_since_the_preview_is_refused_and_nothing_is_done():
    desk = Desk()
    colleague = make.officer(desk.body)
    address = desk.choose("assign", [desk.row(), desk.row()])
    preview = desk.post(address, "preview", **{f"owner_{desk.body.pk}": colleague.pk})
    Posting.objects.filter(user=colleague).update(until_on=make.DAY)

    with unchanged():
        response = desk.client.post(address, hidden(preview) | {"do": "confirm"})
    assert str(desk.body) in str(response.context["form"].errors)


@pytest.mark.parametrize("name", ["relay", "assign"])
def test_what_moved_since_the_preview_is_skipped_and_said_so(name):
    desk = Desk()
    colleague = make.officer(desk.body)
    still, moved = desk.row("in_progress"), desk.row("in_progress")
    address = desk.choose(name, [still, moved])
    values = {"relay": {"to": desk.other.pk, **ASKED}, "assign": {f"owner_{desk.body.pk}": colleague.pk}}[name]
    preview = desk.post(address, "preview", **values)
    assert len(changing(preview)) == 2
    progress.wait(moved, by=desk.officer, waiting_on="company", note="서류", until=make.tomorrow())

    said = desk.confirm(address, preview)

    assert "1건" in said and "그사이 다른 처리" in said and moved.reference in said
    assert [still.events.last().step, moved.events.last().step] == [name, "wait"]
    assert not moved.relays.exists() and Difficulty.objects.get(pk=moved.pk).owner is None


@pytest.mark.parametrize("name", ["relay", "assign"])
def test_what_was_handed_over_since_the_preview_is_skipped_although_the_form_would_differ(name):
    desk = Desk()
    colleague = make.officer(desk.body)
    Posting.objects.create(user=desk.officer, body=desk.other, since_on=make.DAY)
    row = desk.row()
    address = desk.choose(name, [row])
    values = {"relay": {"to": desk.other.pk, **ASKED}, "assign": {f"owner_{desk.body.pk}": colleague.pk}}[name]
    preview = desk.post(address, "preview", **values)
    leg = relays.relay(row, by=desk.officer, to=desk.other, kind="hand_over", asked="이관")
    relays.take_over(leg, by=desk.officer)

    said = desk.confirm(address, preview)

    assert "그사이 다른 처리" in said and row.reference in said
    assert row.events.last().step == "take_over"


def test_a_confirmation_sent_twice_is_done_once():
    desk = Desk()
    row = desk.row()
    address = desk.choose("relay", [row])
    preview = desk.post(address, "preview", to=desk.other.pk, **ASKED | {"kind": "information"})

    desk.confirm(address, preview)
    assert "그사이 다른 처리" in desk.confirm(address, preview)

    assert row.relays.count() == 1 and row.events.filter(step="relay").count() == 1


def test_what_the_preview_skipped_stays_skipped_although_it_became_possible():
    desk = Desk()
    ready, late = desk.row(), desk.row("received")
    address = desk.choose("relay", [ready, late])
    preview = desk.post(address, "preview", to=desk.other.pk, **ASKED)
    workflow.review(late, by=desk.officer)

    said = desk.confirm(address, preview)

    assert "1건" in said and "이제 처리할 수 있으나" in said and late.reference in said
    assert not late.relays.exists()


def test_rows_of_others_never_appear():
    desk = Desk()
    mine, hidden_row = desk.row(), desk.row(body=make.body())
    for name in ("relay", "assign"):
        assert parse_qs(urlsplit(desk.choose(name, [mine, hidden_row])).query)["rows"] == [str(mine.pk)]
        address = f"{reverse('admin:missions_difficulty_bulk', args=[name])}?rows={mine.pk},{hidden_row.pk}"
        values = {"to": desk.other.pk, f"owner_{desk.body.pk}": make.officer(desk.body).pk, **ASKED}
        preview = desk.post(address, "preview", **values)
        seen = hidden(preview)["seen"] + [f"{hidden_row.pk}-{hidden_row.events.last().pk}"]
        with_theirs = desk.client.post(address, hidden(preview) | {"seen": seen, "do": "confirm"}, follow=True)
        for response in (desk.client.get(address), preview, with_theirs):
            assert hidden_row.reference not in response.content.decode()
    assert hidden_row.events.last().step == "review"
    only_theirs = f"{reverse('admin:missions_difficulty_bulk', args=['relay'])}?rows={hidden_row.pk}"
    assert desk.client.get(only_theirs).status_code == 302


@pytest.mark.parametrize(
    "values",
    [
        {"to": "", "kind": "help", "asked": "공들여 적은 글"},
        {"to": "99999999999999999999", "kind": "help", "asked": "공들여 적은 글"},
        {"kind": "nothing", "asked": "공들여 적은 글"},
        {"kind": "help", "asked": "공들여 적은 글" + "가" * 20_000},
    ],
)
@pytest.mark.parametrize("do", ["preview", "confirm"])
def test_a_form_that_is_wrong_keeps_what_was_typed(values, do):
    desk = Desk()
    row = desk.row()
    address = desk.choose("relay", [row])
    seen = f"{row.pk}-{row.events.last().pk}"
    with unchanged():
        response = desk.post(address, do, seen=seen, **{"to": desk.other.pk} | values)

    assert response.status_code == 200 and response.context["form"].errors
    assert "공들여 적은 글" in response.content.decode()


def test_one_goes_back_from_the_preview_to_the_form_with_all_that_was_typed():
    desk = Desk()
    address = desk.choose("relay", [desk.row()])
    preview = desk.post(address, "preview", to=desk.other.pk, **ASKED)
    page = desk.client.post(address, hidden(preview) | {"do": "edit"}).content.decode()

    assert ASKED["asked"] in page.split("<textarea")[1].split("</textarea>")[0]
    assert f'<option value="{desk.other.pk}" selected' in page


@pytest.mark.parametrize("rows", ["", "x", "-1", "0", "99999999999999999999", "1,,2", "%00", "٣"])
def test_an_address_without_rows_leads_back_to_the_list(rows):
    desk = Desk()
    response = desk.client.get(f"{reverse('admin:missions_difficulty_bulk', args=['relay'])}?rows={rows}")

    assert response.status_code in (302, 400)


@pytest.mark.parametrize("seen", ["x", "1", "-", "1-", "-1", "99999999999999999999-1", "0-0"])
def test_a_promise_that_no_preview_made_changes_nothing(seen):
    desk = Desk()
    address = desk.choose("relay", [desk.row()])
    with unchanged():
        assert desk.post(address, "confirm", to=desk.other.pk, seen=seen, **ASKED).status_code == 302


def test_a_choice_of_all_that_match_is_cut_at_the_cap_and_says_so(monkeypatch):
    monkeypatch.setattr(bulk, "CAP", 3)
    desk = Desk()
    rows = [desk.row() for _ in range(4)]
    address = desk.choose("relay", rows[:1], select_across=1)
    response = desk.client.get(address)

    assert len(response.context["able"]) == 3 and "3건" in response.content.decode().split('class="remark"')[1]
    Difficulty.objects.filter(pk=rows[0].pk).update(is_urgent=True, urgent_reason="선적")
    narrowed = desk.client.post(
        f"{LIST}?is_urgent__exact=1", {"action": "bulk_relay", "_selected_action": [rows[0].pk], "select_across": 1}
    )
    response = desk.client.get(narrowed.headers["Location"])
    assert [row.pk for row in response.context["able"]] == [rows[0].pk] and "remark" not in response.content.decode()
    assert response.context["back"] == f"{LIST}?is_urgent__exact=1"


@pytest.mark.parametrize("name", ["relay", "assign"])
def test_a_preview_costs_no_more_a_row_than_the_step_itself(name):
    desk = Desk()
    colleague = make.officer(desk.body)
    rows = [desk.row() for _ in range(6)]
    values = {"relay": {"to": desk.other.pk, **ASKED}, "assign": {f"owner_{desk.body.pk}": colleague.pk}}[name]

    def cost(rows):
        address = desk.choose(name, rows)
        with CaptureQueriesContext(connection) as queries:
            preview = desk.post(address, "preview", **values)
        assert len(changing(preview)) == len(rows)
        return len(queries)

    cost(rows[:1])
    few, many = cost(rows[:1]), cost(rows)
    with CaptureQueriesContext(connection) as step:
        if name == "relay":
            relays.relay(rows[0], by=desk.officer, to=desk.other, **ASKED)
        else:
            workflow.assign(rows[0], by=desk.officer, owner=colleague)
    assert few <= 47  # four of them read what the search finds of a difficulty, three tell people
    assert (many - few) / 5 <= len(step) + 4  # and its own transaction, begun and taken back


def test_refused_rows_cost_no_query_each():
    desk = Desk()
    rows = [desk.row("closed") for _ in range(6)]

    def cost(rows):
        address = desk.choose("relay", rows)
        with CaptureQueriesContext(connection) as queries:
            response = desk.client.get(address)
        assert len(skipped(response)) == len(rows) and "<textarea" not in response.content.decode()
        return len(queries)

    cost(rows[:1])
    assert cost(rows[:1]) == cost(rows)


def test_the_holder_itself_is_not_offered_as_receiver():
    desk = Desk()
    form = desk.client.get(desk.choose("relay", [desk.row()])).context["form"]

    assert set(form.fields["to"].queryset) == set(Body.objects.exclude(pk=desk.body.pk))


def test_the_preview_of_relays_says_which_firm_does_not_let_its_details_go_along():
    desk = Desk()
    rows = [desk.row(), desk.row()]
    rows[0].company.shares_with_mission = True
    rows[0].company.save()

    relayed = desk.post(desk.choose("relay", rows), "preview", to=desk.other.pk, **ASKED).content.decode()
    owned = desk.choose("assign", rows)
    assigned = desk.post(owned, "preview", **{f"owner_{desk.body.pk}": make.officer(desk.body).pk}).content.decode()

    assert relayed.count("동의하지 않았습니다") == 1
    assert "동의하지 않았습니다" in relayed.split(rows[1].reference)[1] and "동의하지 않았습니다" not in assigned
