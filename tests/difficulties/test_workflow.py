"""A difficulty moves exactly as the table of steps says, and every move is remembered."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from missions.difficulties import closing, progress, workflow
from missions.difficulties.clocks import working_days_after
from missions.difficulties.workflow import StepRefused
from missions.fields.dates import today_in
from missions.models import Action, Body, Difficulty, DifficultyEvent, OfficeCalendar, Relay
from missions.publication import workflow as publishing
from missions.statistics import months
from missions.statistics.counters import COUNTERS
from tests import make
from tests.difficulties.steps import C, P, Scene, take

pytestmark = pytest.mark.usefixtures("programme")


def test_taking_over_moves_holder_and_owner_and_is_remembered_with_both_bodies():
    scene = Scene(kind="hand_over")
    scene.take("take_over", scene.people["receiver"])
    record = Difficulty.objects.get()
    event = record.events.last()

    assert (record.holder, record.owner) == (scene.receiver, scene.people["receiver"])
    assert (event.from_holder, event.to_holder) == (scene.holder, scene.receiver)
    assert record.reference.startswith(scene.holder.code)


def test_taking_over_ends_the_senders_wait_and_its_day_and_keeps_a_due_day_of_the_difficulty():
    ten_days = working_days_after(today_in("Asia/Ho_Chi_Minh"), 10, OfficeCalendar(make.body()))
    for waiting_on, due_on in (("company", ten_days), ("nobody", make.tomorrow())):
        scene = Scene(kind="hand_over")
        holder = scene.people["holder"]
        progress.wait(scene.difficulty, by=holder, waiting_on=waiting_on, note="서류", until=make.tomorrow())

        scene.take("take_over", scene.people["receiver"])
        record = Difficulty.objects.get(pk=scene.difficulty.pk)
        assert (record.waiting_on, record.due_on) == ("nobody", due_on)


def test_the_body_it_came_from_and_each_body_it_was_sent_to_go_on_seeing_it():
    scene = Scene(kind="hand_over")
    scene.take("take_over", scene.people["receiver"])

    for person in ("holder", "receiver"):
        assert scene.difficulty in Difficulty.objects.visible_to(scene.people[person])
    for person in ("outsider", "former"):
        assert scene.difficulty not in Difficulty.objects.visible_to(scene.people[person])


def test_who_filed_it_holds_it_or_stood_at_an_end_of_a_relay_sees_it_and_adds_to_it_and_nobody_else():
    scene, filer, holder = Scene(kind="help"), make.body(), make.body()
    scene.take("answer", scene.people["receiver"])
    Difficulty.objects.update(filed_through=filer, holder=holder)  # one reason a body, as only a test may have it
    overseer = make.staff("auditor", make.body())
    overseer.groups.add(Group.objects.get(name="mission_officer"))

    for body in (filer, holder, scene.holder, scene.receiver):
        assert scene.take("again", make.officer(body)).events.last().step == "again"
    with pytest.raises(StepRefused, match=str(holder)):
        scene.take("again", overseer)
    assert scene.difficulty in Difficulty.objects.visible_to(overseer)
    assert scene.difficulty not in Difficulty.objects.visible_to(scene.people["outsider"])


def test_a_relay_for_information_ends_when_it_is_acknowledged_and_keeps_nothing_from_closing():
    scene = Scene(kind="information")
    closing.close(scene.difficulty, by=scene.people["holder"], outcome="advice", solution="안내")
    scene.take("acknowledge", scene.people["receiver"])
    scene.leg.refresh_from_db()

    assert scene.leg.ending == "noted" and scene.leg.answer_by is None


def test_an_action_of_the_wrong_organisation_is_corrected_with_its_trace_and_counts_no_longer():
    scene, right = Scene(step="correct"), make.organisation()
    holder, wrong = scene.people["holder"], scene.action
    instead = Action(organisation=right, kind="advice", done_on=make.DAY, what="자문")

    scene.take("correct", holder, right=instead)

    kept, event = Action.objects.get(pk=wrong.pk), scene.difficulty.events.last()
    assert (kept.withdrawn_by, kept.withdrawn_because) == (holder, "다른 기관의 일입니다.")
    assert [str(name) in event.note for name in (wrong.organisation, right, "다른 기관의 일입니다.")] == [True] * 3
    assert [row.organisation for row in Action.objects.not_withdrawn()] == [right]
    with pytest.raises(StepRefused, match="이미 철회"):
        scene.take("correct", holder)


def test_what_a_correction_withdrew_is_in_no_counter_and_in_no_text_for_the_public():
    scene = Scene(kind="information", step="correct")
    holder, linkage = scene.people["holder"], make.linkage(scene.difficulty)

    def counted():
        rows = [COUNTERS[name].rows().count() for name in ("difficulties", "linkages")]
        return [*rows, len(months._difficulties()), len(months._linkages())]

    take("act", scene.difficulty, by=holder)  # as ``months`` counts only what a step recorded
    assert counted() == [1, 1, 1, 1]
    for record in [*Action.objects.all(), linkage]:
        scene.take("correct", holder, record=record)
    assert counted() == [0, 0, 0, 0]
    make.linkage(scene.difficulty)

    record = closing.close(scene.difficulty, by=holder, outcome="advice", solution="안내")
    assert not publishing.begin_from(record, by=holder).actors.exists()


def test_open_relays_never_tangle():
    scene = Scene(kind="hand_over")
    for kind in ("hand_over", "help"):
        with pytest.raises(StepRefused):
            scene.send(kind, make.body())
    scene.take("recall", scene.people["holder"])
    scene.send("help", scene.asked)
    with pytest.raises(StepRefused):
        scene.send("help", scene.asked)
    with pytest.raises(StepRefused):
        scene.send("hand_over", scene.receiver)
    assert scene.send("help", scene.receiver).pk


@pytest.mark.parametrize("owner", ["receiver", "former", "closed", "auditor", "ministry", None])
def test_an_owner_is_somebody_posted_to_the_holder(owner):
    scene = Scene()
    scene.people["closed"] = make.staff("mission_officer", scene.holder, is_active=False)
    with pytest.raises(StepRefused):
        workflow.assign(scene.difficulty, by=scene.people["holder"], owner=scene.people.get(owner))


def test_a_step_from_a_stale_page_is_refused_and_says_so():
    scene = Scene()
    seen = scene.difficulty.events.last().pk
    progress.wait(
        scene.difficulty,
        by=scene.people["holder"],
        waiting_on="company",
        note="기다림",
        until=make.tomorrow(),
        seen=seen,
    )

    with pytest.raises(StepRefused, match="그사이"):
        progress.wait(scene.difficulty, by=scene.people["holder"], waiting_on="nobody", note="끝", seen=seen)
    assert Difficulty.objects.get().waiting_on == "company"


def test_a_leg_is_answered_once_and_not_after_its_recall():
    scene = Scene(kind="help")
    scene.take("recall", scene.people["holder"])

    with pytest.raises(StepRefused, match="이미"):
        scene.take("answer", scene.people["receiver"])


@pytest.mark.parametrize("name", ["answer", "return_leg", "recall"])
def test_a_leg_is_acknowledged_by_its_receivers_answer_and_not_by_its_recall(name):
    scene = Scene(kind="help")
    by = scene.people["holder" if name == "recall" else "receiver"]
    scene.take(name, by)
    scene.leg.refresh_from_db()

    assert scene.leg.acknowledged_by == (None if name == "recall" else by)


@pytest.mark.parametrize("name", ["relay", "wait", "return_leg", "answer", "recall", "reopen"])
def test_words_that_a_step_needs_cannot_be_left_out(name):
    scene = Scene(
        C if name == "reopen" else P, {"return_leg": "help", "answer": "help", "recall": "help"}.get(name, "")
    )
    words = {
        "relay": "asked",
        "wait": "note",
        "return_leg": "reason",
        "answer": "text",
        "recall": "reason",
        "reopen": "reason",
    }
    person = "receiver" if name in ("return_leg", "answer") else "holder"

    with pytest.raises(StepRefused):
        scene.take(name, scene.people[person], **{words[name]: "  "})


@pytest.mark.parametrize("change", [lambda rows: rows.update(note="고침"), lambda rows: rows.delete()])
def test_the_database_refuses_to_rewrite_the_history(change):
    Scene()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(DifficultyEvent.objects.all())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM missions_difficultyevent")
    assert DifficultyEvent.objects.count() == 3


def test_the_database_refuses_to_empty_the_history_or_to_replace_a_row_of_it():
    Scene()
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")  # else what is still to be checked refuses it
    statements = {
        "postgresql": ["TRUNCATE missions_difficultyevent CASCADE", "TRUNCATE missions_difficulty CASCADE"],
        "sqlite": [
            "REPLACE INTO missions_difficultyevent SELECT * FROM missions_difficultyevent",
            "INSERT OR REPLACE INTO missions_difficultyevent SELECT * FROM missions_difficultyevent LIMIT 1",
        ],
    }
    for statement in statements[connection.vendor]:
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            connection.cursor().execute(statement)
    assert DifficultyEvent.objects.count() == 3


def test_where_days_end_later_than_where_it_was_reported_an_action_may_be_of_the_day_before():
    record = make.difficulty(Body.objects.get(code="KOR"), reported_on=datetime.date(2024, 5, 2))

    def early(days, body):
        done_on = record.reported_on - datetime.timedelta(days=days)
        return Action(difficulty=record, done_on=done_on, recorded_by=make.officer(body))

    early(1, make.body()).clean()
    for days, body in ((2, make.body()), (1, record.filed_through)):
        with pytest.raises(ValidationError, match="2024년 5월 2일"):
            early(days, body).clean()


def test_an_action_is_not_older_than_the_report():
    scene = Scene()
    action = Action(organisation=make.organisation(), kind="advice", done_on=datetime.date(2024, 5, 1), what="안내")

    with pytest.raises(ValidationError, match="2024년 5월 2일"):
        progress.act(scene.difficulty, action, by=scene.people["holder"])
    action.done_on = scene.difficulty.reported_on
    progress.act(scene.difficulty, action, by=scene.people["holder"])


def test_what_is_late_is_late_for_sender_and_receiver_alike():
    scene = Scene(kind="help")
    scene.leg.refresh_from_db()
    zone = ZoneInfo(scene.leg.receiver.time_zone)
    last = datetime.datetime.combine(scene.leg.acknowledge_by, datetime.time(23, 59), zone)
    after = last + datetime.timedelta(minutes=1)

    assert not scene.leg.is_late(last) and scene.leg not in Relay.objects.late(last)
    assert scene.leg.is_late(after)
    for person in ("holder", "receiver"):
        assert scene.leg in Relay.objects.visible_to(scene.people[person]).late(after)
    scene.take("acknowledge", scene.people["receiver"])
    assert scene.leg not in Relay.objects.late(after)


def test_the_history_is_kept_in_korean_whatever_language_its_writer_reads():
    body = make.body()
    holder, firm = make.officer(body), make.company(body, name_ko="㈜바다", name_en="Bada")
    organisation = make.organisation(name_ko="바다기관", name_en="Sea agency")
    with override("en"):
        record = make.difficulty(body, holder)
        workflow.accept(record, by=holder, owner=holder)
        progress.wait(record, by=holder, waiting_on="company", note="x", until=make.tomorrow())
        given = {"organisation": organisation, "done_on": make.DAY, "what": "x"}
        progress.act(record, Action(kind="advice", **given), by=holder)
        wrong = record.actions.get()
        progress.correct(record, by=holder, record=wrong, reason="x", right=Action(kind="briefing", **given))
        progress.code(record, by=holder, ends=False)
        progress.again(record, by=holder, company=firm, note="x")
        closing.close(record, by=holder, outcome="advice", solution="x")
        closing.confirm(record, by=holder, confirmation="agrees", report=record.further_reports.get())
    notes = dict(record.events.exclude(note="").values_list("step", "note"))

    assert {"wait", "act", "correct", "code", "again", "close", "confirm"} <= notes.keys()
    for step in ("wait", "act", "correct", "code", "again", "close", "confirm"):
        english = set(re.findall("[a-z]{2,}", notes[step]))
        assert not english and re.search("[가-힣]", notes[step]), notes[step]
