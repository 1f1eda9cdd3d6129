"""Two releases behind one proxy, brought in and taken back node by node while everybody goes on.

The release before is this commit; the next one is a copy with another stylesheet, a further static file, another
template and a migration that adds columns. Two nodes of each face stand behind nginx with the sample of ``deploy/``, on
one PostgreSQL, one Redis and one folder of static files. Readers ask for every public address, officers file
difficulties and add notes, throughout.
"""

import contextlib
import csv
import io
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from html import unescape
from http.client import HTTPException
from pathlib import Path
from queue import Empty, Queue
from types import SimpleNamespace
from urllib.parse import urlencode
from xml.etree import ElementTree

from tests.drills._serving import DESK, ROOT, SITE, Nginx, Node, redis
from tests.machine import Missing, postgresql

READERS, OFFICERS = 3, 2
STATIC = re.compile(r'(?:href|src)="(/static/[^"#]+)')
MARK = "<!-- the next release -->"
COLUMN = '    of_next_release = models.CharField(max_length=20, blank=True, default="", db_default="")\n\n'
TYPES = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "ico": "image/"}


def copied(folder):
    """The sources that git knows, as they lie here."""
    listed = ["git", "ls-files", "-zco", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def changed(folder, environment):
    """Make of a copy the next release: what a small one changes."""
    static, base = folder / "portal" / "static", folder / "templates" / "base.html"
    with (static / "portal.css").open("a") as file:
        file.write(".of-next-release { color: inherit; }\n")
    (static / "next.css").write_text(".further-of-next-release { color: inherit; }\n")
    text = base.read_text()
    base.write_text(
        text.replace("</head>", f'<link rel="stylesheet" href="{{% static \'next.css\' %}}">{MARK}</head>', 1)
    )
    assert base.read_text() != text
    for name, model in (("meeting", "Meeting"), ("difficulty", "Difficulty")):
        path = folder / "missions" / "models" / f"{name}.py"
        before, head, rest = path.read_text().partition(f"class {model}(")
        path.write_text(before + head + rest.replace("    class Meta:", f"{COLUMN}    class Meta:", 1))
    manage(folder, environment, "makemigrations", "missions", "--name", "of_next_release", "--verbosity=0")


def manage(folder, environment, *command, **options):
    """Run a command of the sources in a folder."""
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=folder, env=environment, check=True, text=True, **options
    )


