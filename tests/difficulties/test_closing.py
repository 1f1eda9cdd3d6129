"""How a difficulty ends: each outcome with what it demands, and what the firm says of it."""

import pytest

from missions.difficulties import closing
from missions.difficulties.workflow import StepRefused
from missions.models import HELPED, Confirmation, Difficulty, Outcome, Relay, User
from tests import make
from tests.difficulties.steps import C, P, Scene, V

pytestmark = pytest.mark.usefixtures("programme")


@pytest.mark.parametrize("kind", ["hand_over", "help"])
def test_a_difficulty_with_an_open_relay_cannot_be_closed(kind):
    scene = Scene(kind=kind)
    scene.send("information", scene.asked)

    with pytest.raises(StepRefused, match="이관"):
        closing.close(scene.difficulty, by=scene.people["holder"], outcome="advice", solution="안내")


@pytest.mark.parametrize(
    ("outcome", "given", "lacking"),
    [
        *[(outcome, {"solution": "해결"}, {}) for outcome in ("resolved", "resolved_in_part", "workaround", "advice")],
        *[(o, {"reason": "사유"}, {"solution": "해결"}) for o in ("not_resolvable", "withdrawn", "not_a_difficulty")],
        ("referred", {"referred_to": "organisation"}, {"solution": "해결"}),
        ("duplicate", {"duplicate_of": "difficulty"}, {"reason": "사유"}),
    ],
)
def test_each_outcome_demands_its_own(outcome, given, lacking):
    scene = Scene(stage=V)
    Relay.objects.all().update(ended_at=make.NOON, ended_by=scene.people["holder"], ending="recalled")
    holder = scene.people["holder"]
    rows = {"organisation": make.organisation, "difficulty": lambda: make.difficulty(scene.holder, holder)}
    given = {name: rows[value]() if value in rows else value for name, value in given.items()}

    with pytest.raises(StepRefused):
        closing.close(scene.difficulty, by=holder, outcome=outcome, **lacking)
    assert closing.close(scene.difficulty, by=holder, outcome=outcome, **given).outcome == outcome


def test_every_outcome_has_its_demand():
    named = {*HELPED} | closing.WITH_REASON | {Outcome.REFERRED, Outcome.DUPLICATE}
    assert named == set(Outcome)


def test_a_duplicate_names_an_original_that_its_reader_may_see_and_no_circle():
    scene = Scene()
    Relay.objects.all().update(ended_at=make.NOON, ended_by=scene.people["holder"], ending="recalled")
    holder = scene.people["holder"]
    foreign = make.difficulty(make.body())
    with pytest.raises(StepRefused):
        closing.close(scene.difficulty, by=holder, outcome="duplicate", duplicate_of=foreign)
    second = make.difficulty(scene.holder, holder)
    closing.close(second, by=holder, outcome="duplicate", duplicate_of=scene.difficulty)
    with pytest.raises(StepRefused):
        closing.close(
            scene.difficulty, by=holder, outcome="duplicate", duplicate_of=Difficulty.objects.get(pk=second.pk)
        )


def test_a_firm_that_disagrees_reopens_its_difficulty():
    scene = Scene(stage=C)
    record = scene.take("confirm", scene.people["holder"], confirmation="disagrees", note="아직 막혀 있습니다.")

    assert (record.stage, record.outcome, record.confirmation) == (P, "", Confirmation.DISAGREES)
    assert "아직 막혀" in record.events.last().note


def test_what_the_firm_says_of_one_close_is_not_said_of_the_next():
    scene = Scene(stage=C)
    for name, said in [("confirm", "agrees"), ("reopen", "agrees"), ("close", "not_asked")]:
        assert scene.take(name, scene.people["holder"]).confirmation == said


DISAGREES = {"confirmation": "disagrees", "note": "아직 막혀 있습니다."}


@pytest.mark.parametrize(("name", "values"), [("reopen", {}), ("confirm", DISAGREES)])
@pytest.mark.parametrize("leaves", ["", "posting", "account"])
def test_a_reopened_difficulty_keeps_its_owner_only_where_they_may_still_own_it(leaves, name, values):
    scene = Scene(stage=C)
    owner = scene.people["holder"]
    if leaves == "posting":
        owner.postings.update(until_on=make.DAY)
    elif leaves == "account":
        User.objects.filter(pk=owner.pk).update(is_active=False)

    record = scene.take(name, make.officer(scene.holder), **values)

    assert record.owner == record.events.last().to_owner == (None if leaves else owner)


def test_a_ring_of_duplicates_is_refused_and_one_that_stands_already_ends_the_search():
    scene = Scene()
    officer = scene.people["holder"]
    first, second, third = (make.difficulty(scene.holder, officer) for _ in range(3))
    closing.close(first, by=officer, outcome="duplicate", duplicate_of=second)
    with pytest.raises(StepRefused):
        closing.close(second, by=officer, outcome="duplicate", duplicate_of=first)

    Difficulty.objects.filter(pk=second.pk).update(duplicate_of=first)
    closing.close(third, by=officer, outcome="duplicate", duplicate_of=first)
    assert Difficulty.objects.get(pk=third.pk).duplicate_of == first
