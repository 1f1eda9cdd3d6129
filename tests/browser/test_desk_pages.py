"""Every kind of page of the staff desk: valid, accessible, as wide as the screen, and worked by keyboard alone."""

import html5lib
import pytest
from django.contrib import admin
from django.urls import reverse

from missions.difficulties import closing, relays, workflow
from missions.models import Body, ExportFile, Meeting
from missions.publication import workflow as publishing
from tests import make
from tests.admin.test_access import PAGES

pytestmark = pytest.mark.usefixtures("live_server", "programme")
# What the Tab key should reach: everything that can be worked and seen; of a group of radio buttons one.
REACHABLE = """() => {
  const seen = new Set(), keep = [];
  for (const one of document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex]')) {
    if (one.disabled || one.tabIndex < 0 || one.type === 'hidden' || !one.checkVisibility(
        {visibilityProperty: true})) continue;
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (one.type === 'radio') { if (seen.has(one.name)) continue; seen.add(one.name); }
    one.dataset.walk = keep.length; keep.push(one.outerHTML.slice(0, 160));
  }
  return keep;
}"""
# Writes down each place that the keyboard comes to: which control it is, and whether its place can be seen.
WALK = """() => {
  const place = one => {
    if (one.type === 'radio') {
      const first = document.querySelector(`[type=radio][name="${one.name}"][data-walk]`);
      if (first) return [first.dataset.walk, true];
    }
    const look = getComputedStyle(one), shell = one.closest('.select2-selection') || one;
    const marked = [look, getComputedStyle(shell)].some(s => parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none'
      || s.boxShadow !== 'none') || look.textDecorationLine === 'underline' || !one.matches(':focus-visible');
    return [one.dataset.walk ?? null, marked];
  };
  window.walked = [];
  document.addEventListener('focusin', () => walked.push(place(document.activeElement)));
}"""
HOW_MANY = "new Set(walked.map(([number]) => number).filter(number => number !== null)).size"


# Fields that run out of the screen: Django hides what is too wide instead of letting the page scroll.
CUT_OFF = """() => [...document.querySelectorAll('input, select, textarea')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth).map(one => one.name)"""


def faults(page, axe, address, width):
    """What is wrong with one page, a line for each."""
    answer = page.goto(address)
    found = [f"{address} answers {answer.status}"] if answer.status >= 400 else []
    try:
        html5lib.HTMLParser(strict=True).parse(answer.text())
    except html5lib.html5parser.ParseError as problem:
        found.append(f"{address} is not valid HTML: {problem}")
    found.append(axe(page))
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"{address} is {wide} px wide at {width} px")
    if cut := page.evaluate(CUT_OFF):
        found.append(f"{address} cuts off at {width} px: {', '.join(cut)}")
    return list(filter(None, found))


def unreached(page, address):
    """What the keyboard does not reach on a page, or reaches without showing it."""
    page.goto(address)
    wanted = page.evaluate(REACHABLE)
    missing, unmarked = dict(enumerate(wanted)), []
    page.evaluate(WALK)
    for _ in range(0, len(wanted) + 40, 10):
        if page.evaluate(HOW_MANY) == len(wanted):
            break
        for _ in range(10):  # the key is held down: pressed anew, it would be told twice of every place
            page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    for number, marked in page.evaluate("walked"):
        words = missing.pop(int(number), None) if number is not None else None
        if words and not marked:
            unmarked.append(f"{address}: the keyboard’s place cannot be seen at {words}")
    return [f"{address}: not reached by keyboard: {words}" for words in missing.values()] + unmarked


def of_models(role):
    """Addresses of the lists and of the empty forms that a role may open."""
    for model in sorted(admin.site._registry, key=lambda model: model._meta.model_name):
        for kind in ("changelist", "add"):
            name = f"admin:missions_{model._meta.model_name}_{kind}"
            if name in PAGES and f"{role} here" in PAGES[name].enter:
                yield reverse(name)


