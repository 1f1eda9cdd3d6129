"""Two people, one difficulty, the same moment: one wins, the other is told, nothing is half done."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from missions.difficulties import closing, relays, workflow
from missions.difficulties.workflow import StepRefused
from missions.models import Difficulty, Relay, User
from missions.publication.workflow import PublicationRefused
from tests import make, tries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]
ROUNDS = tries.rounds(200)


def at_once(*acts):
    """Run each act in a thread of its own, all from the same moment. What each came to, in order."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(place, act):
        try:
            gate.wait(timeout=20)
            act()
            results[place] = "won"
        except (StepRefused, PublicationRefused) as refused:
            results[place] = refused.messages[0]
        except Exception as error:  # noqa: BLE001 - any other outcome is what this test must show
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def people(transactional_db):
    """Two officers of the body that holds, and one of the body that is asked."""
    home, away = make.body(), make.body()
    return make.officer(home), make.officer(home), make.officer(away), home, away


def one_winner(results):
    """Whether one act won and the other was refused with a sentence."""
    return sorted(map(type, results), key=str) == [str, str] and results.count("won") == 1


def test_the_same_step_taken_twice_at_once_is_taken_once(people):
    first, second, _third, home, _away = people
    for _ in range(ROUNDS):
        record = make.difficulty(home, first)
        results = at_once(partial(workflow.review, record, by=first), partial(workflow.review, record, by=second))

        assert one_winner(results), results
        assert list(record.events.values_list("step", flat=True)) == ["file", "review"]


def test_take_over_and_recall_at_once_leave_one_holder_and_one_ending(people):
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


def test_two_difficulties_do_not_become_duplicates_of_each_other(people):
    first, second, _third, home, _away = people
    for _ in range(ROUNDS // 2):
        one, other = make.difficulty(home, first), make.difficulty(home, first)
        results = at_once(
            partial(closing.close, one, by=first, outcome="duplicate", duplicate_of=other),
            partial(closing.close, other, by=second, outcome="duplicate", duplicate_of=one),
        )

        assert one_winner(results), results
        assert Difficulty.objects.filter(pk__in=[one.pk, other.pk], stage="closed").count() == 1


def test_nothing_is_given_to_somebody_whose_account_is_closed_at_that_moment(people):
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
