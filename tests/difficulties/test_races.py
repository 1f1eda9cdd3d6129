"""Two people, one difficulty, the same moment: one wins, the other is told, nothing is half done."""

from functools import partial

import pytest
from django.db import transaction

from missions.difficulties import closing, relays, workflow
from missions.difficulties.workflow import StepRefused
from missions.models import Difficulty, Relay, User
from tests import make, tries
from tests.racing import one_winner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]
ROUNDS = tries.rounds(200)


@pytest.fixture
def people(transactional_db):
    """Two officers of the body that holds, and one of the body that is asked."""
    home, away = make.body(), make.body()
    return make.officer(home), make.officer(home), make.officer(away), home, away


def test_the_same_step_taken_twice_at_once_is_taken_once(people, at_once):
    first, second, _third, home, _away = people
    for _ in range(ROUNDS):
        record = make.difficulty(home, first)
        results = at_once(partial(workflow.review, record, by=first), partial(workflow.review, record, by=second))

        assert one_winner(results), results
        assert list(record.events.values_list("step", flat=True)) == ["file", "review"]


def test_take_over_and_recall_at_once_leave_one_holder_and_one_ending(people, at_once):
    first, _second, third, home, away = people
    for _ in range(ROUNDS):
        record = workflow.accept(make.difficulty(home, first), by=first, owner=first)
        leg = relays.relay(record, by=first, to=away, kind="hand_over", asked="부탁")
        results = at_once(
            partial(relays.take_over, leg, by=third), partial(relays.recall, leg, by=first, reason="취소")
        )

        assert one_winner(results), results
        record, leg = Difficulty.objects.get(pk=record.pk), Relay.objects.get(pk=leg.pk)
        taken = leg.ending == "taken_over"
        assert (record.holder, record.owner) == ((away, third) if taken else (home, first))
        assert results.index("won") == (0 if taken else 1)
        assert record.events.count() == 4


def test_two_difficulties_do_not_become_duplicates_of_each_other(people, at_once):
    first, second, _third, home, _away = people
    for _ in range(ROUNDS // 2):
        one, other = make.difficulty(home, first), make.difficulty(home, first)
        results = at_once(
            partial(closing.close, one, by=first, outcome="duplicate", duplicate_of=other),
            partial(closing.close, other, by=second, outcome="duplicate", duplicate_of=one),
        )

        assert one_winner(results), results
        assert Difficulty.objects.filter(pk__in=[one.pk, other.pk], stage="closed").count() == 1


def test_nothing_is_given_to_somebody_whose_account_is_closed_at_that_moment(people, at_once):
    first, second, _third, home, _away = people

    def close_account():
        with transaction.atomic():
            account = User.objects.select_for_update(no_key=True).get(pk=second.pk)
            if account.owned_difficulties.open().exists():
                raise StepRefused("Hand over first.")
            account.is_active = False
            account.save()

    for _ in range(ROUNDS // 2):
        record = make.difficulty(home, first)
        results = at_once(close_account, partial(workflow.accept, record, by=first, owner=second))

        assert one_winner(results), results
        assert not Difficulty.objects.open().filter(owner__is_active=False).exists()
        Difficulty.objects.update(owner=None)
        User.objects.update(is_active=True)
