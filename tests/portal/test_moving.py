"""From SQLite to PostgreSQL, and nothing is another afterwards."""

import contextlib
import datetime
import io

import environ
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from missions.models import Difficulty, DifficultyEvent, LoadedRow, PublicEntry, User
from portal.backups import moving
from portal.backups.management.commands.move_to_postgresql import TARGET
from tests import empty, make
from tests.machine import free_port

pytestmark = pytest.mark.usefixtures("transactional_db")
AT = datetime.datetime(2026, 3, 2, 1, 2, 3, 456789, datetime.UTC)


def move(address):
    said = io.StringIO()
    call_command("move_to_postgresql", address, stdout=said)
    return said.getvalue()


def rounded(value):
    return value.replace(microsecond=0) if isinstance(value, datetime.datetime) else value


@contextlib.contextmanager
def on(address):
    """The portal on another database."""
    alias, own = connection.alias, connections[connection.alias]
    settings = connections.settings[alias]
    given = settings | {"OPTIONS": {}} | environ.Env.db_url_config(address)
    connections.settings[alias] = connections.configure_settings({alias: given})[alias]
    connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        connections[alias].close()
        connections.settings[alias], connections[alias] = settings, own


@pytest.mark.sqlite
def test_every_row_is_on_postgresql_to_the_microsecond_and_work_goes_on_there(monkeypatch):
    record, by = make.solved(account="한 줄\n두 줄\t\\N “둘” 🧿", reported_on=datetime.date(1999, 12, 31))
    User.objects.update(last_login=AT)
    LoadedRow.objects.create(file="z", key="말", record="1", values={"b": [1, 2.5, None], "a": "한"})
    gone = make.difficulty(record.filed_through).pk
    connection.connection.execute("UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'missions_difficulty'")

    with empty.of_postgresql() as address:
        with monkeypatch.context() as patch:
            prepared = moving._prepared
            patch.setattr(moving, "_prepared", lambda field, value, target: prepared(field, rounded(value), target))
            with pytest.raises(CommandError, match=r"has other rows on PostgreSQL\. Nothing was moved"):
                move(address)
        assert "rows in" in move(address)
        with pytest.raises(CommandError, match="is not empty"):
            move(address)
        assert TARGET not in connections.settings

        with on(address):
            again = Difficulty.objects.get(pk=record.pk)
            assert again.account == record.account and again.reported_on == record.reported_on
            assert User.objects.get(pk=by.pk).last_login == AT
            assert LoadedRow.objects.get(file="z").values == {"b": [1, 2.5, None], "a": "한"}
            assert PublicEntry.objects.exists() and MigrationRecorder(connection).applied_migrations()
            assert make.difficulty(again.filed_through).pk == 5001 > gone
            with pytest.raises(DatabaseError, match="cannot be changed"):
                DifficultyEvent.objects.update(note="anders")


@pytest.mark.postgresql
def test_there_is_nothing_to_move_from_on_postgresql():
    with pytest.raises(CommandError, match="names no SQLite database"):
        move("postgres://127.0.0.1/nowhere")


@pytest.mark.sqlite
def test_an_address_that_leads_to_no_postgresql_is_refused():
    with pytest.raises(CommandError, match="does not begin with postgres"):
        move("sqlite:////tmp/z")
    with pytest.raises(CommandError, match="does not answer"):
        move(f"postgres://z@127.0.0.1:{free_port()}/z")
