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


def rows_of(client, body, part):
    """What a browser would post for the page of a body, and the prefix of the stored row of a part, by its key."""
    posted = forms.opened(client, forms.address(body))
    stored = int(posted[f"{part}-INITIAL_FORMS"])
    return posted, {int(posted[f"{part}-{n}-id"]): f"{part}-{n}" for n in range(stored)}


def test_a_seat_may_end_and_its_successor_begin_in_one_save(client, body):
    old = body.memberships.create(organisation=make.organisation(), since_on="2026-01-01")
    posted, rows = rows_of(client, body, "memberships")
    add = {"organisation": old.organisation_id, "post": "member", "certainty": "verified", "since_on": "2026-04-01"}
    typed = {f"{rows[old.pk]}-until_on": "2026-03-31", "memberships-TOTAL_FORMS": 2}

    response = client.post(
        forms.address(body), posted | typed | {f"memberships-1-{name}": value for name, value in add.items()}
    )

    assert response.status_code == 302, response.context["errors"]
    periods = [(str(seat.since_on), seat.until_on and str(seat.until_on)) for seat in body.memberships.order_by("pk")]
    assert periods == [("2026-01-01", "2026-03-31"), ("2026-04-01", None)]


def test_a_seat_that_ended_may_open_again_as_the_other_ends(client, body):
    organisation = make.organisation()
    early = body.memberships.create(organisation=organisation, since_on="2026-01-01", until_on="2026-03-31")
    late = body.memberships.create(organisation=organisation, since_on="2026-04-01")
    for opened, ended in ((late, early), (early, late)):
        posted, rows = rows_of(client, body, "memberships")
        typed = {
            f"{rows[opened.pk]}-since_on": "2026-05-01",
            f"{rows[opened.pk]}-until_on": "",
            f"{rows[ended.pk]}-since_on": "2026-01-01",
            f"{rows[ended.pk]}-until_on": "2026-03-31",
        }
        response = client.post(forms.address(body), posted | typed)
        assert response.status_code == 302, response.context["errors"]
        opened.refresh_from_db()
        assert opened.until_on is None


def test_a_seat_may_be_deleted_and_entered_anew_in_one_save(client, body):
    old = body.memberships.create(organisation=make.organisation(), since_on="2026-01-01")
    posted, rows = rows_of(client, body, "memberships")
    add = {"organisation": old.organisation_id, "post": "member", "certainty": "verified", "since_on": "2026-02-01"}
    typed = {f"{rows[old.pk]}-DELETE": "on", "memberships-TOTAL_FORMS": 2}

    client.post(forms.address(body), posted | typed | {f"memberships-1-{name}": value for name, value in add.items()})

    assert str(body.memberships.get().since_on) == "2026-02-01"


def test_a_seat_moved_onto_another_is_refused_with_what_was_typed(client, body):
    organisation = make.organisation()
    for since, until in (("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")):
        body.memberships.create(organisation=organisation, since_on=since, until_on=until)
    posted, rows = rows_of(client, body, "memberships")
    late = rows[body.memberships.get(since_on="2026-04-01").pk]

    response = client.post(forms.address(body), posted | {f"{late}-since_on": "2026-03-15"})

    page = response.content.decode()
    assert "entered twice" in page and "2026-03-15" in page
    assert not body.memberships.filter(since_on="2026-03-15").exists()
