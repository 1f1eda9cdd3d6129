"""Two people who issue the same report at the same moment."""

from functools import partial

import pytest

from missions.models import PeriodReport
from missions.statistics import issuing
from tests import make, tries
from tests.racing import one_winner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme")]


@pytest.mark.parametrize("whose", ["body", "programme"])
def test_a_report_is_issued_once_and_who_comes_second_is_told(whose, at_once):
    body = make.body() if whose == "body" else None
    people = [make.officer(body) if body else make.staff("ministry") for _each in range(2)]
    for edition in range(tries.rounds(4, 1)):
        acts = [
            partial(issuing.issue, body, 2026, "q1", by=who, seen=edition, reason=f"정정 {who.pk}" if edition else "")
            for who in people
        ]
        results = at_once(*acts)

        assert one_winner(results), results
        assert "먼저" in min(results, key="won".__eq__)
        report = PeriodReport.objects.get(body=body, edition=edition + 1)
        assert report.issued_by == people[results.index("won")]
    assert PeriodReport.objects.count() == edition + 1
