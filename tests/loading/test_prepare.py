"""What a start does to the database: everything when anything changed, else nothing."""

import shutil

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from missions.management import up_to_date
from missions.management.commands import prepare
from missions.models import LoadedRow, User
from tests import make

ALL = ["migrate", "sync_roles", "rebuild_firm_keys", "load_programme", "rebuild_search"]
pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def done(monkeypatch):
    """The names of the commands that were run, none of which does anything."""
    names = []
    for module in (prepare, up_to_date):
        monkeypatch.setattr(module, "call_command", lambda name, **_: names.append(name))
    return names


@pytest.fixture
def sources(programme, settings, tmp_path):
    """A copy of the sources to change, for a database that was prepared from them."""
    for name in ["missions/data", "missions/search", "missions/models"]:
        shutil.copytree(project.BASE_DIR / name, tmp_path / name)
    settings.BASE_DIR = tmp_path
    return tmp_path / "missions"


@pytest.fixture
def _prepared(sources, done):
    call_command("prepare")
    assert done == ALL
    done.clear()


@pytest.mark.usefixtures("_prepared")
def test_a_second_start_does_nothing(done):
    call_command("prepare")

    assert done == []


def _write(name, text):
    def change(sources):
        with (sources / name).open("a") as file:
            file.write(text)

    return change


def _forget(_sources):
    LoadedRow.objects.all().delete()


def _undo_a_migration(_sources):
    MigrationRecorder(connection).record_unapplied("missions", "0002_what_models_do_not_say")


CHANGES = {
    "a fact": (_write("data/regions.csv", "\n"), ["load_programme"]),
    "how search works": (_write("search/another.py", ""), ["rebuild_search"]),
    "a model": (_write("models/another.py", ""), ALL),
    "all forgotten": (_forget, ALL),
    "a migration undone": (_undo_a_migration, ALL),
}


@pytest.mark.usefixtures("_prepared")
@pytest.mark.parametrize(("change", "due"), CHANGES.values(), ids=CHANGES.keys())
def test_a_start_does_what_follows_from_what_changed(sources, done, change, due):
    change(sources)
    call_command("prepare")
    assert done == due

    done.clear()
    call_command("prepare")
    assert done == []


@pytest.mark.usefixtures("_prepared")
def test_an_empty_database_remembers_nothing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missions_loadedrow RENAME TO elsewhere")

    assert up_to_date.remembered() == {}


def test_a_database_of_other_sources_is_left_alone_and_told(sources, done):
    MigrationRecorder(connection).record_applied("missions", "0019_elsewhere")

    with pytest.raises(CommandError, match="0019_elsewhere"):
        call_command("prepare")
    assert done == []


def test_a_database_of_a_first_migration_that_was_made_anew_is_left_alone_and_told(sources, done):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missions_firmkey RENAME COLUMN start TO beginning")

    with pytest.raises(CommandError, match=r"no missions_firmkey\.start"):
        call_command("prepare")
    assert done == []


def test_a_start_that_failed_is_tried_again(sources, done, monkeypatch):
    def break_at_once(name, **_):
        raise CommandError(name)

    with monkeypatch.context() as broken:
        broken.setattr(up_to_date, "call_command", break_at_once)
        with pytest.raises(CommandError):
            call_command("prepare")
    call_command("prepare")

    assert done == ALL


@pytest.mark.usefixtures("_prepared")
@pytest.mark.parametrize(("debug", "known", "made"), [(1, 0, ["create_demo_accounts"]), (1, 1, []), (0, 0, [])])
def test_accounts_are_made_on_a_development_machine_where_nobody_can_sign_in(settings, done, debug, known, made):
    User.objects.update(is_active=False)
    if known:
        make.staff("ministry")
    settings.DEBUG = bool(debug)
    call_command("prepare")

    assert done == made


def test_the_commands_really_prepare_the_database(capsys):
    call_command("prepare")
    said = capsys.readouterr().out
    assert "migrate: 0 migrations applied." in said and "records are in the public search index" in said
    call_command("prepare")
    assert capsys.readouterr().out == "The database is up to date.\n"
