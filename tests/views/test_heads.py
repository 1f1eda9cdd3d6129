"""What a page's head tells search engines and those who share it."""

import re

import html5lib
import pytest

from tests import make

pytestmark = pytest.mark.usefixtures("programme")
SITE = "http://testserver"
HANGUL = re.compile("[가-힣]")
STRICT = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)  # raises for what is no valid HTML
OG = {"title", "description", "type", "url", "site_name", "locale", "locale:alternate", "image", "image:alt"}


class Head:
    """The head of a page, as those read it who follow the standard."""

    def __init__(self, html):
        page = STRICT.parse(html)
        links, metas = page.findall("head/link"), page.findall("head/meta")
        self.title = page.findtext("head/title")
        self.canonical = [link.get("href") for link in links if link.get("rel") == "canonical"]
        self.alternates = [(x.get("hreflang"), x.get("href")) for x in links if x.get("hreflang")]
        self.descriptions = [meta.get("content") for meta in metas if meta.get("name") == "description"]
        self.robots = [meta.get("content") for meta in metas if meta.get("name") == "robots"]
        og = [(meta.get("property")[3:], meta.get("content")) for meta in metas if meta.get("property")]
        self.og = dict(og)
        assert len(self.og) == len(og)


def head(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return Head(response.content.decode())


def description(client, address):
    (text,) = head(client, address).descriptions
    return text


@pytest.fixture(scope="session")
def heads(site):
    """The heads of all pages, by address. Each page is read once, and strictly."""
    found = {}
    for address, page in site.html.items():
        try:
            found[address] = Head(page.text)
        except html5lib.html5parser.ParseError as problem:
            problem.add_note(address)
            raise
    return found


def test_every_page_is_valid_html(heads, site):
    assert heads.keys() == site.html.keys()


def test_every_page_has_one_address_two_languages_a_text_of_its_own_and_what_sharing_needs(heads):
    seen, wrong = {}, {}
    for address, found in heads.items():
        bare = address.split("?")[0]
        language, rest = bare[1:3], bare[3:]
        (canonical,), (text,) = found.canonical, found.descriptions
        assert canonical.split("?")[0] == SITE + bare
        query = canonical[len(SITE + bare) :]
        assert found.alternates == [
            ("ko", f"{SITE}/ko{rest}{query}"),
            ("en", f"{SITE}/en{rest}{query}"),
            ("x-default", SITE + rest + query),
        ]
        if not (15 <= len(text) <= 155 and bool(HANGUL.search(text)) == (language == "ko")):
            wrong[address] = text
        assert set(found.og) == OG
        assert (found.og["url"], found.og["description"]) == (canonical, text)
        assert found.title.startswith(found.og["title"] + " | ")
        assert found.og["image"].startswith(SITE + "/static/")
        locales = ("ko_KR", "en_GB")
        assert (found.og["locale"], found.og["locale:alternate"]) == locales[:: 1 if language == "ko" else -1]
        if not found.robots:
            seen.setdefault(text, set()).add(bare)
    assert wrong == {}
    assert {text: pages for text, pages in seen.items() if len(pages) > 1} == {}
    assert len(heads) > 100


def test_a_description_comes_from_the_record(client):
    body = make.body(name_en="Z body", state="launched", purpose_ko="목적", purpose_en="It helps.")
    seat = make.organisation(name_en="Z agency")
    seat.memberships.create(body=body)
    meeting = make.meeting(
        body, number=3, venue_en="Hanoi", venue_ko="하노이", summary_en="Customs.", summary_ko="통관."
    )
    case = make.case(body, title_en="Held goods", happened_en="They were held.", happened_ko="억류되었습니다.")
    item = make.information(body, title_en="New rule", text_en="It applies.", text_ko="적용됩니다.")

    assert description(client, f"/en/bodies/{body.code}/") == "Z body: launched. Members: Z agency. It helps."
    mission = description(client, f"/en/missions/{body.mission.slug}/")
    assert mission == f"{body.mission.name_en}, City, Vietnam. Z body: launched. Members: Z agency."
    assert description(client, f"/en/meetings/{meeting.key}/") == (
        "City · 3rd meeting: 2 March 2026, held, Hanoi. Customs."
    )
    assert (
        description(client, f"/ko/meetings/{meeting.key}/") == "도시 · 제3차 회의: 2026년 3월 2일, 개최, 하노이. 통관."
    )
    assert description(client, f"/ko/cases/{case.reference}/").endswith(f": {case.title_ko}. 억류되었습니다.")
    assert description(client, f"/en/cases/{case.reference}/").endswith(": Held goods. They were held.")
    assert description(client, f"/en/information/{item.key}/").endswith(": New rule (2 March 2026). It applies.")
    assert description(client, f"/en/organisations/{seat.slug}/") == "Z agency: other. Sits on: Z body."


def test_a_description_in_english_leaves_out_what_is_still_korean(client):
    body = make.body(purpose_ko="국문뿐인 글")
    make.organisation(name_en="").memberships.create(body=body)
    case = make.case(body, title_en="", happened_en="")

    assert not HANGUL.search(description(client, f"/en/bodies/{body.code}/"))
    text = description(client, f"/en/cases/{case.reference}/")
    assert not HANGUL.search(text) and case.reference in text


@pytest.mark.parametrize(
    ("purpose", "end"),
    [
        ("word " * 60, "word…"),
        ("가나다라 " * 60, "가나다라…"),
        ("가" * 300, "가…"),
        ("&lt;b&gt; \"quotes\" & 'marks' <i> " * 20, "…"),
    ],
)
def test_a_long_description_is_cut_between_words(client, purpose, end):
    body = make.body(purpose_ko=purpose)

    text = description(client, f"/ko/bodies/{body.code}/")
    assert 120 < len(text) <= 155 and text.endswith(end)
    assert text[: len(body.name_ko)] == body.name_ko and text[:-1] in f"{body.name_ko}: 발족. {purpose}"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("?utm_source=x&fbclid=1", ""),
        ("?page=1", ""),
        ("?page=2&utm_source=x", "?page=2"),
        ("?page=last", "?page=2"),
        ("?x=1&status=held&body={code}&page=2", "?body={code}&status=held&page=2"),
        ("?body=", ""),
        ("?body=XYZ", ""),
    ],
)
def test_a_list_is_known_by_its_conditions_and_page_and_by_nothing_else(client, asked, canonical):
    body = make.body()
    for number in range(21):
        make.meeting(body, number=number + 1)

    (found,) = head(client, "/en/meetings/" + asked.format(code=body.code)).canonical
    assert found == f"{SITE}/en/meetings/" + canonical.format(code=body.code)


