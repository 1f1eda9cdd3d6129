"""The public face reads a streaming replica: while the primary is down too, and never one that is too far behind."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from missions.models import Organisation, PageVersion
from portal import outage
from tests import make
from tests.face import ROOT, shell
from tests.forms import change
from tests.machine import free_port
from tests.replication import caught_up, follow, pair, until

MAX_LAG = 5  # seconds: less than that may pass between two lines of a test on a busy machine
PASSWORD = "of the role that reads"


@pytest.fixture(scope="module")
def machines(django_db_setup, django_db_blocker):
    """A primary, its replica and a public face; the test itself is the staff face, and works on the primary."""
    own = dict(connection.settings_dict)
    source = f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST'] or 'localhost'}:{own['PORT'] or 5432}"
    with django_db_blocker.unblock(), pair(f"{source}/{own['NAME']}") as (primary, replica):
        connection.close()
        there = {"NAME": "portal", "USER": "portal", "PASSWORD": "", "HOST": "127.0.0.1", "PORT": primary.port}
        connection.settings_dict.update(there)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PUBLIC_ROLE_PASSWORD", PASSWORD)
                call_command("grant_public_role", verbosity=0)
            officer = make.staff(is_superuser=True)
            organisation = make.organisation()
            caught_up(replica, primary)
            with PublicFace(primary, replica) as get:
                yield SimpleNamespace(
                    primary=primary, replica=replica, get=get, officer=officer, organisation=organisation
                )
        finally:
            connection.close()
            connection.settings_dict.update(own)


class PublicFace:
    """A process of the public face under gunicorn; gives a function that asks it."""

    def __init__(self, primary, replica):
        user = f"portal_public:{PASSWORD.replace(' ', '%20')}"
        self.port = free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "FACE": "public",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": primary.url("portal", user),
            "REPLICA_URL": replica.url("portal", user),
            "REPLICA_MAX_LAG": str(MAX_LAG),
        }
        options = ["--no-control-socket", f"--bind=127.0.0.1:{self.port}", "--workers=1", "--log-level=error"]
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *options]
        self.server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    def __enter__(self):
        until(lambda: self.get("/robots.txt")[0] == 200)
        return self.get

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(timeout=20)

    def get(self, address):
        """Status, ETag and text of an answer; status 0 where there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=20) as response:
                return response.status, response.headers["ETag"], response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, None, error.read().decode()
        except urllib.error.URLError:
            return 0, None, ""


def rename(machines, name):
    """Save another name at the desk. Returns the answer."""
    connection.close()  # Django's client keeps a connection that broke; a request of a server would not
    outage.forget()  # nor wait for three seconds until it asks a primary that came back
    client = Client()
    client.raise_request_exception = False
    client.force_login(machines.officer)
    address = reverse("admin:missions_organisation_change", args=[machines.organisation.pk])
    return change(client, address, name_ko=name)


def page(machines):
    """The public page of the organisation."""
    return machines.get(f"/ko/organisations/{machines.organisation.slug}/")


def shows(machines, name):
    """Whether readers find it under this name."""
    return name in page(machines)[2]


@pytest.mark.postgresql
def test_readers_read_the_replica_staff_the_primary_and_no_old_page_is_kept_as_current(machines):
    assert rename(machines, "처음 기관").status_code == 302
    caught_up(machines.replica, machines.primary)
    assert shows(machines, "처음 기관")

    machines.replica.execute("SELECT pg_wal_replay_pause()", database="portal")
    Organisation.objects.filter(pk=machines.organisation.pk).update(name_ko="나중 기관")
    behind = page(machines)
    at_desk = Client().get(f"/ko/organisations/{machines.organisation.slug}/").content.decode()
    machines.replica.execute("SELECT pg_wal_replay_resume()", database="portal")
    caught_up(machines.replica, machines.primary)
    current = page(machines)

    assert "나중 기관" in at_desk
    assert "처음 기관" in behind[2] and "나중 기관" not in behind[2]
    assert "나중 기관" in current[2] and current[1] != behind[1]


@pytest.mark.postgresql
def test_a_replica_that_is_too_far_behind_is_not_read_even_where_nothing_else_is_left(machines):
    rename(machines, "제때 기관")
    caught_up(machines.replica, machines.primary)
    until(lambda: shows(machines, "제때 기관"))
    machines.replica.execute("SELECT pg_wal_replay_pause()", database="portal")
    try:
        rename(machines, "늦은 기관")
        time.sleep(MAX_LAG + 1)
        assert shows(machines, "늦은 기관")

        machines.primary.stop()
        time.sleep(1.1)
        status, _, text = machines.get("/ko/organisations/?q=first")
        assert status >= 500 and "제때 기관" not in text
    finally:
        machines.replica.execute("SELECT pg_wal_replay_resume()", database="portal")
        machines.primary.stop()
        machines.primary.start()
    until(lambda: shows(machines, "늦은 기관"))


@pytest.mark.postgresql
def test_while_the_primary_is_down_readers_read_and_nothing_is_written_and_it_comes_back_without_a_restart(machines):
    rename(machines, "앞의 기관")
    caught_up(machines.replica, machines.primary)
    machines.primary.stop()
    connection.close()
    try:
        began = time.monotonic()
        while time.monotonic() - began < MAX_LAG + 2:  # beyond the bound: nothing was written that they could miss
            asked = [f"/ko/?at={time.monotonic()}", f"/en/cases/?page=1&at={time.monotonic()}", "/ko/statistics/"]
            assert [machines.get(address)[0] for address in asked] == [200] * 3
            assert shows(machines, "앞의 기관")
        with pytest.raises(Exception, match="connection"):
            PageVersion.objects.count()
        refused = Client(raise_request_exception=False).post(reverse("admin:login"), {"login": "a", "password": "b"})
        assert refused.status_code >= 500
    finally:
        connection.close()
        machines.primary.start()

    assert rename(machines, "뒤의 기관").status_code == 302
    until(lambda: shows(machines, "뒤의 기관"))


@pytest.mark.postgresql
def test_no_reader_notices_that_the_replica_went_away(machines):
    rename(machines, "같은 기관")
    until(lambda: shows(machines, "같은 기관"))
    machines.replica.stop()
    try:
        assert [machines.get(f"/ko/organisations/?at={number}")[0] for number in range(5)] == [200] * 5
        rename(machines, "다른 기관")
        assert shows(machines, "다른 기관")  # by the primary, and at once
    finally:
        follow(machines.replica, machines.primary)


def test_only_the_public_face_has_a_replica():
    code = "from django.conf import settings; print(sorted(settings.DATABASES), settings.DATABASE_ROUTERS)"
    urls = {"DATABASE_URL": "postgres://a@b/c", "REPLICA_URL": "postgres://a@d/c"}

    assert shell(code, FACE="public", **urls).strip() == "['default', 'replica'] ['portal.replica.Router']"
    assert shell(code, FACE="staff", **urls).strip() == "['default'] []"
