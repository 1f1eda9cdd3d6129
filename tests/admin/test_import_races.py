"""Two lists that are taken in at the same moment: one wins, the other is told, nothing is filed twice or by half."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from missions.models import Company, Difficulty, DifficultyEvent
from tests import make
from tests.admin.test_imports import as_csv, checked, row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("programme"), pytest.mark.postgresql]
ROWS = 12


@pytest.fixture
def two(transactional_db):
    """Two officers of one body, each at a window of their own."""
    body, windows = make.body(), []
    for _each in range(2):
        windows.append(Client())
        windows[-1].force_login(make.officer(body))
    return windows


def agree(window, batch):
    window.post(reverse("admin:missions_difficulty_import_batch", args=[batch.pk]), {"do": "agree"})


def test_two_officers_who_take_in_the_same_list_at_once_file_it_once(two, at_once):
    before = Difficulty.objects.count(), Company.objects.count()
    listed = as_csv(*map(row, range(ROWS)))
    batches = [checked(window, listed) for window in two]

    results = at_once(*(partial(agree, window, batch) for window, batch in zip(two, batches, strict=True)))
    assert results == ["won", "won"], "both pages answer; the lists say what came of them"
    for batch in batches:
        batch.refresh_from_db()
    won, told = sorted(batches, key=lambda batch: batch.state != "written")

    assert (won.state, won.failure, told.state) == ("written", "", "undone")
    assert told.failure.startswith("2행") and "이미" in told.failure, "it stops at its first row"
    assert (Difficulty.objects.count(), Company.objects.count()) == (before[0] + ROWS, before[1] + ROWS)
    filed = set(Difficulty.objects.order_by("-pk").values_list("pk", flat=True)[:ROWS])
    assert filed == set(won.rows.values_list("record", flat=True))
    assert DifficultyEvent.objects.filter(difficulty__in=filed, step="file").count() == ROWS


def test_a_list_that_is_agreed_to_in_two_windows_at_once_is_taken_in_once(two, at_once):
    before = Difficulty.objects.count()
    batch = checked(two[0], as_csv(*map(row, range(ROWS))))
    second = Client()
    second.cookies = two[0].cookies

    assert at_once(partial(agree, two[0], batch), partial(agree, second, batch)) == ["won", "won"]
    batch.refresh_from_db()
    assert (batch.state, batch.failure, Difficulty.objects.count()) == ("written", "", before + ROWS)