def test_a_further_page_has_a_title_of_its_own_and_a_narrowed_list_is_in_no_index(client):
    body = make.body()
    for number in range(21):
        make.meeting(body, number=number + 1)

    first, second = head(client, "/en/meetings/"), head(client, "/en/meetings/?page=2")
    assert second.title == first.title.replace("Meetings", "Meetings (page 2)", 1)
    assert first.robots == second.robots == []
    for query in ("?status=held", "?body=XYZ", f"?body={body.code}&page=2"):
        assert head(client, f"/en/meetings/{query}").robots == ["noindex, follow"]


@pytest.mark.parametrize("address", ["/ko/bodies/XYZ/", "/en/nowhere/", "/ko/cases/?q=%00"])
def test_a_page_that_is_not_there_has_no_address(client, address):
    found = Head(client.get(address).content.decode())

    assert found.canonical == found.alternates == [] and found.og == {}


def test_a_title_with_markup_is_shared_as_typed(client):
    body = make.body(name_ko='"협의체" <b>&amp;</b>')

    found = head(client, f"/ko/bodies/{body.code}/")
    assert found.og["title"] == '"협의체" <b>&amp;</b>' and found.descriptions[0].startswith('"협의체" <b>&amp;</b>: ')


def test_a_title_stands_alone_and_no_two_pages_have_the_same(heads):
    pages = {}
    for found in heads.values():
        if not found.robots:
            pages.setdefault(found.title, set()).add(found.canonical[0])

    assert {title: addresses for title, addresses in pages.items() if len(addresses) > 1} == {}
    assert heads["/ko/"].title == "재외공관 중소벤처기업 지원협의체 | 중소벤처기업부·외교부 공동사업"
    assert heads["/en/"].title == "SME support bodies at missions abroad | MSS · MoFA joint programme"


def test_the_icons_are_there_for_those_who_ask_for_pictures(client):
    page = html5lib.parse(client.get("/en/").content.decode(), namespaceHTMLElements=False)
    icons = {link.get("rel"): link.get("href") for link in page.findall("head/link") if "icon" in link.get("rel", "")}

    assert client.get(icons["apple-touch-icon"]).getvalue().startswith(b"\x89PNG")
    assert client.get(client.get("/favicon.ico")["Location"]).getvalue().startswith(b"\0\0\1\0")
