"""Invented data go away on each database, whose triggers keep the history until they are lifted."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from missions.models import DifficultyEvent, HandoverNote, Posting, User
from tests import make
from tests.loading.test_demo import everything

pytestmark = pytest.mark.usefixtures("programme")


def test_a_few_invented_records_go_away_and_a_handover_of_their_people_with_them(settings):
    settings.DEBUG = True
    make.difficulty(make.body())
    before = everything()
    call_command("seed_demo", "--count", "8")
    call_command("seed_demo", "--publish")
    posting = Posting.objects.get(user__username="demo-lax")
    note = HandoverNote.objects.create(
        body=posting.body,
        user=posting.user,
        written_by=posting.user,
        until_on=make.DAY,
        written_at=make.NOON,
        facts="-",
    )

    call_command("seed_demo", "--remove")

    assert everything() == before
    assert not User.objects.filter(username="demo-lax").exists()
    assert not HandoverNote.history.filter(id=note.pk).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        DifficultyEvent.objects.all().delete()
