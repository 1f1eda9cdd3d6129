"""Addresses and ids that the public gets are the same wherever and in whatever order the programme is loaded."""

import csv
import json
import re
import shutil

import pytest

from missions.fields.keys import ALPHABET, LETTERS
from missions.lists.data_sets import DATA_SETS
from missions.loading.files import FILES, FOLDER, read
from missions.loading.loader import load
from missions.models import LegalProvision, LoadedRow, LocalInformation, Meeting, PublicEntry
from tests import make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.urls("tests.api.urls")]
FEEDS = ["meetings", "cases", "earlier-cases", "information"]
SEARCHES = ["%ED%98%91%EC%9D%98", "%EC%97%85%EB%AC%B4%ED%98%91%EC%95%BD", "%EC%88%98%EC%B6%9C"]  # 협의, 업무협약, 수출
AGAIN = [file for file in FILES if file.name in ("meetings", "agenda_items", "attendances", "legal_provisions")]


def read_text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def given_out(client):
    """Everything by which other programs know what is published: addresses, ids of feeds, UIDs, keys of the API."""
    found = set()
    sections = re.findall("/sitemap-[a-z_]+.xml", read_text(client, "/sitemap.xml"))
    for section in sections:
        found |= set(re.findall("<loc>(.*?)</loc>", read_text(client, section)))
    feeds = [f"/en/feeds/{name}.atom" for name in FEEDS] + [f"/ko/feeds/search.atom?q={words}" for words in SEARCHES]
    for feed in feeds:
        found |= {(feed, name) for name in re.findall("<id>(.*?)</id>", read_text(client, feed))}
    found |= set(re.findall("UID:(.*)\r", read_text(client, "/ko/calendar.ics").replace("\r\n ", "")))
    for name, data in DATA_SETS.items():
        records = json.loads(read_text(client, f"/api/v1/{name}?perPage=1000"))["records"]
        found |= {(name, record[data.key]) for record in records}
        found |= {(name, record[key]) for record in records for key in ("page_ko", "page_en")}
    found |= set(re.findall('"@id": ?"(.*?)"', read_text(client, "/data/dcat.jsonld")))
    return found


def turned(folder):
    """A copy of the data files in which the lines of some stand in reverse order."""
    shutil.copytree(FOLDER, folder)
    for file in AGAIN:
        path = folder / f"{file.name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *reversed(rows)])
    return folder


def test_what_was_given_out_has_no_number_of_the_database_and_is_the_same_after_a_load_in_another_order(
    client, tmp_path, monkeypatch
):
    for module in ("atom", "search"):
        monkeypatch.setattr(f"missions.feeds.{module}.NEWEST", 1000)  # which are the newest, the load decides
    body = make.body()
    item, kept = make.information(body, text_ko="협의"), make.meeting(body)
    before = given_out(client)
    names = {name if isinstance(name, str) else name[1] for name in before}
    assert not {name for name in names if re.search(r"(/|^|found/\w+-|^meeting-)[0-9]+(/|$|\.|@)", name)}
    assert [sum(row.key in name for name in names) for row in (item, kept)] == [4, 5]

    loaded = Meeting.objects.filter(key__contains="-")
    numbers = set(loaded.values_list("pk", flat=True))
    for rows in (loaded, LegalProvision.objects.all(), LoadedRow.objects.filter(file__in=[f.name for f in AGAIN])):
        rows.delete()
    PublicEntry.objects.filter(kind__in=["meeting", "legalprovision"], record__in=numbers).delete()
    assert not [name for name in given_out(client) if "sfo-1" in str(name)]
    load(folder=turned(tmp_path / "data"))

    assert not numbers & set(loaded.all().values_list("pk", flat=True))
    assert given_out(client) == before


def test_keys_of_the_files_never_meet_those_that_the_portal_makes():
    loaded = [row.key for row in read() if row.file.model is Meeting]
    assert len(loaded) > 10 and all("-" in key for key in loaded)
    made = [make.meeting(make.body()).key, make.information(make.body()).key]
    assert all(len(key) == LETTERS and set(key) <= set(ALPHABET) for key in made) and len(set(made)) == 2


def test_a_key_survives_every_edit():
    meeting, item = make.meeting(make.body()), make.information(make.body())
    known = {(row, row.get_absolute_url()) for row in (meeting, item)}
    meeting.body, meeting.held_on, meeting.number = make.body(), "2030-01-01", 9
    item.title_ko, item.issued_on = "다른 제목", "2030-01-01"
    for row in (meeting, item):
        row.save()
    again = [Meeting.objects.get(pk=meeting.pk), LocalInformation.objects.get(pk=item.pk)]
    assert {(row, row.get_absolute_url()) for row in again} == known
