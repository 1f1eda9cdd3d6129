"""Whatever people do with a difficulty in whatever order, these things stay true."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from missions.admin.difficulty.questions import QUESTIONS
from missions.difficulties import workflow
from missions.difficulties.workflow import StepRefused
from missions.models import Difficulty, Outcome, RelayKind, Stage, WaitingOn
from tests import make, tries
from tests.difficulties.steps import is_searched_as_it_stands, take

pytestmark = pytest.mark.usefixtures("programme")
PEOPLE = range(7)
TEXT = st.sampled_from(["", "  ", "글", "설명합니다.\n" * 3])


@seed(tries.SEED)
class Desk(RuleBasedStateMachine):
    """Three bodies with two officers each, somebody of the ministry, and one difficulty between them."""

    bodies = people = pk = None  # the test says them

    def __init__(self):
        super().__init__()
        self.start = transaction.savepoint()

    def teardown(self):
        transaction.savepoint_rollback(self.start)

    @property
    def row(self):
        return Difficulty.objects.get(pk=self.pk)

    def attempt(self, name, by, row=None, **values):
        before = Difficulty.objects.filter(pk=self.pk).values().get()
        count = self.row.events.count()
        try:
            with transaction.atomic():
                take(name, row or self.row, by=self.people[by], **values)
        except StepRefused:
            assert Difficulty.objects.filter(pk=self.pk).values().get() == before
            assert self.row.events.count() == count
        else:
            assert self.row.events.count() == count + 1
            assert is_searched_as_it_stands(self.row), name

    @rule(by=st.sampled_from(PEOPLE))
    def review(self, by):
        self.attempt("review", by)

    @rule(by=st.sampled_from(PEOPLE), owner=st.sampled_from(PEOPLE), name=st.sampled_from(["accept", "assign"]))
    def own(self, by, owner, name):
        self.attempt(name, by, owner=self.people[owner])

    @rule(by=st.sampled_from(PEOPLE))
    def act(self, by):
        self.attempt("act", by)

    @rule(
        by=st.sampled_from(PEOPLE),
        on=st.sampled_from(["company", "nobody", "ministry", "domestic_body", "moon"]),
        days=st.sampled_from([None, -1, 0, 30]),
        note=TEXT,
    )
    def wait(self, by, on, days, note):
        until = None if days is None else timezone.localdate() + datetime.timedelta(days=days)
        self.attempt("wait", by, waiting_on=on, note=note, until=until)

    @rule(by=st.sampled_from(PEOPLE), text=TEXT)
    def reply(self, by, text):
        self.attempt("reply", by, text=text)

    @rule(by=st.sampled_from(PEOPLE))
    def its_day_passes(self, by):
        past = timezone.localdate() - datetime.timedelta(days=by)
        Difficulty.objects.open().filter(pk=self.pk).update(due_on=past, counted_from=None)

    @rule(by=st.sampled_from(PEOPLE), to=st.sampled_from(range(3)), kind=st.sampled_from(RelayKind.values), asked=TEXT)
    def relay(self, by, to, kind, asked):
        self.attempt("relay", by, to=self.bodies[to], kind=kind, asked=asked)

    @precondition(lambda self: self.row.relays.exists())
    @rule(
        by=st.sampled_from(PEOPLE),
        which=st.integers(0, 9),
        name=st.sampled_from(["acknowledge", "take_over", "return_leg", "answer", "recall"]),
        text=TEXT,
    )
    def answer(self, by, which, name, text):
        legs = list(self.row.relays.order_by("pk"))
        words = {"return_leg": {"reason": text}, "recall": {"reason": text}, "answer": {"text": text}}
        self.attempt(name, by, legs[which % len(legs)], **words.get(name, {}))

    @rule(by=st.sampled_from(PEOPLE), outcome=st.sampled_from(Outcome.values), text=TEXT)
    def close(self, by, outcome, text):
        self.attempt("close", by, outcome=outcome, solution=text, reason=text)

    @rule(by=st.sampled_from(PEOPLE), reason=TEXT)
    def reopen(self, by, reason):
        self.attempt("reopen", by, reason=reason)

    @rule(
        by=st.sampled_from(PEOPLE),
        said=st.sampled_from(["asked", "agrees", "disagrees", "no_reply", "not_asked"]),
        note=TEXT,
    )
    def confirm(self, by, said, note):
        self.attempt("confirm", by, confirmation=said, note=note)

    @invariant()
    def these_things_stay_true(self):
        row = self.row
        self.it_has_a_day_while_it_is_open_and_none_afterwards(row)
        self.whoever_must_move_has_it_under_my_turn(row)
        self.its_owner_is_posted_to_its_holder(row)
        self.at_most_one_hand_over_is_open_and_none_when_closed(row)
        self.it_has_an_outcome_exactly_when_closed(row)
        self.its_events_replay_to_where_it_stands(row)
        self.clocks_never_run_backwards(row)

    def it_has_a_day_while_it_is_open_and_none_afterwards(self, row):
        assert (row.due_on is None) == (row.stage == Stage.CLOSED)
        assert row.counted_from is None or row.counted_from <= row.due_on

    def whoever_must_move_has_it_under_my_turn(self, row):
        if row.stage == Stage.CLOSED:
            return
        legs = list(row.relays.open())
        ministry = row.waiting_on == WaitingOn.MINISTRY
        holder, asked = self.officer(row.holder), [self.officer(leg.receiver) for leg in legs]
        asked += [self.people[-1]] if ministry else []
        ahead = row.is_outside and row.due_on > timezone.localdate()
        if not (ministry or ahead or any(leg.needs_answer for leg in legs)):
            asked.append(holder)
        assert all(self.is_told(person, "my_turn") for person in asked), row.waiting_on
        assert self.is_told(holder, "my_turn", "with_others")

    def officer(self, body):
        return self.people[2 * self.bodies.index(body)]

    def is_told(self, person, *questions):
        """Whether a panel of the person's front page names the difficulty: those that ask these questions."""
        rows, today = Difficulty.objects.visible_to(person), timezone.localdate()
        return any(QUESTIONS[name][1](rows, person, today).filter(pk=self.pk).exists() for name in questions)

    def its_owner_is_posted_to_its_holder(self, row):
        assert row.owner is None or workflow.may_own(row.owner, row.holder)

    def at_most_one_hand_over_is_open_and_none_when_closed(self, row):
        assert row.relays.open().filter(kind=RelayKind.HAND_OVER).count() <= 1
        assert row.stage != Stage.CLOSED or not row.relays.binding().exists()

    def it_has_an_outcome_exactly_when_closed(self, row):
        assert (row.stage == Stage.CLOSED) == bool(row.outcome)

    def its_events_replay_to_where_it_stands(self, row):
        stage, holder = "", None
        for event in row.events.order_by("pk"):
            assert (event.from_stage, event.from_holder_id) == (stage, holder)
            stage, holder, owner = event.to_stage, event.to_holder_id, event.to_owner_id
        assert (row.stage, row.holder_id, row.owner_id) == (stage, holder, owner)

    def clocks_never_run_backwards(self, row):
        for leg in row.relays.all():
            assert leg.acknowledge_by >= leg.sent_at.date()
            assert leg.answer_by is None or leg.answer_by >= leg.acknowledge_by
            assert leg.acknowledged_at is None or leg.acknowledged_at >= leg.sent_at
            assert leg.ended_at is None or leg.ended_at >= leg.sent_at


def test_every_sequence_of_steps_keeps_the_invariants():
    bodies = [make.body() for _ in range(3)]
    people = [make.officer(body) for body in bodies for _ in range(2)] + [make.staff("ministry")]
    Desk.bodies, Desk.people, Desk.pk = bodies, people, make.difficulty(bodies[0], people[0]).pk
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=tries.here(25),
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
