"""Invented data are made by the workflow's own verbs, are marked, and go away without a trace."""

import re
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.utils.html import strip_tags

from missions.models import (
    Action,
    AgendaItem,
    CaseActor,
    CaseRemark,
    Company,
    Difficulty,
    DifficultyEvent,
    Distribution,
    FirmKey,
    InformationEvent,
    InformationState,
    Linkage,
    LoadedRow,
    LocalInformation,
    Meeting,
    Posting,
    PublicEntry,
    PublishedCase,
    Recipient,
    Relay,
    SearchEntry,
    User,
)
from tests import make
from tests.finding import not_on_the_first_screen, not_reached

pytestmark = pytest.mark.usefixtures("programme")
YEAR = pytest.mark.dealt_out("year")  # it is seeded on one database
KINDS = [Company, FirmKey, Difficulty, DifficultyEvent, Meeting, LocalInformation, Relay, User, LoadedRow, SearchEntry]
KINDS += [PublicEntry, PublishedCase, CaseActor, CaseRemark, Linkage, AgendaItem, Action, Posting]
KINDS += [Recipient, Distribution, InformationEvent]
KINDS += [model.history.model for model in KINDS if hasattr(model, "history")]


def everything():
    """The keys of all rows, by kind."""
    return {model: set(model.objects.values_list("pk", flat=True)) for model in KINDS}


def plant():
    """An invented year beside a difficulty of somebody's own, and what there was before it."""
    own = make.difficulty(make.body())
    before = everything()
    with override_settings(DEBUG=True):
        call_command("seed_demo", "--count", "96")
    return SimpleNamespace(own=own, before=before)


@YEAR
def test_an_invented_year_is_marked_stays_off_the_public_pages_and_leaves_no_trace(scene, client, settings):
    settings.DEBUG = True
    made = Difficulty.objects.exclude(pk=scene.own.pk)
    assert made.count() == 96
    assert not made.exclude(title__startswith="(가상)").exists()
    assert set(made.values_list("stage", flat=True)) == {"received", "in_review", "in_progress", "closed"}
    assert Relay.objects.exists() and LocalInformation.objects.filter(title_en__startswith="(invented)").exists()
    for record in made:
        last = record.events.last()
        assert (last.to_stage, last.to_holder) == (record.stage, record.holder)
    assert "were invented for trying it out" in client.get("/en/programme/").content.decode()
    with pytest.raises(CommandError, match="--remove"):
        call_command("seed_demo")
    assert not LocalInformation.objects.published().filter(title_ko__startswith="(가상)").exists()
    assert not Meeting.objects.published().filter(label_ko__startswith="(가상)").exists()
    pages = ["", *(f"{name}/" for name in ("meetings", "cases", "information", "bodies", "statistics", "search"))]
    assert not [page for page in pages if "(가상)" in client.get(f"/ko/{page}?q=가상").content.decode()]

    call_command("seed_demo", "--remove")

    assert everything() == scene.before
    assert "were invented" not in client.get("/en/programme/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        DifficultyEvent.objects.all().delete()


@YEAR
def test_an_invented_year_in_public_is_marked_looks_like_work_and_questions_find_as_before(scene, client, settings):
    settings.DEBUG = True
    published = PublishedCase.objects.published()
    own = {case for case in published if case.pk in scene.before[PublishedCase]}
    assert set(published.all()) == own and PublishedCase.objects.awaiting().exists()

    call_command("seed_demo", "--publish")

    shown = [case for case in published.all() if case not in own]
    assert len(shown) > 10 and PublishedCase.objects.awaiting().exists()
    assert {case.drafted_by for case in shown}.isdisjoint({case.approved_by for case in shown})
    for titles in ([case.title_ko for case in shown], LocalInformation.objects.values_list("title_ko", flat=True)):
        assert titles and all(title.startswith("(가상)") for title in titles)
    for address in (shown[0].get_absolute_url(), "/ko/meetings/", "/ko/information/", "/ko/search/?q=가상"):
        assert "(가상)" in strip_tags(client.get(address).content.decode())
    says_everywhere_that_it_is_invented(client)
    looks_like_a_year_of_work()
    assert (not_on_the_first_screen(client), not_reached(client)) == ({}, [])

    call_command("seed_demo", "--remove")
    assert everything() == scene.before


def says_everywhere_that_it_is_invented(client):
    """Check that no file, feed or answer of the API with invented records passes for the programme's own."""
    warning = "시험용 가상 자료가 포함되어 있으므로 인용할 수 없습니다."
    for address in ("/ko/statistics/results.csv", "/ko/meetings.csv", "/data/meetings.csv", "/data/all.zip"):
        response = client.get(address)
        assert 'filename="invented-' in response["Content-Disposition"], address
    rows = client.get("/ko/statistics/times.csv").getvalue().decode().splitlines()[1:]
    assert rows and all(warning in row for row in rows)
    feeds = ("/ko/feeds/meetings.atom", "/ko/feeds/search.atom?q=가상")
    for address in (*feeds, "/data/datapackage.json"):
        assert warning in client.get(address).getvalue().decode(), address


def looks_like_a_year_of_work():
    """Check that the invented records differ as those of a year do."""
    made = Difficulty.objects.all()
    meetings = Meeting.objects.filter(label_ko__startswith="(가상)")
    assert made.filter(stage="closed").count() > made.count() / 2
    assert made.filter(is_urgent=True).exists() and made.exclude(due_on=None).exists() and Linkage.objects.exists()
    items = LocalInformation.objects.filter(title_ko__startswith="(가상)")
    assert {item.state for item in items} == set(InformationState) and items.returned().exists()
    assert len({item.published_at.month for item in items.published()}) > 6 and Distribution.objects.exists()
    assert not meetings.filter(body__mission=None, chaired="yes").exists() and meetings.filter(chaired="yes").exists()
    assert not [label for label in meetings.values_list("label_ko", flat=True) if re.search(r"[05-9]분기", label)]
    assert {"cancelled", "postponed", "planned", "held"} == set(meetings.values_list("status", flat=True))
    for meeting in meetings:
        meeting.full_clean()


@YEAR
@pytest.mark.parametrize("options", [[], ["--publish"], ["--remove"]])
def test_invented_data_are_refused_in_production(options):
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed_demo", *options)