def brought_in_twice(folder, environment):
    """Run ``release`` on two machines at once; print what each said."""
    command = [sys.executable, "manage.py", "release"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    both = [subprocess.Popen(command, cwd=folder, env=environment, **pipes) for _ in range(2)]
    for number, process in enumerate(both, start=1):
        said = process.communicate(timeout=900)[0]
        print("\n".join(f"    machine {number}: {line}" for line in said.strip().split("\n")), flush=True)
        if process.returncode:
            raise SystemExit("release failed")


class Drill:
    """Readers, officers, and what they were answered."""

    def __init__(self, nginx, nodes):
        self.nginx, self.nodes = nginx, nodes
        self.counts, self.wrong, self.phase = Counter(), [], "before"
        self.rows, self.tags, self.addresses = {}, {}, []
        self.waiting, self.ends = Queue(), threading.Event()
        self.filed, self.quarter = 0, 0
        self.lock = threading.Lock()

    def fault(self, what):
        with self.lock:
            self.wrong.append(f"{self.phase}: {what}")

    def count(self, name, number=1):
        with self.lock:
            self.counts[self.phase, name] += number

    # Readers

    def crawl(self, starts):
        """Every public address that a page, a sitemap or the list of data sets leads to."""
        from tests import crawl

        seen, waiting = set(), list(starts)
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            answer = self.read(address)
            if answer and answer.type == "text/html":
                text = answer.content.decode()
                waiting += sorted((crawl.links(text) | crawl.files(text)) - seen)
            elif answer and address.startswith("/sitemap"):
                found = re.findall(rb"<loc>https://[^/]+([^<]+)</loc>", answer.content)
                waiting += [
                    path for each in found if crawl.is_asked(path := unescape(each.decode())) and path not in seen
                ]
        self.addresses = sorted(seen)

    def read(self, address, tag=""):
        """Ask as a reader, and look at all of the answer."""
        self.count("public requests")
        try:
            answer = self.nginx.ask(SITE, address, **({"If_None_Match": tag} if tag else {}))
        except (OSError, HTTPException) as error:
            self.fault(f"{address}: {error!r}")
            return None
        if answer.status == 304 and tag:
            self.count("unchanged (304)")
            return None
        if answer.status != 200:
            self.fault(f"{address}: status {answer.status}")
            return None
        try:
            self.look_at(address, answer)
        except (AssertionError, ValueError, ElementTree.ParseError) as error:
            self.fault(f"{address}: {error!r}")
        self.tags[address] = answer.headers.get("ETag", "")
        return answer

    def look_at(self, address, answer):
        """Raise for a page without its styles and for whatever ends early."""
        if answer.type == "text/html":
            text = answer.content.decode()
            assert text.rstrip().endswith("</html>"), "no end"
            self.count("pages of the next release" if MARK in text else "pages of the release before")
            names = set(STATIC.findall(text))
            assert any(name.endswith(".css") for name in names), "no stylesheet"
            for name in names:
                self.styled(name)
        elif answer.type == "text/csv":
            rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
            known = self.rows.setdefault(address, len(rows))
            assert len(rows) == known and len({len(row) for row in rows}) == 1, f"{len(rows)} rows instead of {known}"
            self.count("files with all their rows")
        elif answer.type.endswith("xml"):
            ElementTree.fromstring(answer.content)
        elif answer.type == "text/calendar":
            assert answer.content.rstrip().endswith(b"END:VCALENDAR"), "no end"
        elif answer.type.endswith("json"):
            json.loads(answer.content)

    def styled(self, name):
        """Ask for a static file: the proxy, and some node itself, of whichever release."""
        node = secrets.choice(self.nodes["public"] + self.nodes["staff"])
        for asked in (lambda: self.nginx.ask(SITE, name), lambda: node.ask(name)):
            answer = asked()
            kind = TYPES.get(name.rpartition(".")[2], "")
            assert answer.status == 200, f"{name}: status {answer.status}"
            assert answer.type.startswith(kind) and answer.content, f"{name}: {answer.type}"
            self.count("static files asked for")

    def reader(self):
        """Ask for whatever address is waiting; every second time as somebody who has the page already."""
        number = 0
        while not self.ends.is_set():
            try:
                address = self.waiting.get(timeout=0.2)
            except Empty:
                address = secrets.choice(self.addresses)
            number += 1
            try:
                self.read(address, self.tags.get(address, "") if number % 2 else "")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                self.fault(f"{address}: {error!r}")

    # Officers

    def officer(self, name, password):
        """Sign in, then file, look and note, over and over."""
        from tests import forms

        cookies = {}

        def ask(address, sent=None):
            said = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items())}
            body = None
            if sent is not None:
                said |= {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{DESK}/admin/"}
                body = urlencode(sent, doseq=True)
            answer = self.nginx.ask(DESK, address, "GET" if sent is None else "POST", body, **said)
            for line in answer.headers.get_all("Set-Cookie") or []:
                key, _, value = line.partition(";")[0].partition("=")
                cookies[key] = value
            self.count("desk requests")
            if answer.status not in ((200,) if sent is None else (302,)):
                raise AssertionError(f"{address}: status {answer.status}")
            return answer

        def token(page):
            return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]

        def form(page):
            return forms.entries(SimpleNamespace(content=page.content))

        page = ask("/admin/login/")
        ask("/admin/login/", {"csrfmiddlewaretoken": token(page), "login": name, "password": password})
        list_ = "/admin/missions/difficulty/"
        while not self.ends.is_set():
            try:
                for name in set(STATIC.findall(ask("/admin/").content.decode())):
                    self.styled(name)
                typed = {"country": "VN", "type": "customs", "title": f"두 릴리스 {self.filed}", "account": "보완 요구"}
                typed |= {"report_source": "firm", "reported_on": "2026-03-02"}
                filed = ask(f"{list_}add/", form(ask(f"{list_}add/")) | typed)
                with self.lock:
                    self.filed += 1
                number = re.search(r"/difficulty/(\d+)/", filed.headers["Location"])[1]
                ask(f"{list_}{number}/change/")
                step = f"{list_}{number}/step/note/"
                ask(step, form(ask(step)) | {"text": "전화로 확인했습니다."})
                self.count("difficulties filed, each with a note")
                ask(list_)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                self.fault(f"desk: {error!r}")

    # The way

    def during(self, phase, change=None):
        """Go through a phase: make a change, and let a quarter of all addresses be asked for, another each time."""
        self.phase, self.quarter = phase, (self.quarter + 1) % 4
        for address in self.addresses[self.quarter :: 4]:
            self.waiting.put(address)
        began = time.monotonic()
        if change:
            change()
        while not self.waiting.empty():
            time.sleep(0.1)
        numbers = {name: number for (of, name), number in self.counts.items() if of == phase}
        told = ", ".join(f"{number:,} {name}" for name, number in sorted(numbers.items()))
        print(f"  {phase} ({time.monotonic() - began:.0f} s): {told}", flush=True)


