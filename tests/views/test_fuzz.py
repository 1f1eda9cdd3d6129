"""Whatever is asked of a public address gets a page, a redirect or a plain refusal, for a bounded number of queries."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make, tries
from tests.crawl import beside

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.both_databases]
PARTS, REQUESTS, MOST_QUERIES = 4, tries.here(500), 9  # requests a part
ANSWERS = {200, 301, 302, 304, 400, 404, 405}
NAMES = [
    *[
        "q",
        "page",
        "after",
        "before",
        "body",
        "country",
        "kind",
        "type",
        "sector",
        "outcome",
        "year",
        "month",
        "closed",
        "launched",
    ],
    *[
        "status",
        "chaired",
        "region",
        "state",
        "scope",
        "topic",
        "validity",
        "p",
        "utm_source",
        "csrfmiddlewaretoken",
        "page[]",
        "q[$ne]",
        "__proto__",
        "body__mission",
        "%00",
        "%EF%BC%8E",
    ],
]
VALUES = [
    *["", "%00", "a%00b", "%0", "%", "%zz", "%ff%fe", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%u0041", "+", "%20"],
    *["'%20OR%201=1--", "1;DROP%20TABLE%20missions_body", "%25%25s", "%7B0.__class__%7D", "%7B%7B7*7%7D%7D", "$where"],
    *["0", "-1", "1e9", "1.0", "NaN", "Infinity", "0x10", "9" * 18, "9" * 19, "9" * 40, "9" * 5000, "1_0", "+5"],
    *["0000000019", "000000001" + "9" * 50, "000000001" + "9" * 5000, "%D9%A1", "%EF%BC%91", "%E4%B8%80", "%C2%B2"],
    *[
        "last",
        "none",
        "null",
        "undefined",
        "2024-04",
        "2024-13",
        "0000-00",
        "20%D9%A24-04",
        "held",
        "VN",
        "SFO",
        "case",
    ],
    *["2024-04-01_1", "2024-04-01T00:00:00Z_1", "2024-04-01T00:00%2B23:59_9", "9999-12-31_1", "0001-01-01T00:00Z_1"],
    *["2024-04-01T00:00:00_1", "2024-02-30_1", "2024-04-01_" + "9" * 18, "2024-04-01_" + "9" * 19, "_", "__", "2024_x"],
    *["2024-12-31T23:59:59-16:00_1", "2024-12-31T23:59:59%2B23:59_1", "9999-12-31T23:59:59-23:59_1"],
    *["0001-01-01T00:00%2B16:00_1", "2024-04-01T12:00:00-15:59:59_1"],
    *["2024-04-01_%D9%A1", "2024-04-01_%C2%B2", "2024-04-01_-5", "T_1", "24:00_1"],
    *["%E2%80%AE%E2%81%A6", "%E1%84%80" * 300, "%EA%B0%80" * 300, "%F0%9F%99%82" * 50, "e" + "%CC%81" * 300],
    *["%EF%B7%BA" * 200, "%C4%B0%C3%9F%EF%AC%81", "%E3%86%8D" * 50, "(" * 300, "[" * 300, "(a%2B)%2B$" * 30, "*" * 300],
    *["a*%20b*%20" * 40, "a%20" * 200, "%22%20NEAR%20AND%20NOT%20(", "a:*%20%26%20!b%20|%20c", "%EA%B0%80%20" * 60],
    *["%3Cscript%3E", "%0D%0AX-Evil:%201", "%2F%2Fevil.example", "..%2F..%2Fetc", "a" * 6000, "%5C" * 50, "\u007f"],
    *["publishedcase", "meeting", "%ED%86%B5%EA%B4%80", "customs", "%ED%86%B5", "Z"],
]
WHOLE = [
    "&" * 900,
    "=" * 900,
    ";" * 99,
    "?" * 99,
    "%26" * 99,
    "a=1&" * 990,
    "a=1&" * 1100,
    "page",
    "q&q&q",
    "[]=[]",
    "%",
]


def addresses():
    """One address of each kind, in both languages, and some that are nearly right."""
    body = make.body()
    meeting, case, item = make.meeting(body, summary_ko="통관"), make.case(body), make.information(body)
    organisation = make.organisation()
    lists = ["missions", "bodies", "meetings", "cases", "information", "organisations"]
    tables = ["rollout", "results", "times", "difficulties-by-body", "cases-by-month", "meetings-by-body", "x"]
    pages = [
        *["", "search/", "search/", "search/", "programme/", "statistics/", "sources/", "accessibility/", "privacy/"],
        *[f"{name}/" for name in lists * 2],
        *[f"{name}.csv" for name in lists],
        *[f"statistics/{name}.csv" for name in tables],
        *[f"missions/{body.mission.slug}/", f"bodies/{body.code}/", f"meetings/{meeting.key}/"],
        *[f"cases/{case.reference}/", f"information/{item.key}/", f"organisations/{organisation.slug}/"],
        *[f"meetings/{9**30}/", f"meetings/{'9' * 5000}.ics", f"information/{9**30}/", "bodies/-/", "cases/%00/"],
        *["cases/%ED%A0%80/", "cases", "meetings/%D9%A1/", "%2F%2Fevil.example/", "search/%0A"],
    ]
    return [*(f"/{language}/{page}" for page in pages for language in ("ko", "en")), "/", "/cases/"] + [
        address.split("?")[0] for address in beside(body, meeting)
    ]


def query(chance):
    """One to six parameters, some of them repeated; now and then no parameters at all."""
    if chance.random() < 0.05:
        return chance.choice(WHOLE)
    names = chance.choices(NAMES, k=chance.choice([1, 1, 2, 3, 6]))
    if chance.random() < 0.2:
        names *= 2
    if chance.random() < 0.3:
        names = ["q", "kind", "page", *names]
    fitting = {"q": ["customs", "%ED%86%B5%EA%B4%80", "Z"], "kind": ["publishedcase", "meeting", "body"]}
    return "&".join(f"{name}={chance.choice(fitting.get(name, []) * 12 + VALUES)}" for name in names)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_query_string_breaks_a_public_address_or_makes_it_ask_without_end(client, caplog, part):
    caplog.set_level("CRITICAL", logger="django")
    chance = random.Random(f"20240417 {tries.SEED} {part}")
    found = addresses()
    for turn in range(part, PARTS * REQUESTS, PARTS):
        method = client.head if turn % 20 == 19 else client.get
        address = f"{found[turn % len(found)]}?{query(chance)}"
        with CaptureQueriesContext(connection) as asked:
            response = method(address)
            if response.streaming:
                b"".join(response.streaming_content)
        assert response.status_code in ANSWERS, (response.status_code, address)
        assert len(asked) <= MOST_QUERIES, (len(asked), address)
        assert "X-Evil" not in response.headers, address
        assert not response.get("Location", "").startswith(("//", "http")), address
