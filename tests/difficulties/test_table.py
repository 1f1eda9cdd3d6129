"""Each step is taken at the stages and by those that the agreed table names, and by nobody else."""

import pytest
from django.db import transaction

from missions.difficulties import workflow
from missions.difficulties.workflow import StepRefused
from missions.models import Difficulty, RelayKind, Stage
from tests.difficulties.steps import AGREED, C, Scene, is_searched_as_it_stands

ALONE = ("reply", "correct")  # steps for which the scene has something that the others would meet too
CASES = [(stage, kind, "") for stage in Stage for kind in ("", *RelayKind)]
CASES += [(stage, "", step) for stage in Stage for step in ALONE]


def test_the_table_is_the_one_agreed():
    assert {
        name: (set(step.sources), set(step.who), set(step.kinds)) for name, step in workflow.STEPS.items()
    } == AGREED


def allowed(scene, name, stage, person, kind):
    """Whether the agreed table lets this person take the step in this scene."""
    stages, who, kinds = AGREED[name]
    named = person in who or (person in ("holder", "sender") and who & {"holder", "sender"})
    if "involved" in who:
        named = person in who or person in ("holder", "sender", "helper")  # the last was asked in these scenes
        named = named or (person == "receiver" and kind)
    if person == "helper" and "involved" not in who and (stage == C or kind):
        named = False  # nobody asked in this scene
    if name == "close" and scene.difficulty.relays.binding().exists():
        return False
    return stage in stages and bool(named) and (not kinds or kind in kinds)


def plant():
    """A scene for each kind of relay, and one without."""
    return {kind: Scene(kind=kind) for kind in ("", *RelayKind)}


@pytest.mark.dealt_out
@pytest.mark.parametrize(("stage", "kind", "alone"), CASES, ids=["-".join(filter(None, case)) for case in CASES])
def test_a_step_is_taken_by_those_the_table_names_and_refused_to_others(scene, stage, kind, alone):
    scene = scene[kind]
    scene.set(stage, alone)
    rows = Difficulty.objects.filter(pk=scene.difficulty.pk)
    before, events = rows.values().get(), scene.difficulty.events.count()
    others = {name for name, (_, _, kinds) in AGREED.items() if bool(kinds) == bool(kind)} - {*ALONE}
    steps = {alone} if alone else others

    for person, by in scene.people.items():
        offered = steps & {step.name for step, _leg in workflow.steps_for(rows.get(), by)}
        assert offered == {name for name in steps if allowed(scene, name, stage, person, kind)}, person
        for name in steps:
            attempt = transaction.savepoint()
            if name in offered:
                scene.take(name, by)
                assert scene.difficulty.events.count() == events + 1
                event = scene.difficulty.events.last()
                assert (event.step, event.by, event.by_name, event.from_stage) == (name, by, str(by), stage)
                after = rows.get()
                assert (event.from_holder, event.to_holder, event.to_stage) == (scene.holder, after.holder, after.stage)
                assert is_searched_as_it_stands(after), name
            else:
                with pytest.raises(StepRefused):
                    scene.take(name, by)
                assert scene.difficulty.events.count() == events
                assert rows.values().get() == before
            transaction.savepoint_rollback(attempt)