def main():
    """Print what was asked and answered in each phase; return whether anything went wrong."""
    with contextlib.ExitStack() as stack:
        home = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-releases-", ignore_cleanup_errors=True))
        )
        home.chmod(0o755)
        try:
            url, version, origin = stack.enter_context(postgresql())
        except Missing as reason:
            raise SystemExit(str(reason)) from reason
        print(f"PostgreSQL {version} from {origin}", flush=True)
        environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": f"{SITE},{DESK}",
            "FACE": "staff",
            "DATABASE_URL": url,
            "CACHE_URL": stack.enter_context(redis()),
            "STATIC_ROOT": str(home / "static"),
            "FILES_ROOT": str(home / "files"),
            "BEHIND_PROXY": "1",
            "REQUIRE_MFA": "0",
        }
        environment = {name: value for name, value in environment.items() if value}
        before, following = copied(home / "before"), copied(home / "next")
        changed(following, environment)
        print("The release before is brought in, on two machines at once:", flush=True)
        brought_in_twice(before, environment)
        return way(stack, home, environment, before, following)


def way(stack, home, environment, before, following):
    """From one release to the next and back."""
    os.environ.update(environment, DJANGO_SETTINGS_MODULE="portal.settings")
    import django

    django.setup()
    from missions.lists.data_sets import DATA_SETS
    from missions.models import Body, Difficulty, DifficultyEvent, Meeting
    from tests import crawl, make

    body, password = Body.objects.get(code="HAN"), secrets.token_urlsafe(12)
    names = []
    for _ in range(OFFICERS):
        person = make.officer(body)
        person.set_password(password)
        person.save()
        names.append(person.username)
    nodes = {face: [Node(face, environment) for _ in range(2)] for face in ("public", "staff")}
    every = [node for pair in zip(nodes["public"], nodes["staff"], strict=True) for node in pair]
    for node in every:
        stack.callback(node.stop)
        node.replace(before)
    drill = Drill(stack.enter_context(Nginx(home, nodes)), nodes)
    data = [f"/api/v1/{name}" for name in DATA_SETS]
    drill.crawl([*crawl.STARTS, *crawl.beside(body, Meeting.objects.published().first()), *data])
    print(f"{len(drill.addresses)} public addresses; {READERS} readers and {OFFICERS} officers begin.", flush=True)

    threads = [threading.Thread(target=drill.reader) for _ in range(READERS)]
    threads += [threading.Thread(target=drill.officer, args=[name, password]) for name in names]
    for thread in threads:
        thread.start()
    try:
        drill.during("the release before alone")
        drill.during("the next one is brought in", lambda: brought_in_twice(following, environment))
        for number, node in enumerate(every, start=1):
            drill.during(f"forward, node {number} of 4", lambda node=node: node.replace(following))
        drill.during("the next release alone")
        for number, node in enumerate(every, start=1):
            drill.during(f"back, node {number} of 4", lambda node=node: node.replace(before))
        drill.during("the release before again")
    finally:
        drill.ends.set()
        for thread in threads:
            thread.join(60)
    refused = subprocess.run(
        [sys.executable, "manage.py", "release"], cwd=before, env=environment, capture_output=True, text=True
    )
    print(f"release of the release before, afterwards: {refused.stderr.strip()}")
    kept = Difficulty.objects.filter(title__startswith="두 릴리스").count()
    noted = DifficultyEvent.objects.filter(step="note").count()
    total = Counter()
    for (_phase, name), number in drill.counts.items():
        total[name] += number
    print("\n".join(["", *(f"{number:>9,} {name}" for name, number in sorted(total.items()))]))
    print(f"{drill.filed:>9,} difficulties acknowledged, {kept:,} in the database, {noted:,} notes")
    print(f"{len(drill.wrong):>9,} faults")
    print("\n".join(f"  {fault}" for fault in drill.wrong[:40]))
    enough = total["pages of the next release"] > 500 and total["public requests"] > 1000 and drill.filed > 10
    return bool(drill.wrong) or kept != drill.filed or noted != kept or refused.returncode == 0 or not enough
