"""A record says the same in the API, in the files of both languages, and on its page."""

import csv
import datetime
import html
import io
import json
import random
import re

import pytest

from missions.lists.data_sets import DATA_SETS
from missions.models import Country, DifficultyType, LocalInformation, Meeting, Outcome, PublishedCase, Sector
from tests import make
from tests.lists.test_exports import by_name, sent

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.urls("tests.api.urls"), pytest.mark.both_databases]
SEED, EACH, PAGES = 1303, 330, 8
SIGNS = ["가나다 관세", "Zoll & Tax", "x < y", "“인용”", "=1+1", "+82", "100 %", "줄\n바꿈", "한글과 English", "'"]


def random_text(chance):
    return " ".join(chance.choices(SIGNS, k=3))


def random_day(chance):
    return datetime.date(2024, 4, 1) + datetime.timedelta(days=chance.randrange(900))


def fill(chance):
    """Some hundred meetings, cases and items with random values in every column that may vary."""
    bodies, person, other = [make.body() for _ in range(4)], make.staff(), make.staff()
    countries, types = list(Country.objects.all()), list(DifficultyType.objects.all())
    sectors = [None, *Sector.objects.all()]
    meetings, cases, items = [], [], []
    for number in range(EACH):
        texts = {name: random_text(chance) for name in ("ko", "en")}
        english = chance.choice(["", texts["en"]])
        day = random_day(chance)
        precision = chance.choice(["day", "by", "month", "unknown"])
        meetings.append(
            Meeting(
                body=chance.choice(bodies),
                number=None,
                label_ko=texts["ko"],
                label_en=english,
                held_on=None if precision == "unknown" else day,
                held_precision=precision,
                status=chance.choice(["planned", "held", "postponed", "cancelled"]),
                chaired=chance.choice(["yes", "no", "unknown"]),
                headcount=chance.choice([None, 0, 12]),
                venue_ko=chance.choice(["", texts["ko"]]),
                summary_ko=texts["ko"],
                summary_en=english,
                is_published=True,
            )
        )
        cases.append(
            PublishedCase(
                reference=f"z-{number}",
                body=chance.choice(bodies),
                country=chance.choice(countries),
                type=chance.choice(types),
                sector=chance.choice(sectors),
                outcome=chance.choice(["", *Outcome.values]),
                title_ko=texts["ko"],
                title_en=english,
                happened_ko=texts["ko"],
                happened_en=english,
                done_ko=texts["en"],
                reported_month=chance.choice([None, day.replace(day=1)]),
                state="published",
                drafted_by=person,
                approved_by=other,
                approved_at=make.NOON + datetime.timedelta(minutes=number),
                certainty=chance.choice(["verified", "inferred", "conflict", "unverified"]),
                kept_sources=[],
            )
        )
        items.append(
            LocalInformation(
                body=chance.choice(bodies),
                country=chance.choice(countries),
                topic=chance.choice(types),
                title_ko=texts["ko"],
                title_en=english,
                text_ko=texts["ko"],
                text_en=english,
                issued_on=day,
                valid_until=chance.choice([None, day + datetime.timedelta(days=90)]),
                is_published=True,
            )
        )
    for rows in (meetings, cases, items):
        type(rows[0]).objects.bulk_create(rows)


def records(client, name):
    address, found = f"/api/v1/{name}?perPage=1000", []
    while address:
        answer = json.loads(client.get(address).content)
        found += answer["records"]
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    return found


def in_file(value):
    """What the API says, as one cell of a file has it."""
    if isinstance(value, list):
        return " ".join(one["key"] if isinstance(one, dict) else one for one in value)
    return "" if value is None else str(value)


def plain(cell):
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if re.match(r"'[=+\-@＝＋－＠\t\r\n]", cell) else cell


def words_of(page):
    """The words of a page with single spaces between."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("certainty", ["verified", "inferred", "conflict", "unverified"])
def test_page_api_and_files_say_the_same_of_a_telephone(client, certainty):
    mission = make.mission(certainty="verified", telephone="+84-24-1234-5678", contact_certainty=certainty)
    told = {record["slug"]: record for record in records(client, "missions")}[mission.slug]
    data = csv.DictReader(io.StringIO(sent(client.get("/data/missions.csv")).removeprefix("\ufeff")))
    [whole] = [row for row in data if row["slug"] == mission.slug]

    for language in ("ko", "en"):
        [row] = [one for one in by_name(client, f"/{language}/missions.csv") if one["slug"] == mission.slug]
        words, code = told[f"contact_certainty_{language}"], told["contact_certainty_code"]
        assert (row["contact_certainty"], row["contact_certainty_code"]) == (words, code)
        assert (whole[f"contact_certainty_{language}"], whole["contact_certainty_code"]) == (words, code)
        page = client.get(f"/{language}/missions/{mission.slug}/").content.decode()
        before = page.split('<dl class="facts">')[1].split('<span class="dial">')[0]  # said once, for all below it
        badges = re.findall(r'<span class="certainty ([a-z]+)">(?:<svg.*?</svg>)?([^<]+)', before, re.DOTALL)
        assert badges == ([] if code == "verified" else [(code, words)])
    assert code == ("unverified" if certainty == "conflict" else certainty)  # what sources disagree on is left out


def test_api_file_and_page_say_the_same_of_a_thousand_random_records(client):
    chance = random.Random(SEED)
    fill(chance)
    compared = 0
    for name in ("missions", "bodies", "meetings", "cases", "information", "organisations"):
        data = DATA_SETS[name]
        told = {str(record[data.key]): record for record in records(client, name)}
        for language in ("ko", "en"):
            rows = by_name(client, f"/{language}/{name}.csv")
            assert len(rows) == len(told) and set(rows[0]) - {"licence", "source_to_be_named"} == {
                column.name for column in data.columns
            }
            for row in rows:
                record = told[row[data.key]]
                for column in data.columns:
                    said = record[f"{column.name}_{language}" if column.in_words else column.name]
                    if said is None and column.in_words and language == "en":
                        said = record[f"{column.name}_ko"]  # what has no English yet is shown in Korean
                    assert plain(row[column.name]) == in_file(said), (name, row[data.key], column.name)
        compared += len(told)
        for record in chance.sample(list(told.values()), min(PAGES, len(told))):
            page = words_of(client.get(record["page_ko"].removeprefix("http://testserver")).content.decode())
            for field in ("name_ko", "title_ko", "venue_ko", "outcome_ko", "country_ko", "summary_ko", "done_ko"):
                if record.get(field) and name != "missions":
                    assert " ".join(record[field].split()) in page, (record["page_ko"], field)
    assert compared > 1000
