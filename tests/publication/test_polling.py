"""Whoever asks for everything public again and again learns nothing of what staff do meanwhile."""

import datetime
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from missions.difficulties import closing, progress, relays, workflow
from missions.models import (
    Action,
    ActionItem,
    AgendaItem,
    Difficulty,
    Discussion,
    Linkage,
    Meeting,
    Minutes,
    OnlineRoom,
    Organisation,
    Posting,
    Relay,
    SupportProgramme,
)
from missions.publication import page_version
from missions.publication import workflow as publishing
from missions.statistics import months
from portal import caching
from tests import forms, make, template
from tests.site import ask

TOLD = ("Last-Modified", "Content-Type", "Link")


def said(site):
    """What the heads and the words of each address say, of pages, files, feeds, calendars and sitemaps."""
    return {
        address: ({name: page.headers.get(name) for name in TOLD}, page.status, page.sets_cookie, page.text)
        for address, page in site.all.items()
    }


def tags(site):
    """The ETag of each address that has one."""
    return {address: page.headers["ETag"] for address, page in site.all.items() if "ETag" in page.headers}


def tags_here(site):
    """The ETags of the same addresses in this process, which serves another face, as long as nothing public moves."""
    release, version, held = caching.release(), page_version.current(), {}
    for address, tag in tags(site).items():
        page = caching.Page(RequestFactory().get(address), release, version)
        held[address] = page.tag([caching.CLOCKS[initial] for initial in caching.TAG.fullmatch(tag)[1]])
    return held


def read(addresses):
    """The words of each address."""
    return {address: Client().get(address).getvalue() for address in addresses}


def moved(held):
    """Which addresses do not answer that they are as they were, where a reader holds what they answered before."""
    client = Client()
    answers = {address: client.get(address, headers={"if-none-match": tag}) for address, tag in held.items()}
    return {address for address, answer in answers.items() if answer.status_code != 304}


def private_work(planted):
    """Fifty private events, one after another, by their names: by the verbs and forms by which staff cause them."""
    body, other = planted.body, planted.other
    officer, colleague = make.officer(body), make.officer(other)
    ministry = make.staff("ministry", is_superuser=True)
    desk = forms.signed_in(ministry)
    yield "accounts and postings"
    Posting.objects.create(user=colleague, body=body, since_on=make.DAY)
    yield "a posting"
    firm = make.company(body)
    yield "a firm"
    assert forms.change(desk, forms.address(firm), region="부산").status_code == 302
    yield "a firm changed"
    for number in range(6):
        record = make.difficulty(body, officer, company=firm)
        yield f"filed {number}"
        workflow.review(record, by=officer)
        yield f"reviewed {number}"
        record = workflow.accept(record, by=officer, owner=officer)
        yield f"accepted {number}"
        action = Action(organisation=Organisation.objects.get(slug="kosme"), kind="advice", done_on=make.DAY, what="글")
        record = progress.act(record, action, by=officer)
        yield f"acted {number}"
    linkage = Linkage.objects.create(
        difficulty=record,
        programme=SupportProgramme.objects.first(),
        linked_on=datetime.date(2026, 1, 5),
        body=record.holder,
    )
    yield "a linkage with a day long past"
    linkage.delete()
    yield "a linkage deleted"
    progress.wait(record, by=officer, waiting_on="company", note="서류", until=make.tomorrow())
    yield "waiting"
    relays.relay(record, by=officer, to=other, kind="help", asked="알려 주십시오.")
    leg = Relay.objects.latest("pk")
    yield "a relay"
    relays.answer(leg, by=colleague, text="알려 드립니다.")
    yield "an answer"
    record = closing.close(Difficulty.objects.get(pk=record.pk), by=officer, outcome="advice", solution="안내했습니다.")
    yield "a close"
    record = closing.reopen(record, by=officer, reason="다시")
    yield "a reopening"
    record = closing.close(record, by=officer, outcome="advice", solution="안내했습니다.")
    draft = publishing.begin_from(record, by=officer)
    yield "a draft"
    assert forms.change(desk, forms.address(draft), happened_ko="글", done_ko="글").status_code == 302
    yield "a draft changed"
    draft.refresh_from_db()
    draft = publishing.submit(draft, by=officer)
    yield "a draft sent for approval"
    draft = publishing.send_back(draft, by=make.staff("approver"), remark="고쳐 주십시오.")
    yield "a draft sent back"
    revised = publishing.revise(planted.case, by=officer)
    yield "a further version of a published text"
    revised.sources.clear()
    revised.delete()
    yield "the further version deleted"
    meeting = planted.meeting
    assert forms.change(desk, forms.address(meeting)).status_code == 302
    yield "a published meeting saved unchanged"
    assert forms.change(desk, forms.address(meeting), **{"minutes-0-text": "회의록"}).status_code == 302
    assert Minutes.objects.get(meeting=meeting).text == "회의록"
    yield "minutes"
    OnlineRoom.objects.update_or_create(meeting=meeting, defaults={"link": "https://z.example/"})
    yield "an online room"
    ActionItem.objects.create(meeting=meeting, what="글")
    Discussion.objects.create(meeting=meeting, difficulty=record)
    yield "a follow-up and a difficulty discussed"
    unseen = make.meeting(body, is_published=False)
    AgendaItem.objects.create(meeting=unseen, topic_ko="안건")
    yield "a meeting that is not published"
    assert forms.change(desk, forms.address(unseen), summary_ko="다른 글").status_code == 302
    yield "the meeting changed"
    unseen.delete()
    yield "the meeting deleted"
    item = make.information(body, is_published=False)
    yield "information that is not published"
    assert forms.change(desk, forms.address(item), text_ko="다른 글").status_code == 302
    yield "the information changed"
    item.delete()
    yield "the information deleted"
    desk.post("/admin/logout/")
    make.staff("auditor")
    yield "a session ended and an account made"
    months.close()
    call_command("close_months", verbosity=0)
    yield "months closed again"


