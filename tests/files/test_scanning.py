"""Files and the scanner for viruses, played by a small server that speaks as clamd does."""

import socketserver
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from missions.models import Notice, Scan
from tests import make
from tests.files import samples
from tests.files.test_files import content, page, sent
from tests.forms import address, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")
VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Clamd(socketserver.StreamRequestHandler):
    """Answers INSTREAM: too large above a megabyte, infected where the mark stands in what it got."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        got = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            got += self.rfile.read(size)
        self.server.asked.append(got)
        said = b"stream: Eicar-Signature FOUND" if VIRUS in got else b"stream: OK"
        said = b"INSTREAM size limit exceeded. ERROR" if len(got) > 2**20 else said
        self.wfile.write(said + b"\0")


@contextmanager
def clamd(settings, path):
    """Run it at a socket; yields what it was asked."""
    settings.CLAMD_SOCKET = str(path)
    with socketserver.ThreadingUnixStreamServer(str(path), Clamd) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.asked
        finally:
            server.shutdown()
            path.unlink()


@pytest.fixture
def scene():
    """An officer at the desk, and a difficulty of theirs."""
    officer = make.officer(make.body())
    return signed_in(officer), make.difficulty(officer.postings.get().body, officer)


def test_a_file_waits_for_the_scanner_and_only_a_clean_one_is_given_out(scene, settings, tmp_path, capsys):
    client, record = scene
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    infected = samples.pdf(f"({VIRUS.decode()})")
    large = samples.jpeg(tail=bytes(2**20 + 1))
    assert sent(client, record, [("a.pdf", samples.pdf()), ("b.pdf", infected), ("c.jpg", large)]).status_code == 302
    a, b, c = record.attachments.order_by("pk")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("scan_files")
    for file in (a, b, c):
        assert "검사를 기다리고" in text(client.get(page(record, "file", file.pk), follow=True))

    with clamd(settings, tmp_path / "clamd") as asked:
        call_command("scan_files")
        call_command("scan_files")

    said = capsys.readouterr().out
    told = Notice.objects.filter(kind="infected").values_list("record", "reader", "because", "delivery")
    (who,) = {file.added_by_id for file in (a, b, c)}
    assert list(told) == [(record.pk, who, "added", "desk")], "once, though the officer holds the difficulty too"
    assert f"file {a.pk}: clean" in said and f"file {b.pk}: Eicar-Signature" in said and "a.pdf" not in said
    assert asked[:3] == [samples.pdf(), infected, large] and asked[3:] == [large], "only what waits is asked again"
    assert [file.scan for file in record.attachments.order_by("pk")] == [Scan.CLEAN, Scan.INFECTED, Scan.PENDING]
    assert content(client.get(page(record, "file", a.pk))) == samples.pdf()
    shown = text(client.get(address(record)))
    assert page(record, "file", a.pk) in shown and "바이러스가 발견되어" in shown
    assert f'href="{page(record, "file", b.pk)}"' not in shown
    for file, why in ((b, "바이러스가 발견되어"), (c, "검사를 기다리고")):
        assert why in text(client.get(page(record, "file", file.pk), follow=True))
    settings.CLAMD_SOCKET = ""
    assert "바이러스가 발견되어" in text(client.get(page(record, "file", b.pk), follow=True)), "whoever scanned it"


def test_without_a_scanner_files_are_given_out_and_the_command_says_so(scene):
    client, record = scene
    sent(client, record, [("a.pdf", samples.pdf())])

    assert content(client.get(page(record, "file", record.attachments.get().pk))) == samples.pdf()
    with pytest.raises(CommandError, match="CLAMD_SOCKET"):
        call_command("scan_files")


def test_a_file_that_is_removed_while_it_is_scanned_stays_removed(scene, settings, tmp_path):
    client, record = scene
    sent(client, record, [("a.pdf", samples.pdf())])
    file = record.attachments.get()
    client.post(page(record, "removal", file.pk), {"because": "잘못 올렸습니다."})

    with clamd(settings, tmp_path / "clamd") as asked:
        call_command("scan_files")

    file.refresh_from_db()
    assert not asked and file.scan == Scan.PENDING and not file.stored_as
