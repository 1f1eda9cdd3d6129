"""Pages in a real browser, and what no page may do there.

A page that logs an error, breaks the Content-Security-Policy or asks another host for anything
fails its test, whatever the test looked at.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import sync_playwright

from portal.frames import with_room
from tests.machine import Missing, chromium

RULES_BROKEN = Path(__file__).with_name("rules.js").read_text()
LOCAL = {"localhost", "127.0.0.1"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every name but the live server's is unknown, so that nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a worker."""
    try:
        path = chromium()
    except Missing as reason:
        pytest.skip(str(reason))
    # Playwright leaves an event loop running in the thread of the tests. Django takes that for
    # asynchronous code and refuses its own database, although nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequestHandler, "handle_one_request", with_room(WSGIRequestHandler.handle_one_request))
        chrome = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture
def problems():
    """What the pages of this test did wrong so far. Whatever is in it at the end fails the test."""
    found = []
    yield found
    if found:
        pytest.fail("The browser complained:\n" + "\n".join(found), pytrace=False)


@pytest.fixture
def open_page(browser, live_server, problems):
    """Open a page of the site: ``open_page("/ko/", width=360, color_scheme="dark")``.

    Each call is another visitor, with no cookies. Further arguments go to Playwright's
    ``new_context``; the page returned is Playwright's.
    """
    contexts = []

    def opened(path="", *, width=1280, height=900, locale="ko-KR", color_scheme="light", **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme=color_scheme,
            timezone_id="Asia/Seoul",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        if path:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """A blank page of a Korean reader at a desk."""
    return open_page()


@pytest.fixture(scope="session")
def axe():
    """Accessibility of a page: ``assert axe(page) == ""``. The text names rule, place and remedy.

    ``left_out``: selectors of what is not looked at. Further arguments are options of axe. A look of text that axe
    found legible is remembered as long as the browser runs; one that it did not is asked for on every page.
    """
    script, legible = Axe().axe_script, []

    def violations(page, left_out=(), **options):
        if page.evaluate("typeof axe") == "undefined":  # a page asked again has it: half a megabyte to read
            page.evaluate(script)
        told = [left_out, {"resultTypes": ["violations"], "preload": False, **options}, legible]
        found = page.evaluate(RULES_BROKEN, told)
        legible[:] = found["legible"]
        broken = "\n".join(f"{page.url}: {place}" for violation in found["violations"] for place in places(violation))
        return broken.replace('[data-asked=""]', "").replace(' data-asked=""', "")

    return violations


def places(violation):
    """One line for each element that breaks an accessibility rule."""
    for node in violation["nodes"]:
        advice = " ".join(node["failureSummary"].split())
        yield f"{violation['id']} ({violation['impact']}) at {node['target']}: {advice}\n    {node['html']}"


def watch(page, problems):
    """Write down what the page does wrong."""
    expected = set()

    def answered(response):
        # A page that is itself an error page is logged as an error; that is no fault of the page.
        if response.request.is_navigation_request() and response.status >= 400:
            expected.add(response.url)

    def logged(message):
        if message.type in {"error", "warning"} and message.location["url"] not in expected:
            problems.append(f"{page.url} logged: {message.text}")

    def requested(request):
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.hostname not in LOCAL:
            problems.append(f"{page.url} asked another host: {request.url}")

    page.on("response", answered)
    page.on("console", logged)
    page.on("request", requested)
    page.on("pageerror", lambda error: problems.append(f"{page.url} threw: {error}"))


@pytest.fixture
def sign_in(open_page, live_server):
    """A page of the desk, open for somebody who has signed in."""

    def signed_in(user, **options):
        client = Client()
        client.force_login(user)
        page = open_page(**options)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page.goto("/admin/")
        return page

    return signed_in
