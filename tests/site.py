"""The public site as readers find it, over records that hide a canary in every private field.

What is planted together is here, so that each test sees more records than it would make by itself. ``tests.walked``
asks for all of it once a worker.
"""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from xml.etree import ElementTree as ET

from django.db import connection
from django.test import Client
from django.utils import translation

from missions.models import (
    Action,
    ActionItem,
    Company,
    Difficulty,
    Discussion,
    Minutes,
    OnlineRoom,
    SupportProgramme,
)
from tests import crawl, make

CANARY = "카나리아CANARY"
HIDDEN = "밖에없는글HIDDEN"  # in texts that are not published
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass
class Page:
    """One answer: its words without the folds of a calendar, and the tables that were read for it."""

    status: int
    headers: dict
    sets_cookie: bool
    text: str
    tables: set

    @property
    def is_html(self):
        """Whether a browser shows it as a page."""
        return self.headers["Content-Type"].startswith("text/html")


@dataclass
class Site:
    """Pages within reach of the front pages, every file they link to, and what programs read beside them."""

    pages: dict
    files: dict
    beside: dict

    @property
    def all(self):
        """Every answer by its address."""
        return self.pages | self.files | self.beside

    @property
    def html(self):
        """Pages that a browser shows."""
        return {address: page for address, page in self.pages.items() if page.is_html}


def plant():
    """Published records of each kind, drafts of each, and private ones with the canary in every field."""
    body = make.body(purpose_ko="베트남 진출 기업을 돕습니다.", purpose_en="It helps firms in Vietnam.")
    officer = make.officer(body)
    meeting = make.meeting(body, summary_ko="통관을 논의했습니다.", summary_en="Customs were discussed.")
    make.information(body, text_en="Text")
    make.case(body, title_ko="=HYPERLINK()", happened_en="Goods were held.")
    for state in ("draft", "awaiting", "withdrawn"):
        make.case(body, state, title_ko=f"{HIDDEN} {state}", title_en=f"{HIDDEN} {state}")
    make.meeting(body, label_ko=HIDDEN, is_published=False)
    make.information(body, title_ko=HIDDEN, is_published=False)
    make.earlier_case(happened_ko=HIDDEN, done_ko=HIDDEN, title_only=True)
    firm = make.company(body, name_ko=CANARY, name_en=CANARY, contact=CANARY, telephone=CANARY, region=CANARY)
    Company.objects.filter(pk=firm.pk).update(email=f"{CANARY}@example.kr")
    said = dict.fromkeys(["title", "account", "place", "steps_taken"], CANARY)
    record = make.difficulty(body, officer, company=firm, **said)
    Difficulty.objects.filter(pk=record.pk).update(solution=CANARY, lesson=CANARY, outcome_reason=CANARY)
    organisation, programme = make.organisation(name_ko="Z무역관 하노이 사무소"), SupportProgramme.objects.first()
    Action.objects.create(difficulty=record, organisation=organisation, kind="advice", what=CANARY, recorded_by=officer)
    make.linkage(record, programme=programme, result=CANARY)
    Minutes.objects.create(meeting=meeting, people=CANARY, text=CANARY)
    OnlineRoom.objects.create(meeting=meeting, link=f"https://{CANARY}.example/", access=CANARY)
    ActionItem.objects.create(meeting=meeting, what=CANARY, difficulty=record, organisation=organisation)
    Discussion.objects.create(meeting=meeting, difficulty=record)
    officer.name = officer.username = CANARY
    officer.save()
    return SimpleNamespace(body=body, meeting=meeting, private=[CANARY, record.reference], hidden=HIDDEN)


def ask(planted):
    """Follow every link, fetch every file, and read the sitemaps to the end."""
    client, read = Client(), []

    def listen(execute, sql, params, many, context):
        read.extend(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        return execute(sql, params, many, context)

    def get(address):
        translation.activate("ko")
        read.clear()
        response = client.get(address)
        return Page(
            status=response.status_code,
            headers=dict(response.headers),
            sets_cookie=bool(response.cookies),
            text=words(response),
            tables=set(read),
        )

    with connection.execute_wrapper(listen):
        beside = {address: get(address) for address in crawl.beside(planted.body, planted.meeting)}
        mapped = {url for address, page in beside.items() if address.startswith("/sitemap") for url in locations(page)}
        pages, waiting = {}, [*crawl.STARTS, *sorted(filter(crawl.is_asked, mapped - beside.keys()))]
        while waiting:
            address = waiting.pop()
            if address not in pages:
                pages[address] = get(address)
                waiting += sorted(crawl.links(pages[address].text) - pages.keys())
        linked = set().union(*(crawl.files(page.text) for page in pages.values()))
        files = {address: get(address) for address in sorted(linked)}
    return Site(pages, files, beside)


def words(response):
    """The text of an answer, without the folds that a calendar makes anywhere in a word."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode().replace("\r\n ", "")


def locations(sitemap):
    """Addresses on this site that a sitemap names."""
    return {found.text.removeprefix("http://testserver") for found in ET.fromstring(sitemap.text).iter(f"{MAP}loc")}
