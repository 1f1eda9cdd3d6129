"""The public pages as readers see them: accessible, small, worked by keyboard alone."""

import gzip
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from tests import make
from tests.feeds.test_sitemap import listed

pytestmark = pytest.mark.usefixtures("live_server", "programme")
WIDTHS = [360, 768, 1280]
KINDS = ["", "missions/", "bodies/", "meetings/", "cases/", "earlier-cases/", "information/", "organisations/"]
SINGLE = [
    "countries/",
    "countries/VN/",
    "missions/hanoi/",
    "bodies/SFO/",
    "bodies/KOR/",
    "cases/poen-germany/",
    "earlier-cases/ec008/",
    "help/",
    "help/customs/",
    "organisations/kosme/",
    "programme/",
    "statistics/",
    "data/",
    "data/dictionary/",
    "sources/",
    "report/",
    "status/",
    "accessibility/",
    "privacy/",
    "nowhere/",
    "missions/?country=ZZ",
    "missions/?country=VN&kind=embassy",
    "cases/?q=nothing",
    "search/",
    "search/?q=nothing&country=VN",
    "search/?q=베트남",
    "search/?q=서울&kind=source&body=ZZ",
]
HEAVIEST = 70 * 1024
TARGETS = "a[href], button, input:not([type=hidden]), select, summary"
SMALL = f"""() => {{
    const folded = [...document.querySelectorAll('details:not([open])')]
    folded.forEach(part => part.open = true)
    const small = [...document.querySelectorAll('{TARGETS}')]
        .filter(target => target.checkVisibility() && !target.closest('.skip, .world')) // a list stands by the map
        .filter(target => ['width', 'height'].some(side => target.getBoundingClientRect()[side] < 24))
        .map(target => target.outerHTML)
    folded.forEach(part => part.open = false)
    return small
}}"""  # WCAG 2.5.8
LOW = """() => ['.count', '.count ~ :is(.rows, section, ul.cards) :is(tbody tr, li)', '.contact dt']
    .filter(part => document.querySelector(part)?.getBoundingClientRect().top >= 370)"""
OPEN = "parts => parts.filter(part => part.checkVisibility()).length"
LAID_OUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]  # rules of axe
ALIKE = ["tr:nth-child(n+13)", "li:nth-child(n+13)", ".world a:nth-of-type(n+13)"]  # after the twelfth of them


@pytest.fixture
def addresses():
    """One address of every kind of page, in both languages."""
    body = make.body(name_en="", purpose_ko="국문뿐인 글입니다.")
    meeting, item = make.meeting(body, number=1), make.information(body, valid_until=make.tomorrow())
    made = [f"meetings/{meeting.key}/", f"information/{item.key}/", f"bodies/{body.code}/"]
    for _ in range(25):
        make.meeting(body)
    return [f"/{language}/{page}" for language in ("ko", "en") for page in [*KINDS, *SINGLE, *made]]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_public_page_breaks_a_rule_of_accessibility_or_scrolls_sideways(open_page, axe, addresses, language):
    """At each width; in Korean also in dark, as no colour depends on the language.

    The document is always the same, and what it shows on a tablet it shows on a phone or at a desk: these are asked for
    every rule in light, the others for what depends on colours and on where things stand, of a long list by its
    beginning.
    """
    page = open_page()
    found = []
    for address in addresses:
        if not address.startswith(f"/{language}/"):
            continue
        page.goto(address)
        for width, scheme in product(WIDTHS, ["light", "dark"] if language == "ko" else ["light"]):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            whole = width != 768 and scheme == "light"
            found.append(axe(page) if whole else axe(page, ALIKE, runOnly=LAID_OUT))
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} is wider than {width} px in {scheme}")
            if scheme == "light":
                found += [f"{address}: less than 24 px at {width}: {target}" for target in page.evaluate(SMALL)]
                found += _where_it_stands(page, address, width)

    assert "\n".join(filter(None, found)) == ""


