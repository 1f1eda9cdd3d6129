"""The database is stopped for a minute under load: what readers and staff get, and how long recovery takes.

gunicorn with a public and a staff process, as ``docs/operations.md`` says, on a PostgreSQL of its own. Readers ask for
pages that many ask for, for pages that hardly anybody does, and for files; staff read and write. Every answer must be a
whole page, a kept page that says so, or a 503 in the site's look; every file whole or refused; every form that was not
saved must come back. It fails where one is not.
"""

import argparse
import contextlib
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from tests.machine import free_port
from tests.own_postgresql import own_postgresql

ROOT = Path(__file__).parent.parent.parent
HOST = "drill.example.kr"
TOKEN = "t" * 32
MADE = """
import django; django.setup()
from django.core.management import call_command
for name in ("migrate", "sync_roles", "load_programme"):
    call_command(name, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from portal.accounts.session_store import SessionStore
from missions.models import User
user = User.objects.create_superuser("drill", "drill@example.kr", "x")
session = SessionStore()
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
KEYS = """
import django; django.setup()
from missions.models import Region
print(*Region.objects.values_list("key", flat=True))
"""
FEW = ["/ko/", "/en/", "/ko/missions/", "/ko/bodies/", "/ko/cases/", "/ko/programme/", "/en/programme/", "/ko/help/"]
RARE = "/ko/cases/?q={}"
FILES = ["/ko/missions.csv", "/en/cases.csv", "/data/missions.csv", "/data/all.zip", "/ko/feeds/meetings.atom"]


class Asker:
    """Asks over and over in a thread, and counts what came of it."""

    def __init__(self, port, session, results, over):
        self.port, self.session, self.results, self.over = port, session, results, over

    def ask(self, path, form=None):
        """Status, headers and content; status 0 where the connection broke, -1 where a body was shorter than told."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
        if self.session:
            headers["Cookie"] = f"__Host-sessionid={self.session}; __Host-csrftoken={TOKEN}"
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            connection.request("POST" if form else "GET", path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        except http.client.IncompleteRead:
            return -1, {}, b""
        except OSError:
            return 0, {}, b""
        finally:
            connection.close()

    def note(self, kind, path, answer):
        """Judge an answer, and count it with the second in which it came."""
        status, headers, content = answer
        if status == 200 and headers.get("Age"):
            found = "last page" if b'class="outage"' in content or "/feeds/" in path else "last page that says nothing"
        elif status == 200:
            whole = content.rstrip().endswith((b"</html>", b"</feed>")) or headers.get("Content-Length") == str(
                len(content)
            )
            found = "whole" if whole else "SHORT"
        elif status == 503:
            looks = b'class="site-name"' in content and headers.get("Retry-After")
            found = "503 of the site" if looks else "503 of another look"
        else:
            found = {0: "broken connection", -1: "SHORT"}.get(status, f"status {status}")
        self.results.append((time.monotonic(), kind, found))

    def read(self):
        """Ask for public pages and files."""
        chosen = random.Random(self.port)
        while not self.over.is_set():
            kind = chosen.choices(["page", "rare page", "file"], [8, 1, 1])[0]
            path = chosen.choice(FILES if kind == "file" else FEW)
            path = RARE.format(chosen.randrange(10**6)) if kind == "rare page" else path
            self.note(kind, path, self.ask(path))
            time.sleep(0.02)

    def write(self, saved, returned):
        """File forms at the desk; each is saved, or its text comes back."""
        number = 0
        while not self.over.is_set():
            number += 1
            key, text = f"drill-{id(self)}-{number}", f"긴 글 {number} " * 8
            form = {"key": key, "order": "1", "name_ko": text, "name_en": f"Drill {number}", "_save": "1"}
            answer = self.ask("/admin/missions/region/add/", form)
            if answer[0] == 302:
                saved.append(key)
                self.results.append((time.monotonic(), "form", "saved"))
            else:
                back = answer[0] == 503 and text.strip() in answer[2].decode()
                (returned if back else self.results).append(
                    key if back else (time.monotonic(), "form", f"LOST, status {answer[0]}")
                )
                if back:
                    self.results.append((time.monotonic(), "form", "given back"))
            time.sleep(0.2)


@contextlib.contextmanager
def portal(server, home):
    """A public and a staff process; yields their ports and the session of a superuser, and a Python beside them."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k7-" + "drill-only" * 6,
        "ALLOWED_HOSTS": HOST,
        "REQUIRE_MFA": "0",
        "BEHIND_PROXY": "1",
        "DATABASE_URL": server.url,
        "CACHE_URL": f"filecache://{home}/cache?max_entries=5000",
        "STATIC_ROOT": str(home / "static"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }

    def python(code):
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, cwd=ROOT, env={**environment, "FACE": "staff"}, check=True, text=True, stdout=subprocess.PIPE
        ).stdout.split()

    session = python(MADE)[-1]
    ports, processes = {}, []
    for face in ("public", "staff"):
        ports[face] = free_port()
        options = ["--no-control-socket", "--limit-request-line=0", "--workers=2", f"--bind=127.0.0.1:{ports[face]}"]
        with (home / f"{face}.log").open("w") as log:
            command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *options]
            processes.append(
                subprocess.Popen(command, cwd=ROOT, env={**environment, "FACE": face}, stdout=log, stderr=log)
            )
    try:
        yield ports, session, python
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=40)


def main(*arguments):
    """Run it, print what came of it; 1 where something was short, lost or of another look."""
    parser = argparse.ArgumentParser(prog="./run drill outage", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for how long the database is stopped")
    parser.add_argument("--readers", type=int, default=4)
    asked = parser.parse_args(arguments)
    results, saved, returned, over = [], [], [], threading.Event()
    with own_postgresql() as server, tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        home = Path(folder)
        with portal(server, home) as (ports, session, python):
            reader = Asker(ports["public"], "", results, over)
            while reader.ask("/healthz")[0] != 200 or reader.ask("/ko/")[0] != 200:
                time.sleep(0.2)
            for path in FEW:
                reader.ask(path)
            threads = [
                threading.Thread(target=Asker(ports["public"], "", results, over).read) for _ in range(asked.readers)
            ]
            threads.append(
                threading.Thread(target=Asker(ports["staff"], session, results, over).write, args=(saved, returned))
            )
            for thread in threads:
                thread.start()
            time.sleep(15)
            stopped = time.monotonic()
            server.stop()
            time.sleep(asked.seconds)
            server.start()
            back = time.monotonic()
            time.sleep(15)
            over.set()
            for thread in threads:
                thread.join()
            there = set(python(KEYS))
            tracebacks = sum(path.read_text().count('"traceback"') for path in home.glob("*.log"))
    return report(results, stopped, back, [key for key in saved if key not in there], len(saved), tracebacks)


def report(results, stopped, back, lost, saved, tracebacks):
    """Print the counts before, during and after, and what must not be."""
    during = [one for one in results if stopped + 1 < one[0] < back]
    spans = {
        "before": [one for one in results if one[0] <= stopped],
        "stopped": during,
        "after": [one for one in results if one[0] >= back],
    }
    for name, span in spans.items():
        print(f"\n{name}: {len(span)} answers")
        for (kind, found), count in sorted(Counter(one[1:] for one in span).items()):
            print(f"  {kind:10} {found:28} {count:6}")
    pages = [one[2] for one in during if one[1] in ("page", "rare page")]
    kept = [one[2] for one in during if one[1] == "page"]
    share = 100 * pages.count("last page") / max(1, len(pages))
    print(f"\nwhile it was stopped, of {len(pages)} pages answered from kept ones: {share:.1f} %", end="")
    print(f", of those that many ask for: {100 * kept.count('last page') / max(1, len(kept)):.1f} %")
    late = [one[0] for one in results if one[0] >= back and re.match("503|last|given", one[2])]
    print(f"from the start of the database to the last answer without it: {max(late, default=back) - back:.1f} s")
    print(f"forms saved: {saved}, of them missing in the database: {len(lost)}; tracebacks in the logs: {tracebacks}")
    bad = [one for one in results if re.search("SHORT|LOST|another look|says nothing|status|broken", one[2])]
    print(f"short files, lost forms, other answers: {len(bad)}")
    return bool(bad or lost or not during)
