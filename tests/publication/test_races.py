"""Two people decide on one text at the same moment: one wins, the other is told."""

from functools import partial

import pytest

from missions.models import PublishedCase
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
