"""A PostgreSQL of its own behind gunicorn is stopped, started again and set read-only: nothing else is started anew."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.machine import free_port
from tests.own_postgresql import own_postgresql

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]  # in the pass of the same database
ROOT = Path(__file__).parent.parent.parent
HOST = "portal.example.kr"
TOKEN = "t" * 32
MADE = """
import django; django.setup()
from django.core.management import call_command
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from portal.accounts.session_store import SessionStore
from missions.models import User
call_command("migrate", verbosity=0)
user = User.objects.create_superuser("root", "root@example.kr", "x")
session = SessionStore()
backend = "django.contrib.auth.backends.ModelBackend"
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend})
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


class Site:
    """What runs, and how it is asked."""

    def __init__(self, server, port, session):
        self.server, self.port = server, port
        self.cookies = f"__Host-sessionid={session}; __Host-csrftoken={TOKEN}"

    def ask(self, path, sent=None):
        """Status, headers and text of an answer, which must come within seconds."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": self.cookies, "Referer": f"https://{HOST}/"}
        data = urlencode({"csrfmiddlewaretoken": TOKEN, **sent}).encode() if sent else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def until(self, path, status, without=" no such words ", sent=None):
        """Ask until this status comes, without these words, for some seconds; the answer, and how long it took."""
        began = time.monotonic()
        answer = self.ask(path, sent)
        while (answer[0] != status or without in answer[2]) and time.monotonic() - began < 15:
            time.sleep(0.2)
            answer = self.ask(path, sent)
        return answer, time.monotonic() - began


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    home = tmp_path_factory.mktemp("stopped")
    with own_postgresql() as server:
        environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "k7-" + "stopped-server" * 4,
            "ALLOWED_HOSTS": HOST,
            "FACE": "staff",
            "REQUIRE_MFA": "0",
            "BEHIND_PROXY": "1",
            "DATABASE_URL": server.url,
            "CACHE_URL": f"filecache://{home}/cache",
            "MONITORS": "127.0.0.1",
            "METRICS_ROOT": str(home / "metrics"),
            "DJANGO_SETTINGS_MODULE": "tests.stopped_settings",
        }
        made = subprocess.run(
            [sys.executable, "-c", MADE], cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
        )
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--no-control-socket", "--workers=2", "--preload"]
        with (home / "log").open("w") as log:
            gunicorn = subprocess.Popen(
                [*command, f"--bind=127.0.0.1:{port}"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        site = Site(server, port, made.stdout.split()[-1])
        for _ in range(200):
            try:
                site.ask("/ko/programme/")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        site.log = home / "log"
        yield site
        gunicorn.terminate()
        gunicorn.wait(timeout=20)


GETS = 'portal_requests_total{method="GET"'
SENT = {"key": "europe", "order": "1", "name_ko": "긴 이름 " * 9, "name_en": "Europe", "_save": "1"}


def test_a_server_that_is_stopped_and_comes_back(running):
    kept = running.ask("/ko/programme/")[2]
    assert running.ask("/admin/missions/region/")[0] == 200
    assert running.ask("/readyz")[0] == 200
    running.server.stop()
    began = time.monotonic()

    for _ in range(4):  # by both workers
        status, headers, page = running.ask("/ko/programme/")
        assert status == 200 and int(headers["Age"]) < 60 and "현재의 내용입니다" in page and len(page) > len(kept)
        status, headers, page = running.ask("/en/sources/")
        assert (status, headers["Retry-After"]) == (503, "30") and 'class="site-name"' in page
        assert running.ask("/ko/regions.csv")[0] == running.ask("/ko/bodies.csv")[0] == 503
        status, headers, page = running.ask("/admin/missions/region/add/", SENT)
        assert status == 503 and SENT["name_ko"].strip() in page and "저장되지 않았을 수 있습니다" in page
    assert time.monotonic() - began < 10
    time.sleep(1)  # what a probe was told is told again for a second
    assert [running.ask(path)[0] for path in ("/healthz", "/readyz")] == [200, 503]
    assert 'portal_well{name="database"} 0.0' in running.ask("/metrics")[2]
    assert "Traceback" not in running.log.read_text() and "traceback" not in running.log.read_text()

    running.server.start()
    (_status, headers, page), took = running.until("/en/sources/", 200)
    assert took < 6 and "Age" not in headers
    running.until("/admin/missions/region/", 200)
    # Each worker leaves the database alone for some seconds; the other one may still have done so.
    (_status, _headers, page), took = running.until("/ko/programme/", 200, without="현재의 내용입니다")
    assert took < 6 and "현재의 내용입니다" not in page
    running.until("/admin/missions/region/add/", 200, sent=SENT)
    assert "긴 이름" in running.until("/admin/missions/region/", 200)[0][2]


def test_a_server_that_takes_no_writing(running):
    running.until("/admin/missions/region/", 200)
    running.server.set("default_transaction_read_only", "on")
    time.sleep(0.3)
    try:
        for address in ("/ko/", "/en/sources/", "/ko/bodies.csv", "/admin/", "/admin/missions/region/"):
            assert running.ask(address)[0] == 200, address
        assert running.ask("/admin/missions/region/add/")[0] == 200
        status, _headers, page = running.ask("/admin/missions/region/add/", SENT | {"key": "africa"})
        assert status == 503 and "지금은 읽기만 할 수 있습니다" in page and SENT["name_ko"].strip() in page
    finally:
        running.server.set("default_transaction_read_only", "off")
    time.sleep(0.3)
    assert "아프리카" in running.ask("/admin/missions/region/add/", SENT | {"key": "africa", "name_ko": "아프리카"})[2]


def test_the_figures_are_those_of_all_workers(running):
    def told():
        return sum(float(line.split()[-1]) for line in running.ask("/metrics")[2].splitlines() if line.startswith(GETS))

    before = told()
    for _ in range(10):
        running.ask("/ko/programme/")

    assert told() - before == 10
    assert "portal_mails_waiting 0.0" in running.ask("/metrics")[2]
