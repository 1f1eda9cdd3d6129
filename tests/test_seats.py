"""Seats and postings entered together on the page of a body."""

import pytest

from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body(client):
    client.force_login(make.staff("ministry", language="en"))
    return make.body()


def enter(client, body, part, rows):
    """Save the page of a body with such rows added to one of its parts."""
    values = {f"{part}-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        values |= {f"{part}-{number}-{name}": value for name, value in row.items()}
    return forms.change(client, forms.address(body), **values)


OPEN = {}
SPRING = {"since_on": "2026-03-01", "until_on": "2026-05-31"}
MAY = {"since_on": "2026-05-01", "until_on": "2026-05-31"}
JUNE = {"since_on": "2026-06-01", "until_on": "2026-06-30"}


@pytest.mark.parametrize(
    ("periods", "kept"), [([OPEN, OPEN], 0), ([SPRING, MAY], 0), ([SPRING, OPEN], 0), ([SPRING, JUNE], 2)]
)
def test_two_seats_entered_together_may_not_overlap(client, body, periods, kept):
    seat = {"organisation": make.organisation().pk, "post": "member", "certainty": "verified"}

    response = enter(client, body, "memberships", [seat | period for period in periods])

    assert body.memberships.count() == kept
    assert ("entered twice" in response.content.decode()) == (not kept)


def test_one_organisation_may_take_two_posts_at_once(client, body):
    seat = {"organisation": make.organisation().pk, "certainty": "verified"}

    enter(client, body, "memberships", [seat | {"post": post} for post in ("chair", "secretariat")])

    assert body.memberships.count() == 2


def test_two_postings_entered_together_may_not_overlap(client, body):
    posting = {"user": make.staff().pk, "since_on": "2026-03-01"}

    response = enter(client, body, "postings", [posting, posting])

    assert not body.postings.exists() and "entered twice" in response.content.decode()
    enter(client, body, "postings", [posting])
    assert body.postings.count() == 1
