"""Probes by the address of the machine, figures for those who watch it, and the page of superusers."""

import os
import shutil
from collections import namedtuple

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from missions.models import Mail
from portal import outage
from portal.networks import networks
from portal.operation import facts, metrics
from tests import make
from tests.face import process
from tests.forms import signed_in

pytestmark = pytest.mark.usefixtures("programme")
PROBES = ["/healthz", "/readyz"]
ADDRESS = "10.1.0.9:8000"


@pytest.fixture(autouse=True)
def _looked_at_again():
    facts.forget()
    yield
    facts.forget()
    outage.forget()


def refuse(*arguments, **values):
    raise OperationalError("connection refused")


@pytest.mark.parametrize("path", PROBES)
def test_a_probe_comes_by_address_without_tls_and_gets_no_cookie(client, settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["portal.example.kr"]

    answer = client.get(path, headers={"host": ADDRESS, "cookie": "sessionid=x"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store") and not answer.cookies
    assert answer.content in (b"ok\n", b"ready\n")
    assert client.head(path, headers={"host": ADDRESS}).content == b""
    assert client.post(path, headers={"host": ADDRESS}).status_code == 405
    assert client.get("/ko/", headers={"host": ADDRESS}).status_code != 200


def test_without_the_database_a_process_is_alive_and_not_ready(client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"not ready\n")
        assert client.get("/readyz").status_code == 503
    facts.forget()
    assert client.get("/readyz").status_code == 200


def test_the_probe_of_life_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_what_is_wrong_is_told_to_those_who_watch_and_to_no_stranger(client, settings, monkeypatch):
    assert client.get("/readyz").content == b"ready\n"
    settings.MONITORS = networks("MONITORS", ["127.0.0.0/8"])
    monkeypatch.setattr(facts, "_known_migrations", lambda: {("missions", "0002_the_next")})
    facts.forget()

    answer = client.get("/readyz")
    told = answer.json()
    assert answer.status_code == 503 and told["ready"] is False
    assert told["migrations"] == {"well": False, "missing": ["missions.0002_the_next"]}
    assert told["database"]["kind"] == connection.vendor and told["database"]["writable"] is True
    assert told["cache"]["well"] is True and told["process"]["face"] == "staff" and told["disk"]["free"]["temporary"]
    assert client.get("/readyz", REMOTE_ADDR="192.0.2.1").content == b"not ready\n"


def test_a_full_disk_keeps_the_staff_face_from_being_ready_and_a_lost_cache_nobody(client, monkeypatch):
    monkeypatch.setattr(facts.caches["pages"], "set", refuse)
    assert client.get("/readyz").status_code == 200

    usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**12, 10**12, 10**6))
    facts.forget()
    assert client.get("/readyz").status_code == 503


def test_figures_are_not_there_unless_they_are_switched_on(client):
    assert client.get("/metrics").status_code == 404


def test_a_request_that_cannot_be_counted_is_answered_all_the_same(client, settings, tmp_path, monkeypatch):
    settings.METRICS_ROOT = str(tmp_path)
    monkeypatch.setattr(metrics, "count", lambda told: os.stat(tmp_path / "nowhere"))

    assert client.get("/ko/").status_code == 200


def test_the_public_face_answers_probes_too():
    asked = {"requests": [["GET", path] for path in [*PROBES, "/metrics"]]}
    answers = process("public", asked)["answers"]

    assert [answer["status"] for answer in answers] == [200, 200, 404]


def test_superusers_read_the_same_and_what_waits(settings):
    root, ministry = make.staff(is_superuser=True), make.staff("ministry")
    Mail.objects.create(reader=root, address="a@example.kr", state="refused", reason="550")
    settings.RETENTION_YEARS = 5
    call_command("purge_personal_data", erase=True, verbosity=0)

    page = signed_in(root).get("/admin/operation/")
    text = page.content.decode()
    assert page.context["mails"]["undelivered"] == 1 and page.context["purge"] is not None
    assert f"Django {facts.django.get_version()}" in text and "미적용 없음" in text and "쓰기 가능" in text
    assert dict(page.context["loaded"])["missions"] > 100
    assert signed_in(ministry).get("/admin/operation/").status_code == 403


def test_the_page_tells_of_the_newest_backup(settings, tmp_path):
    settings.BACKUP_ROOT = str(tmp_path)
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "manifest.json").write_text("{}")

    assert signed_in(make.staff(is_superuser=True)).get("/admin/operation/").context["backup"] is not None
