"""Two people decide on one text, or on one item of information, at the same moment: one wins, the other is told."""

from functools import partial

import pytest

from missions.models import PublishedCase
from missions.publication import information
from missions.publication import workflow as publishing
from tests import make, tries
from tests.racing import one_winner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]
ROUNDS = tries.rounds(10, 2)


def test_of_two_who_decide_on_a_text_at_once_one_decides(at_once):
    body = make.body()
    first, other = make.staff("approver"), make.staff("approver")
    send_back = partial(publishing.send_back, remark="고쳐 주십시오.")
    for second in [publishing.approve, send_back] * ROUNDS:
        case = make.case(body, "awaiting")
        results = at_once(partial(publishing.approve, case, by=first), partial(second, case, by=other))

        assert one_winner(results), results
        approved = second is publishing.approve or results[0] == "won"
        assert PublishedCase.objects.get(pk=case.pk).state == ("published" if approved else "draft")
        assert case.history.count() == 3  # begun, submitted, decided on once


def twice(item):
    """An item as each of two people read it."""
    return [type(item).objects.get(pk=item.pk) for _ in range(2)]


def test_of_two_who_decide_on_local_information_at_once_one_decides(at_once):
    first, other = make.secretary(), make.secretary()
    send_back = partial(information.send_back, note="고쳐 주십시오.")
    for second in [information.publish, send_back] * ROUNDS:
        item = make.relayed(make.body(), "sent")
        mine, theirs = twice(item)
        results = at_once(partial(information.publish, mine, by=first), partial(second, theirs, by=other))

        assert one_winner(results), results
        published = second is information.publish or results[0] == "won"
        item.refresh_from_db()
        assert item.state == ("published" if published else "draft")
        assert item.events.count() == 2  # sent, and decided on once


def test_of_two_who_distribute_to_one_recipient_at_once_one_does(at_once):
    first, other = make.secretary(), make.secretary()
    for _ in range(ROUNDS):
        item, recipient = make.relayed(make.body(), "published"), make.recipient()
        people = zip(twice(item), (first, other), strict=True)
        acts = [partial(information.distribute, row, by=by, recipients=[recipient]) for row, by in people]

        assert one_winner(at_once(*acts))
        assert item.distributions.count() == 1
