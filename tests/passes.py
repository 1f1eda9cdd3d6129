"""Run the suite in two passes, on SQLite and on PostgreSQL; ``./run test`` calls this.

The browser tests run once, on PostgreSQL: there the browser's requests and the test have
connections of their own, as in production. What runs once or on both is decided by ``tests.report``, which also tells
what ran where at the end of the last pass. Arguments go to pytest, both times.
"""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

from tests import empty, template
from tests.machine import Missing, chromium_version, libreoffice, postgresql, quick_folder

NOTHING_COLLECTED = 5


def main(arguments):
    """Run both passes, in the order that lets the last one report on both."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    must_have_everything = os.environ.get("CI") == "true"
    with contextlib.ExitStack() as stack:
        record = stack.enter_context(tempfile.NamedTemporaryFile("w", prefix="portal-passes-"))
        print("[]", file=record, flush=True)
        missing = {}
        try:
            browser = chromium_version()
        except Missing as reason:
            browser, missing["browser tests"] = "", str(reason)
        try:
            office = libreoffice()
        except Missing as reason:
            office, missing["files in LibreOffice"] = "", str(reason)
        passes = [(f"SQLite {sqlite3.sqlite_version}", "")]
        try:
            url, version, origin = stack.enter_context(postgresql(quick_folder()))
            passes.append((f"PostgreSQL {version} from {origin}", url))
        except Missing as reason:
            missing["PostgreSQL"] = str(reason)
        if must_have_everything and missing:
            sys.exit("\n".join(f"CI needs every part of the suite, {reason}" for reason in missing.values()))

        environments = [environment_of(url) for _title, url in passes]
        with ThreadPoolExecutor(len(passes)) as pool:
            databases = list(pool.map(make_template, environments))
        for environment, database in zip(environments, databases, strict=True):
            environment[template.SOURCE] = database
            stack.callback(template_command, environment, database)
        for environment in environments if len(passes) > 1 else ():  # a test of the first pass goes to PostgreSQL
            environment[empty.SERVER] = urlunsplit(urlsplit(url)._replace(path=f"/{databases[-1]}"))

        results = []
        for number, ((title, url), environment) in enumerate(zip(passes, environments, strict=True), start=1):
            last = number == len(passes)
            told = {"title": title, "browser": browser if last else "", "office": office}
            told |= {"missing": missing, "first": number == 1, "last": last}
            print(f"\n{title}\n", flush=True)
            environment |= {"SUITE_PASS": json.dumps(told), "SUITE_RECORD": record.name}
            command = [sys.executable, "-m", "pytest", "-n", str(workers(url)), "--dist=worksteal", *arguments]
            results.append(subprocess.run(command, env=environment).returncode)
    failed = [result for result in results if result not in (0, NOTHING_COLLECTED)]
    return failed[0] if failed else min(results)


def workers(server):
    """How many tests run side by side: four at most, as each has a database and perhaps a browser of its own.

    One more than there are cores where a worker waits for a server or a browser.
    """
    return min(4, len(os.sched_getaffinity(0)) + bool(server))


def environment_of(url):
    """The environment of a pass, on the PostgreSQL server with this address, or on SQLite where there is none."""
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return others | ({"DATABASE_URL": url} if url else {})


def make_template(environment):
    """Have the database made that the workers of a pass copy. Returns its name."""
    return template_command(environment).stdout.split()[-1]


def template_command(environment, *dropped):
    """Run ``tests.template``: it makes a database, or drops the one that is named."""
    command = [sys.executable, "-m", "tests.template", *dropped]
    return subprocess.run(command, env=environment, check=not dropped, text=True, stdout=subprocess.PIPE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
