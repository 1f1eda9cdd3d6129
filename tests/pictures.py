"""Pictures of the desk for its help, taken of the invented year so that they stay true.

``python -m tests.pictures ADDRESS USER PASSWORD`` asks a desk that runs with ``seed_demo``, as an officer of a body,
and writes ``portal/static/help/*.png``. It changes nothing there. Take them again where the pages have changed.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent / "portal" / "static" / "help"
SIZE = {"width": 900, "height": 640}


def take(page, address):
    """Take every picture, each of the part of a page that the help tells of. Yields their names."""
    difficulties = f"{address}/admin/missions/difficulty"
    page.goto(f"{address}/admin/")
    yield "front", page
    first = page.locator(".panel:has(h2 a[href*='my_turn']) li a").first.get_attribute("href")
    page.goto(f"{difficulties}/add/")
    yield "filing", page
    page.goto(f"{address}{first}")
    yield "difficulty", page.locator("#standing")
    if page.locator("#helped").count():
        yield "helped", page.locator("#helped")
    page.locator(".step-buttons a[href*='/step/relay/']").first.click()
    yield "relay", page.locator("form.step")
    page.goto(f"{difficulties}/?stage__exact=closed&outcome__exact=resolved&cols=title,stage,country")
    yield "list", page


def main(address, user, password):
    """Sign in, take the pictures and say which."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="ko-KR", color_scheme="light")
        page.goto(f"{address}/admin/login/")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        for name, part in take(page, address):
            part.screenshot(path=FOLDER / f"{name}.png")
            print(name)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
