"""The last lines of a run: what ran on which database and in which browser.

``tests.passes`` runs pytest once for each database and says in ``SUITE_PASS`` which pass this
is. Each pass writes its counts to the file ``SUITE_RECORD``; the last one prints them all, and
adds those of the earlier passes to its own, so that pytest's closing line counts every pass.
"""

import json
import os
import zlib
from collections import Counter

import pytest
from django.db import connection

THIS_PASS = json.loads(os.environ.get("SUITE_PASS", "null"))
ASKS_A_DATABASE = {"db", "transactional_db", "live_server", "site"}
# Folders of tests about what a page, a message or a file says, to whom, and how it is made: decided in Python, whatever
# keeps the rows.
DEALT_OUT = {"admin", "views", "feeds", "portal", "map", "fields", "api", "files", "notices"}
COUNTED = ["failed", "error", "passed", "skipped", "xfailed", "xpassed"]


def pytest_collection_modifyitems(config, items):
    """Mark the browser tests, and leave each test to the passes that it is for.

    The browser tests run in the pass that has the browser, what asks no database in the first one only, and what needs
    PostgreSQL where it is. What is decided in Python is dealt out: each test of it runs on one of the two databases.
    """
    for item in items:
        folder = item.path.relative_to(config.rootpath).parts[1]
        if folder == "browser":
            item.add_marker(pytest.mark.browser)
        if folder in DEALT_OUT and not item.get_closest_marker("dealt_out") and not needs_both(item):
            item.add_marker(pytest.mark.dealt_out)
    # Those that read the whole site come first, and so to one worker, which asks for it once. Those of the browser
    # follow, and those that share a scene: they are the longest, and none of them should keep one worker busy while the
    # other has nothing left.
    items.sort(key=place)
    left_out = [item for item in items if not is_for_this_pass(item)]
    items[:] = [item for item in items if is_for_this_pass(item)]
    config.hook.pytest_deselected(items=left_out)


def place(item):
    """Where a test comes in the order of a pass; those of one place stay as they were collected."""
    browser, scene = item.get_closest_marker("browser"), "kept_scene" in item.fixturenames
    return "site" not in item.fixturenames, not browser, not scene


def is_for_this_pass(item):
    """Whether a test is to run in this pass, or in a run of pytest by itself."""
    if any(item.get_closest_marker(vendor) for vendor in {"postgresql", "sqlite"} - {connection.vendor}):
        return False
    if not THIS_PASS:
        return True
    if item.get_closest_marker("browser"):
        return bool(THIS_PASS["browser"])
    if item.get_closest_marker("libreoffice") and not THIS_PASS["office"]:
        return False
    asks = item.get_closest_marker("django_db") or not ASKS_A_DATABASE.isdisjoint(item.fixturenames)
    if not asks:
        return THIS_PASS["first"]
    dealt_out = item.get_closest_marker("dealt_out")
    if not dealt_out or THIS_PASS["first"] == THIS_PASS["last"]:
        return True
    together = dealt_out.args[0] if dealt_out.args else item.nodeid
    return zlib.crc32(together.encode()) % 2 == THIS_PASS["first"]


def needs_both(item):
    """Whether what a test looks at could differ between the databases, or costs nothing once it is there."""
    if "site" in item.fixturenames:
        return True
    database = item.get_closest_marker("django_db")
    commits = "transactional_db" in item.fixturenames or (database is not None and database.kwargs.get("transaction"))
    return bool(commits or any(map(item.get_closest_marker, ("both_databases", "postgresql", "sqlite"))))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter, config):
    """Print the table after everything else that pytest prints before its closing line."""
    yield
    if not THIS_PASS or hasattr(config, "workerinput"):
        return
    counts = {"title": THIS_PASS["title"], "counts": dict(count(terminalreporter, browser=False))}
    lines = [counts]
    if THIS_PASS["browser"]:
        title = f"{THIS_PASS['browser']}, on {THIS_PASS['title'].split(' from ')[0]}"
        lines.append({"title": title, "counts": dict(count(terminalreporter, browser=True))})
    with open(os.environ["SUITE_RECORD"], "r+") as record:
        earlier = json.load(record)
        record.seek(0)
        json.dump(earlier + lines, record)
    if not THIS_PASS["last"]:
        return
    terminalreporter.section("what ran where")
    for line in earlier + lines:
        bad = not line["counts"].keys().isdisjoint({"failed", "error"})
        terminalreporter.line(f"{line['title']}: {sentence(line['counts'])}", red=bad)
    for part, reason in THIS_PASS["missing"].items():
        terminalreporter.line(f"NOT RUN: {part}, because there is {reason}", yellow=True)
    for line in earlier:
        for outcome, number in line["counts"].items():
            terminalreporter.stats.setdefault(outcome, []).extend([object()] * number)


def count(terminalreporter, *, browser):
    """Outcomes of the tests that need a browser, or of those that need none."""
    outcomes = Counter()
    for outcome in COUNTED:
        for report in terminalreporter.stats.get(outcome, []):
            if ("browser" in getattr(report, "keywords", {})) == browser:
                outcomes[outcome] += 1
    return outcomes


def sentence(counts):
    """For instance ``2 failed, 310 passed``."""
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items()) or "no tests"