def _where_it_stands(page, address, width):
    """What a phone does not show in its upper half, asks for twice or does not fold, and what a desk does not show."""
    links, filters = (page.locator(part).evaluate_all(OPEN) for part in (".menu nav a", ".conditions select"))
    if width >= 1024:
        return [] if links and (filters or not page.locator(".conditions select").count()) else [f"{address} is folded"]
    found = [f"{address} shows {part} in the lower half" for part in page.evaluate(LOW) if width == 360]
    if page.locator("input[name=q]").evaluate_all(OPEN) > 1:
        found.append(f"{address} asks twice what is sought at {width} px")
    return found + [f"{address} is open at {width} px"] * bool(links or (filters and "ZZ" not in address))


def test_pages_can_be_enlarged_to_400_percent(open_page, addresses):
    page = open_page(width=320, height=256)
    wide = []
    for address in addresses:
        page.goto(address)
        page.locator(".menu summary").click()
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)
        wide += page.evaluate(SMALL)

    assert wide == []


def test_every_page_is_light_asks_nobody_else_and_sets_no_cookie(open_page, client):
    """Each page is weighed as one who comes for the first time has it: nothing is taken from what came before."""
    found = sorted(urlsplit(address).path for address in listed(client))[::4]
    assert len(found) > 40
    page, answers, weights = open_page(), [], {}
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("response", lambda answer: answers.append(answer))
    for address in ["/ko/", "/en/missions/", *found]:
        answers.clear()
        page.goto(address)
        for answer in answers:
            if answer.url not in weights:  # a stylesheet weighs the same beside each page
                weights[answer.url] = len(gzip.compress(answer.body()))
        weight = sum(weights[answer.url] for answer in answers)
        assert len(answers) <= 8 and weight <= HEAVIEST, f"{address}: {len(answers)} requests, {weight} bytes"
        assert page.context.cookies() == []


def focused(page):
    """Words of the element that has the keyboard."""
    return page.evaluate("(document.activeElement.innerText || document.activeElement.id || '').trim()")


def tab_to(page, words, most=80):
    """Press Tab until an element with these words has the keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} cannot be reached by keyboard on {page.url}")


BACKWARDS = f"""() => {{
    const parts = [...document.querySelectorAll('{TARGETS}')].filter(part => part.checkVisibility())
    const boxes = parts.map(part => part.getClientRects()[0])
    const isBack = (box, last) => box.bottom <= last.top + 2
        || Math.abs(box.top - last.top) < 8 && box.left < last.left
    return parts.filter((part, n) => n && isBack(boxes[n], boxes[n - 1])).map(part => part.outerHTML)
}}"""  # what the keyboard reaches after something that stands below it, or behind it in its line


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_keyboard_goes_through_a_page_as_it_is_read(open_page, language, width):
    page = open_page(width=width)
    for address in ("countries/VN/", "cases/", "search/?q=베트남"):
        page.goto(f"/{language}/{address}")
        assert page.evaluate(BACKWARDS) == [], address


def test_a_reader_finds_the_mission_for_a_market_by_keyboard_alone(open_page):
    page = open_page("/ko/")
    page.keyboard.press("Tab")
    assert focused(page) == "본문 바로가기"
    page.keyboard.press("Enter")
    tab_to(page, "국가 선택")
    while page.input_value("#market") != "VN":
        page.keyboard.press("ArrowDown")
    tab_to(page, "담당 공관 보기")
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/VN/")
    tab_to(page, "주베트남대사관")
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/hanoi/")

    assert "중소벤처기업진흥공단" in page.inner_text("main")


def test_a_reader_walks_from_the_search_to_a_case_its_mission_and_the_calendar_by_keyboard_alone(open_page):
    page = open_page("/ko/", width=360)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(5):  # the chooser of countries and what stands below it come first
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("공장 독일")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    tab_to(page, "㈜포엔")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/poen-germany/")
    tab_to(page, "독일 담당 공관과 연락처")
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/DE/")
    tab_to(page, "주프랑크푸르트총영사관")
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/frankfurt/")
    assert "연락 방법" in page.inner_text("main")
    tab_to(page, "캘린더 파일")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    tab_to(page, "통계")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/")

    assert Calendar.from_ical(Path(waiting.value.path()).read_bytes())["X-WR-CALNAME"]


MET = """points => points.filter(point => {
    point.scrollIntoView({block: 'center', inline: 'center'})
    const at = point.querySelector('.dot').getBoundingClientRect()
    return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)?.closest('a') === point
}).length"""


@pytest.mark.parametrize("width", WIDTHS)
def test_each_point_of_the_map_is_met_by_the_pointer_and_by_the_keyboard(open_page, width):
    for latitude, longitude in [(50.735, 7.1), (50.94, 6.96), (1.3, 103.9)]:
        make.body(mission=make.mission(latitude=latitude, longitude=longitude))
    page = open_page("/en/", width=width)
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")  # it opens on the crowded part

    assert page.locator(".world a").evaluate_all(MET) == 14
    page.focus("main")
    for _ in range(200):
        page.keyboard.press("Tab")
        if "San Francisco" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/san-francisco/")


IN_SIGHT = """places => places.filter(place => {
    const frame = place.closest('.world').getBoundingClientRect()
    return [place.querySelector('.dot'), place.querySelector('text')].every(part => {
        const box = part.getBoundingClientRect()
        return box.left >= frame.left && box.right <= frame.right
    })
}).map(place => place.querySelector('text').textContent)"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("address", ["/en/", "/en/missions/"])
def test_the_map_opens_on_a_phone_where_most_missions_are(open_page, address, motion):
    page = open_page(address, width=360, reduced_motion=motion, java_script_enabled=False)
    page.wait_for_timeout(500)

    seen = set(page.locator(".world a").evaluate_all(IN_SIGHT))
    assert {"Dubai", "New Delhi", "Hanoi", "Ho Chi Minh City", "Singapore", "Beijing"} <= seen


