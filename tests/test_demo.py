"""Invented data are made by the workflow's own verbs, are marked, and go away without a trace."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from missions.models import (
    Action,
    Company,
    Difficulty,
    DifficultyEvent,
    HandoverNote,
    LoadedRow,
    LocalInformation,
    Meeting,
    Posting,
    PublicEntry,
    Relay,
    SearchEntry,
    User,
)
from tests import make
from tests.crawl import crawl

pytestmark = pytest.mark.usefixtures("programme")
KINDS = [Company, Difficulty, DifficultyEvent, Meeting, LocalInformation, Relay, User, LoadedRow, SearchEntry]
KINDS += [PublicEntry]
KINDS += [model.history.model for model in (Company, Difficulty, Meeting, LocalInformation, Relay, User, Action)]


def test_an_invented_year_is_marked_stays_off_the_public_pages_and_leaves_no_trace(client, settings, capsys):
    settings.DEBUG = True
    own = make.difficulty(make.body())
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in KINDS}
    call_command("seed_demo", "--count", "40")
    made = Difficulty.objects.exclude(pk=own.pk)
    assert made.count() == 40
    assert not made.exclude(title__startswith="(가상)").exists()
    assert set(made.values_list("stage", flat=True)) == {"received", "in_review", "in_progress", "closed"}
    assert Relay.objects.exists() and LocalInformation.objects.filter(title_en__startswith="(invented)").exists()
    for record in made:
        last = record.events.last()
        assert (last.to_stage, last.to_holder) == (record.stage, record.holder)
    assert "include them" in client.get("/en/programme/").content.decode()
    with pytest.raises(CommandError, match="--remove"):
        call_command("seed_demo")
    assert not [a for a, page in crawl(client, ["/ko/"]) if "(가상)" in page.content.decode()]

    call_command("seed_demo", "--remove")

    assert {model: set(model.objects.values_list("pk", flat=True)) for model in KINDS} == before
    assert "include them" not in client.get("/en/programme/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        DifficultyEvent.objects.all().delete()


def test_invented_data_are_refused_in_production():
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_a_handover_of_invented_people_goes_away_with_them(settings):
    settings.DEBUG = True
    call_command("seed_demo", "--count", "8")
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

    assert not User.objects.filter(username="demo-lax").exists()
    assert not HandoverNote.history.filter(id=note.pk).exists()