@pytest.mark.django_db(transaction=True)
def test_nothing_public_moves_while_fifty_private_events_happen_nor_from_face_to_face(site, monkeypatch):
    """Pages, feeds, calendars, files and sitemaps; the words, the tags and the moments. The clock is held still.

    ``site`` is from before, of the public face and, on PostgreSQL, of its role; this process serves the staff face.
    """
    monkeypatch.setattr("portal.caching.minute", lambda: 1)
    template.copy(site.database, connection.settings_dict["NAME"])
    work = private_work(site.planted)
    next(work)
    with patch.object(timezone, "now", lambda: site.moment):
        held = tags_here(site)
    version = page_version.current()
    addresses = sorted(held)
    assert len(site.all) > 150 and len(held) > 140

    done = 0
    for done, event in enumerate(work, 1):
        assert page_version.current() == version, event
        if done % 5 == 0:  # a sixth of the addresses each time, all of them at the end
            with patch.object(timezone, "now", lambda: site.moment):
                assert moved({address: held[address] for address in addresses[done // 5 % 6 :: 6]}) == set(), event
    assert done >= 50

    caches["pages"].clear()
    with patch.object(timezone, "now", lambda: site.moment):
        later = ask(site.planted)
        assert moved(held) == set()
    assert tags(later) == held
    before, after = said(site), said(later)
    changed = [address for address in before.keys() | after.keys() if after.get(address) != before.get(address)]
    assert changed == ["/robots.txt"]  # which keeps crawlers out of the desk
    assert later.all["/robots.txt"].text == site.all["/robots.txt"].text.replace("Disallow:", "Disallow: /admin/")
    assert set().union(*(page.tables for page in later.all.values())) <= page_version.published_tables()


@pytest.mark.django_db(transaction=True)
def test_what_is_published_moves_at_once(monkeypatch):
    """The other way round, so that the test above can fail."""
    monkeypatch.setattr("portal.caching.minute", lambda: 1)
    body = make.body()
    meeting = make.meeting(body, is_published=False)
    addresses = [
        "/ko/meetings/",
        "/ko/feeds/meetings.atom",
        "/ko/calendar.ics",
        "/ko/meetings.csv",
        "/sitemap-meetings.xml",
    ]
    with_tags = {address: Client().get(address)["ETag"] for address in addresses}
    before = read(addresses)
    assert moved(with_tags) == set()

    Meeting.objects.filter(pk=meeting.pk).update(is_published=True)
    assert moved(with_tags) == set(addresses)
    assert all(old != new for old, new in zip(before.values(), read(addresses).values(), strict=True))
