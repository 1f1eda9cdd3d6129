"""A posting ends while others work: one wins, the other is told, and no difficulty is left without an owner."""

import datetime
from functools import partial

import pytest
from django.utils import timezone

from missions.difficulties import handover, progress, workflow
from missions.models import Difficulty, HandoverNote
from tests import make, tries
from tests.difficulties.test_handover import Scene
from tests.racing import one_winner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]
ROUNDS = tries.rounds(20, on_sqlite=5)


@pytest.mark.parametrize("difficulties", [0, 3])
def test_two_people_who_end_the_same_posting_at_once_end_it_once(at_once, difficulties):
    manager = make.staff("ministry")
    for _ in range(ROUNDS):
        scene = Scene(difficulties)
        acts = [
            partial(handover.hand_over, scene.posting, **scene.given(by=person)) for person in (scene.leaver, manager)
        ]
        results = at_once(*acts)

        assert one_winner(results), results
        assert HandoverNote.objects.filter(user=scene.leaver).count() == 1
        assert [row.events.count() for row in scene.records] == [3] * difficulties


def test_who_becomes_an_owner_while_their_posting_ends_does_not_stay_one(at_once):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    manager = make.staff("ministry")
    for _ in range(ROUNDS):
        scene = Scene(1)
        late = make.difficulty(scene.body, scene.heir)
        given = scene.given(by=manager) | {"until_on": yesterday}
        results = at_once(
            partial(handover.hand_over, scene.posting, **given),
            partial(workflow.accept, late, by=scene.heir, owner=scene.leaver),
        )

        assert one_winner(results), results
        assert not Difficulty.objects.without_owner().exists()


def test_a_handover_and_a_step_with_one_of_its_difficulties_at_once_are_not_mixed(at_once):
    for _ in range(ROUNDS):
        scene = Scene(2)
        waits = {"waiting_on": "company", "note": "서류", "until": make.tomorrow()}
        step = partial(progress.wait, scene.records[1], by=scene.second, **waits)
        results = at_once(partial(handover.hand_over, scene.posting, **scene.given(by=scene.leaver)), step)

        assert results[1] == "won"
        handed = results[0] == "won"
        owners = {Difficulty.objects.get(pk=row.pk).owner for row in scene.records}
        assert owners == {scene.heir if handed else scene.leaver}, results
        scene.posting.refresh_from_db()
        assert (scene.posting.until_on is not None) == handed == HandoverNote.objects.filter(body=scene.body).exists()