def test_the_whole_map_is_in_sight_on_a_tablet(open_page):
    page = open_page("/en/", width=768)

    assert len(page.locator(".world a").evaluate_all(IN_SIGHT)) == 11


def test_a_point_that_stands_alone_is_as_large_as_a_finger(open_page):
    for width in (360, 768):
        page = open_page("/en/missions/", width=width)
        box = page.locator(".world a[aria-label*='Wellington'] .reach").bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_links_beside_the_map_bring_a_part_of_the_world_into_sight_on_a_phone(open_page):
    page = open_page("/en/missions/", width=360)
    page.click("text=Americas")

    seen = page.locator(".world a[aria-label*='Los Angeles'] .dot").bounding_box()
    assert 0 < seen["x"] < 350
    assert page.evaluate("document.documentElement.scrollLeft") == 0


def test_nothing_moves_while_a_page_is_loading(open_page):
    page = open_page("/ko/")
    shifts = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().length))
            .observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 300))"""
    )

    assert shifts == 0


def test_the_language_link_stays_on_the_page_with_its_filters(open_page):
    page = open_page("/ko/missions/?country=VN")
    page.click("text=English")

    assert page.url.endswith("/en/missions/?country=VN")
    assert "Embassy of the Republic of Korea in Vietnam" in page.inner_text("main")


@pytest.mark.parametrize("address", ["/en/", "/ko/missions/"])
def test_the_keyboard_can_pass_by_the_map(open_page, address):
    page = open_page(address)
    page.locator(".skips a").focus()
    assert page.locator(".skips a").bounding_box()["x"] >= 0

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.world') === null")
    order = "document.querySelector('.world').compareDocumentPosition(document.activeElement)"
    assert page.evaluate(f"{order} & Node.DOCUMENT_POSITION_FOLLOWING")


def test_a_phone_shows_the_name_of_each_body_and_leaves_out_its_code(open_page):
    page = open_page("/en/bodies/", width=360)

    for row in page.locator(".rows tbody tr").all():
        assert row.locator(".whole").is_visible() and row.locator(".code").is_hidden()
