"""Backups: made while people write, brought back elsewhere, and refused where anything is wrong with them."""

import datetime
import io
import json
import secrets
import shutil
import threading

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from missions.difficulties import workflow
from missions.files import attaching, storing
from missions.models import Attachment, Body, Difficulty, DifficultyEvent, PageVersion, User
from portal.backups import attached, schema
from portal.backups.management.commands.backup import DATABASES
from portal.backups.parts import PIECE, Cover, Read, Written
from tests import empty, make
from tests.files import samples
from tests.forms import signed_in

TEXTS = ["말 <b>\\.\\N\t\\\\", "한 줄\n두 줄\r\n", "🧿 €"]
ON_SQLITE = connection.vendor == "sqlite"
DATABASE = "database.sqlite3.gz" if ON_SQLITE else "tables/missions_difficultyevent.copy.gz"


@pytest.fixture
def place(transactional_db, settings, tmp_path):
    """A folder for backups, beside one for files of records."""
    lead_files(settings, tmp_path / "files")
    return tmp_path / "backups"


@pytest.fixture
def reader(place):
    """The role of the public face, where there are roles."""
    if ON_SQLITE:
        yield ""
        return
    name = f"z_{secrets.token_hex(4)}"
    call_command("grant_public_role", role=name, stdout=io.StringIO())
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


