"""The site under gunicorn with the settings of production."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import face, template

ROOT = Path(__file__).parent.parent.parent
HOST = "portal.example.kr"


@pytest.fixture(scope="module")
def production(django_db_setup, django_db_blocker, tmp_path_factory):
    """Environment of a production server with a database of its own and its static files collected."""
    home = tmp_path_factory.mktemp("production")
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k7-" + "production-only" * 4,
        "ALLOWED_HOSTS": HOST,
        "FACE": "staff",
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(home / "static"),
    }
    with django_db_blocker.unblock(), template.beside(django_db_setup.source, "production"), django_db_blocker.block():
        environment["DATABASE_URL"] = face.database()
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        yield environment


def gunicorn(environment, *options):
    """Start the server as ``docs/operations.md`` says."""
    always = ["--no-control-socket", "--limit-request-line=0"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *always, *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)


@pytest.fixture(scope="module")
def fetch(production):
    """Ask the running server for a path: ``fetch("/ko/", Host="…")`` gives status, headers and body."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = gunicorn(production, f"--bind=127.0.0.1:{port}", "--workers=2")
    opener = urllib.request.build_opener(KeepRedirects)

    def fetched(path, **headers):
        said = {"Host": HOST, "X-Forwarded-Proto": "https"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=said)
        try:
            with opener.open(request, timeout=20) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    for _ in range(200):
        try:
            fetched("/ko/")
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    yield fetched
    server.terminate()
    server.communicate(timeout=20)


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    """Hands a redirect to the test in place of following it."""

    def redirect_request(self, *_):
        return None


def test_the_home_page_is_served_with_a_hashed_and_compressed_stylesheet(fetch):
    status, _, page = fetch("/ko/")
    assert status == 200
    stylesheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page.decode()).group(1)

    status, headers, plain = fetch(stylesheet)
    assert (status, headers["Content-Encoding"]) == (200, None)
    assert "immutable" in headers["Cache-Control"]

    status, headers, packed = fetch(stylesheet, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain)


def test_a_search_of_ten_thousand_korean_letters_gets_the_page_of_the_site(fetch):
    status, _, page = fetch(f"/ko/search/?q={quote('가' * 10_000)}")

    assert status == 200
    assert '<html lang="ko">' in page.decode() and "앞의 200자" in page.decode()


def test_a_host_the_site_does_not_answer_to_is_refused(fetch):
    assert fetch("/ko/", Host="elsewhere.example")[0] == 400


def test_plain_http_is_sent_to_https(fetch):
    status, headers, _ = fetch("/ko/", X_Forwarded_Proto="http")

    assert (status, headers["Location"]) == (301, f"https://{HOST}/ko/")


def test_browsers_are_told_to_come_back_by_https_only(fetch):
    assert "max-age=31536000" in fetch("/ko/")[1]["Strict-Transport-Security"]


@pytest.mark.parametrize("variable", ["SECRET_KEY", "ALLOWED_HOSTS", "FACE"])
def test_it_refuses_to_start_without(production, variable):
    incomplete = {name: value for name, value in production.items() if name != variable}
    with gunicorn(incomplete, "--bind=127.0.0.1:0") as server:
        said, _ = server.communicate(timeout=30)

    assert server.returncode != 0
    assert f"{variable} is not set." in said


def test_a_failure_is_told_on_standard_error_with_the_id_that_the_proxy_gave(production, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    without_tables = production | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    with gunicorn(without_tables, f"--bind=127.0.0.1:{port}") as server:
        said = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Request-ID": "0f9c7b2d-of-the-proxy"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/ko/missions/?q=secret", headers=said)
        status = None
        for _ in range(200):
            try:
                urllib.request.urlopen(request, timeout=20)
            except urllib.error.HTTPError as error:
                with error:
                    status, told = error.code, error.headers["X-Request-ID"]
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        server.terminate()
        log, _ = server.communicate(timeout=20)

    assert (status, told) == (500, "0f9c7b2d-of-the-proxy")
    told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    [failure] = [line for line in told if line["level"] == "ERROR"]
    assert failure["request"] == "0f9c7b2d-of-the-proxy"
    assert failure["message"] == "Internal Server Error: /ko/missions/"
    assert "django.db.utils.OperationalError" in log and "secret" not in log
