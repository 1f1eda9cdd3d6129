"""Two people decide on one text at the same moment: one wins, the other is told."""

from functools import partial

import pytest

from missions.models import PublishedCase
from missions.publication import workflow as publishing
from tests import make
from tests.difficulties.test_races import at_once, one_winner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]
ROUNDS = 5


@pytest.mark.parametrize("second", ["approve", "send_back"])
def test_of_two_who_decide_on_a_text_at_once_one_decides(second):
    body = make.body()
    first, other = make.staff("approver"), make.staff("approver")
    acts = {"approve": publishing.approve, "send_back": partial(publishing.send_back, remark="고쳐 주십시오.")}
    for _ in range(ROUNDS):
        case = make.case(body, "awaiting")
        results = at_once(partial(publishing.approve, case, by=first), partial(acts[second], case, by=other))

        assert one_winner(results), results
        approved = second == "approve" or results[0] == "won"
        assert PublishedCase.objects.get(pk=case.pk).state == ("published" if approved else "draft")
        assert case.history.count() == 3  # begun, submitted, decided on once