def standing(page):
    """A page as one without scripts has it that goes on by itself: it is looked at before it is done."""
    page.route("**/goes_on.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    return page


OF_DIFFICULTY = ["change", "history", "case_file", "files"]


@pytest.fixture
def desk():
    """An officer with a difficulty amid relays, and the pages that person works with."""
    lax, han = Body.objects.get(code="LAX"), Body.objects.get(code="HAN")
    officer, other = make.officer(lax), make.officer(han)
    record = make.difficulty(lax, officer)
    workflow.accept(record, by=officer, owner=officer)
    relays.relay(record, by=officer, to=han, kind="help", asked="확인을 부탁드립니다.")
    incoming = make.difficulty(han, other)
    workflow.review(incoming, by=other)
    leg = relays.relay(incoming, by=other, to=lax, kind="hand_over", asked="인수를 부탁드립니다.")
    closed = make.difficulty(lax, officer)
    closing.close(closed, by=officer, outcome="resolved", solution="서류를 보완했습니다.")
    draft = publishing.begin_from(closed, by=officer)
    meeting = Meeting.objects.filter(body=lax).first()
    asked = {"kind": "difficulty", "format": "csv", "language": "ko", "columns": ["title"], "is_cut": False}
    file = ExportFile.objects.create(by=officer, keys=[record.pk, closed.pk], **asked)

    def steps(difficulty, *names, query=""):
        return [reverse("admin:missions_difficulty_step", args=[difficulty.pk, name]) + query for name in names]

    own = [
        reverse("admin:index"),
        reverse("admin:messages"),
        reverse("admin:messages_delivery"),
        reverse("admin:missions_difficulty_changelist") + "?ask=my_turn",
        reverse("admin:missions_difficulty_changelist") + "?q=통관",
        reverse("admin:missions_difficulty_changelist") + "?firm=식품&since=26.11.20&cols=title,country",
        reverse("admin:search") + "?q=통관",
        reverse("admin:help"),
        reverse("admin:help") + "?q=반송",
        reverse("admin:help_page", args=["relay"]),
        reverse("admin:views") + "?of=difficulty&query=stage__exact%3Dclosed",
        reverse("admin:missions_difficulty_add"),
        *(reverse(f"admin:missions_difficulty_{page}", args=[record.pk]) for page in OF_DIFFICULTY),
        *(reverse(f"admin:missions_difficulty_{page}") for page in ("export", "import")),
        reverse("admin:missions_difficulty_export_file", args=[file.pk]),
        *steps(record, "assign", "act", "wait", "relay", "close"),
        *steps(incoming, "acknowledge", "take_over", "return_leg", query=f"?leg={leg.pk}"),
        *steps(closed, "reopen", "confirm"),
        reverse("admin:missions_publishedcase_change", args=[draft.pk]),
        reverse("admin:missions_meeting_change", args=[meeting.pk]),
        reverse("admin:missions_body_change", args=[lax.pk]),
    ]
    return officer, own


@pytest.mark.parametrize(("width", "language"), [(360, "ko"), (1280, "en")])
def test_no_page_of_an_officer_breaks_a_rule(sign_in, axe, desk, width, language):
    officer, addresses = desk
    officer.language = language
    page = standing(sign_in(officer, width=width))

    assert "\n".join(fault for address in addresses for fault in faults(page, axe, address, width)) == ""


@pytest.mark.parametrize(("width", "language"), [(360, "en"), (1280, "ko")])
def test_no_list_and_no_empty_form_of_the_ministry_breaks_a_rule(sign_in, axe, width, language):
    page = sign_in(make.staff("ministry", language=language), width=width)
    addresses = list(of_models("ministry"))

    assert len(addresses) > 30
    assert "\n".join(fault for address in addresses for fault in faults(page, axe, address, width)) == ""


def test_every_control_of_an_officers_pages_is_reached_by_keyboard_and_shows_it(sign_in, desk):
    officer, addresses = desk
    page = standing(sign_in(officer))

    assert "\n".join(fault for address in addresses for fault in unreached(page, address)) == ""


@pytest.fixture
def ministry_pages(desk):
    """The pages that only the ministries work with: figures, bodies' health, handing over, texts to approve."""
    officer, _own = desk
    lax = Body.objects.get(code="LAX")
    text = publishing.submit(make.case(lax, "draft", drafted_by=officer), by=officer)
    return [
        reverse("admin:index"),
        reverse("admin:health"),
        reverse("admin:counters"),
        reverse("admin:counted", args=["meetings"]),
        reverse("admin:reports"),
        reverse("admin:missions_difficulty_changelist"),
        reverse("admin:missions_posting_handover", args=[officer.postings.get().pk]),
        reverse("admin:missions_posting_changelist"),
        reverse("admin:missions_publishedcase_change", args=[text.pk]),
        *(
            reverse("admin:missions_publishedcase_publication", args=[text.pk, name])
            for name in ("approve", "send_back")
        ),
        reverse("admin:missions_reportedresult_changelist"),
        reverse("admin:missions_reportedresult_add"),
        reverse("admin:missions_organisation_add"),
        reverse("admin:missions_mission_import"),
        reverse("admin:missions_publicholiday_add"),
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_of_the_ministrys_pages_is_reached_by_keyboard_and_shows_it(sign_in, ministry_pages, width):
    page = sign_in(make.staff("ministry"), width=width)

    assert "\n".join(fault for address in ministry_pages for fault in unreached(page, address)) == ""