def lead_files(settings, folder):
    """Have files of records lie in folders."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    folders = {name: {**on_disk, "OPTIONS": {"location": str(folder / name)}} for name in attached.ROWS}
    settings.STORAGES = settings.STORAGES | folders


def backup(place, **options):
    """Make one. Returns its folder and what its manifest says."""
    before = set(place.glob("*"))
    call_command("backup", place, stdout=io.StringIO(), stderr=io.StringIO(), **options)
    (made,) = set(place.glob("*")) - before
    return made, json.loads((made / "manifest.json").read_text())


def restore(folder, **options):
    """What the command says."""
    said = io.StringIO()
    call_command("restore", folder, stdout=said, **options)
    return said.getvalue()


def refused(folder, **options):
    """The sentence that refuses a backup."""
    with pytest.raises(CommandError) as error:
        restore(folder, **options)
    return str(error.value)


def full_disk(backup):
    raise OSError("the disk is full")


def written():
    """All rows of every table, but for the page version, which moves by itself."""
    tables = schema.models().items()
    return {name: set(map(repr, model._base_manager.values_list())) for name, model in tables if model != PageVersion}


class Writers(threading.Thread):
    """Somebody who files difficulties until told to stop; ``filed`` are those whose writing was acknowledged."""

    def __init__(self, body, officer):
        super().__init__()
        self.body, self.officer, self.filed, self.over = body, officer, [], threading.Event()
        self.firm = make.company(body)

    def run(self):
        while not self.over.is_set():
            self.filed.append(make.difficulty(self.body, self.officer, company=self.firm).pk)
        connection.close()

    def __exit__(self, *error):
        self.over.set()
        self.join()

    def __enter__(self):
        self.start()
        while not self.filed:
            self.over.wait(0.01)
        return self


def test_a_backup_made_while_people_write_brings_back_a_state_that_was_there_with_its_files(
    settings, tmp_path, place, reader, monkeypatch
):
    settings.BACKUP_KEY = "a key of the suite"
    body = make.body()
    officer = make.officer(body)
    record = make.difficulty(body, officer, title=TEXTS[0], account=TEXTS[1], place=TEXTS[2])
    file = SimpleUploadedFile("f.pdf", samples.pdf())
    kept = attaching.attach(record, file, by=officer, name=file.name)
    sessions = signed_in(officer).session.session_key
    User.objects.filter(pk=officer.pk).update(last_login=datetime.datetime(2026, 3, 2, 1, 2, 3, 456789, datetime.UTC))
    with Writers(body, officer) as others:
        earlier = list(others.filed)
        made, told = backup(place)
    source = written()
    assert TEXTS[2].encode() not in b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())

    lead_files(settings, tmp_path / "restored")
    with empty.entered(tmp_path):
        with monkeypatch.context() as patch:
            patch.setattr(DATABASES[connection.vendor], "load", full_disk)
            assert refused(made) == "Nothing was restored: the disk is full"
        assert "Everyone signs in anew" in restore(made)
        found = written()

        assert {name: rows - source[name] for name, rows in found.items() if not rows <= source[name]} == {}
        counts = {name: len(rows) for name, rows in found.items()}
        assert {**told["rows"], **counts} == told["rows"] | {"django_session": 0}
        filed = set(Difficulty.objects.values_list("pk", flat=True))
        assert {record.pk, *earlier} <= filed <= {record.pk, *others.filed}
        assert filed == set(DifficultyEvent.objects.filter(step="file").values_list("difficulty", flat=True))
        again = Difficulty.objects.get(pk=record.pk)
        assert [again.title, again.account, again.place] == [record.title, record.account, record.place]
        assert User.objects.get(pk=officer.pk).last_login.microsecond == 456789
        with storing.opened(Attachment.objects.get(pk=kept.pk).stored_as) as file:
            assert file.read() == samples.pdf()

        client = signed_in(officer)
        assert client.session.session_key != sessions
        assert client.get("/ko/").status_code == 200
        assert again.reference in client.get(f"/admin/missions/difficulty/?q={again.reference}").content.decode()
        workflow.review(again, by=officer)
        assert make.difficulty(body, officer).pk > max(filed)
        if reader:
            with connection.cursor() as cursor:
                asked = (
                    "SELECT has_table_privilege(%s, 'missions_body', 'SELECT'), has_table_privilege(%s, %s, 'SELECT')"
                )
                cursor.execute(asked, [reader, reader, "missions_difficulty"])
                assert cursor.fetchone() == (True, False)
        with pytest.raises(DatabaseError, match="cannot be changed"):
            DifficultyEvent.objects.update(note="anders")
        assert "is not empty" in refused(made)


def test_only_an_empty_place_is_filled_and_only_by_a_backup_of_the_same_tables(tmp_path, place):
    made, _told = backup(place)
    assert "is not empty: auth_group has rows" in refused(made)
    MigrationRecorder(connection).record_applied("missions", "0009_later")
    later, _told = backup(place)
    assert "0009_later, which these sources do not know. Restore it with the sources" in refused(later)

    storage = storages["files"]
    storage.save("ab/cd", SimpleUploadedFile("x", b"x"))
    with empty.entered(tmp_path):
        assert f"{storage.location} has files" in refused(made)
        storage.delete("ab/cd")
        restore(made)
        assert Body.objects.exists() and MigrationRecorder(connection).applied_migrations()


def test_what_was_damaged_or_is_of_another_key_or_never_finished_is_refused_with_a_sentence(settings, tmp_path, place):
    settings.BACKUP_KEY = "a key of the suite"
    made, _told = backup(place)
    assert "is whole" in restore(made, check=True)

    settings.BACKUP_KEY = "another"
    assert "BACKUP_KEY is not the key it was made with" in refused(made)
    settings.BACKUP_KEY = ""
    assert "is encrypted. Set BACKUP_KEY" in refused(made)
    settings.BACKUP_KEY_FILE = str(tmp_path / "key")
    assert "BACKUP_KEY_FILE cannot be read" in refused(made)
    (tmp_path / "key").write_text("a key of the suite\n")
    assert "is whole" in restore(made, check=True)

    def broken(change):
        copy = shutil.copytree(made, tmp_path / "broken")
        change(copy)
        said = refused(copy, check=True)
        shutil.rmtree(copy)
        return said

    def turn_a_bit(copy):
        content = bytearray((copy / DATABASE).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / DATABASE).write_bytes(content)

    def tell_otherwise(copy):
        manifest = (copy / "manifest.json").read_text()
        (copy / "manifest.json").write_text(manifest.replace('"missions_difficulty": 0', '"missions_difficulty": 1'))

    assert f"{DATABASE} is damaged" in broken(turn_a_bit)
    assert f"lacks a part: {DATABASE}" in broken(lambda copy: (copy / DATABASE).unlink())
    assert "does not bear its signature" in broken(tell_otherwise)
    assert "cannot be read" in broken(lambda copy: (copy / "manifest.json").write_text("{"))
    assert "is no backup" in broken(lambda copy: (copy / "manifest.json").unlink())
    assert "was never finished" in refused(made.rename(made.with_suffix(".partial")))
    settings.BACKUP_KEY = settings.BACKUP_KEY_FILE = ""
    plain, _told = backup(place)
    settings.BACKUP_KEY = "a key of the suite"
    assert "is not encrypted, and BACKUP_KEY is set" in refused(plain, check=True)
    assert "is whole" in restore(plain, check=True, plain=True)


def test_a_backup_that_breaks_off_leaves_nothing_and_older_ones_go_only_after_a_whole_one(settings, place, monkeypatch):
    first, _told = backup(place)
    with monkeypatch.context() as patch:
        patch.setattr(attached, "save", lambda *told: full_disk(told))
        with pytest.raises(CommandError, match="No backup was made: the disk is full"):
            backup(place, keep=1)
    assert list(place.iterdir()) == [first]

    record = make.difficulty(make.body())
    files = [SimpleUploadedFile(f"f{n}.pdf", samples.pdf(f"%{n}")) for n in range(4)]
    kept = [attaching.attach(record, file, by=record.filed_by, name=file.name) for file in files]
    lost, damaged, removed, well = kept
    storages["files"].delete(lost.stored_as)
    with open(storages["files"].path(damaged.stored_as), "wb") as file:
        file.write(b"%PDF")
    with monkeypatch.context() as patch:
        save = attached.save
        patch.setattr(attached, "save", lambda *told: (attaching.remove(removed, because="Z"), save(*told))[1])
        with pytest.raises(CommandError, match=f"Lost: files/{lost.stored_as}. Damaged: files/{damaged.stored_as}"):
            backup(place, keep=1)
    (made,) = set(place.iterdir()) - {first}  # which may be the last that has what was lost
    assert first.exists() and "is whole" in restore(made, check=True)
    assert json.loads((made / "manifest.json").read_text())["files"]["count"] == 2

    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    made, told = backup(place)
    assert told["files"] is None and well.stored_as
    made, _told = backup(place, keep=1)
    assert list(place.iterdir()) == [made]


@pytest.mark.parametrize("key", ["", "a key of the suite"])
def test_a_part_is_read_as_it_was_written_and_no_piece_of_it_is_cut_off_or_moved(key, tmp_path):
    cover, content = Cover(key), bytes(range(256)) * (3 * PIECE // 256)
    for size in (0, 1, PIECE, PIECE + 1, 3 * PIECE):
        with Written(tmp_path / f"{size}", cover, 7) as file:
            file.write(content[:size])
        with Read(tmp_path / f"{size}", cover, 7) as file:
            assert file.read() == content[:size]
        assert (tmp_path / f"{size}").stat().st_mode & 0o777 == 0o600
    if not key:
        return
    sealed = (tmp_path / f"{3 * PIECE}").read_bytes()
    piece = PIECE + 16
    for number, changed in [
        (7, sealed[:-piece]),
        (7, sealed[piece:]),
        (7, sealed[piece : 2 * piece] + sealed[:piece] + sealed[2 * piece :]),
        (7, sealed + sealed[-piece:]),
        (8, sealed),
    ]:
        (tmp_path / "changed").write_bytes(changed)
        with pytest.raises(CommandError, match="was changed"), Read(tmp_path / "changed", cover, number) as file:
            file.read()
