"""A release is brought in by one process at a time, and what was done already is left alone."""

import secrets
import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from missions.management import up_to_date
from missions.management.commands import release
from portal.static_files import StaticFilesOfReleases

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def static(monkeypatch, tmp_path, settings):
    """A folder for static files, and one small file to collect."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "portal.css").write_text("body { margin: 0 }")
    settings.STATICFILES_DIRS = [str(tmp_path / "sources")]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    storage = StaticFilesOfReleases(location=tmp_path / "static")
    monkeypatch.setattr(release, "staticfiles_storage", storage)
    monkeypatch.setattr("django.contrib.staticfiles.management.commands.collectstatic.staticfiles_storage", storage)
    return tmp_path / "static"


def test_a_second_release_of_the_same_sources_finds_everything_done(static, monkeypatch, capsys):
    done = []
    monkeypatch.setattr(up_to_date, "call_command", lambda name, **_: done.append(name))

    call_command("release")
    first = capsys.readouterr().out
    assert list(up_to_date.COMMANDS) == done and "1 static file copied" in first
    lay = {path: path.stat().st_mtime_ns for path in static.iterdir()}

    call_command("release")
    second = capsys.readouterr().out
    assert list(up_to_date.COMMANDS) == done and {path: path.stat().st_mtime_ns for path in static.iterdir()} == lay
    assert "The database is up to date." in second and "The static files of this release are there." in second


def test_two_at_once_work_one_after_the_other(capsys):
    order, waits = [], threading.Event()

    def second():
        with up_to_date.alone(lambda said: (order.append(said), waits.set())):
            order.append("second")

    thread = threading.Thread(target=second)
    with up_to_date.alone(order.append):
        thread.start()
        assert waits.wait(20)
        order.append("first")
    thread.join(20)

    assert order == ["Another process brings this database up to date; waiting for it.", "first", "second"]


@pytest.mark.postgresql
def test_a_migration_that_does_not_get_its_lock_lets_readers_pass_and_tries_again(monkeypatch):
    tries = []

    def migrate(*_, **__):
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            tries.append(cursor.fetchone()[0])
        if len(tries) < 3:
            refused = OperationalError("canceling statement due to lock timeout")
            refused.__cause__ = type("LockNotAvailable", (Exception,), {"sqlstate": "55P03"})()
            raise refused

    monkeypatch.setattr(up_to_date, "call_command", migrate)
    monkeypatch.setattr(up_to_date.time, "sleep", lambda seconds: None)
    up_to_date._migrated()

    assert tries == [up_to_date.WAITS] * 3
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0"


@pytest.mark.postgresql
def test_rights_are_granted_to_a_role_that_is_there_and_policies_are_made_once(static, capsys, monkeypatch):
    monkeypatch.setattr(up_to_date, "bring_up_to_date", lambda say: False)
    role = f"portal_public_{secrets.token_hex(4)}"
    call_command("release", role=role)
    assert f"There is no role {role}" in capsys.readouterr().out

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
        policies = []
        for _ in range(2):
            call_command("release", role=role)
            cursor.execute("SELECT oid FROM pg_policy ORDER BY oid")
            policies.append(cursor.fetchall())
    assert capsys.readouterr().out.count(f"{role} reads ") == 2
    assert policies[0] == policies[1] and len(policies[0]) > 5
