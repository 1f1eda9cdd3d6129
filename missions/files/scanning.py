"""Asks ClamAV about files that wait for it, in clamd's own words: ``INSTREAM``, pieces with their length, an answer.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd, command INSTREAM. The packages for it have not been kept up
for years, and the whole of it is this file.
"""

import re
import socket
import struct

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from missions.files import storing
from missions.messages import of_files
from missions.models import Attachment, Scan

PIECE = 64 * 1024
WAIT = 60  # seconds for one answer
LONGEST = 4096  # bytes of an answer
FOUND = re.compile(r"^stream: (.+) FOUND$")


class Unreachable(Exception):
    """The scanner does not answer. The message says what went wrong."""


class Unjudged(Exception):
    """The scanner answers, but says nothing of the file. The message is what it said."""


def judge(file):
    """What the scanner finds in an open file: the name of a virus, or an empty text for a clean one."""
    try:
        with _connection() as scanner:
            scanner.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
            said = _answer(scanner)
    except OSError as error:
        raise Unreachable(str(error) or type(error).__name__) from None
    if found := FOUND.match(said):
        return found[1]
    if said == "stream: OK":
        return ""
    raise Unjudged(said)


def _connection():
    """``CLAMD_SOCKET`` is the path of a socket, or HOST:PORT."""
    where = settings.CLAMD_SOCKET
    host, colon, port = where.rpartition(":")
    if colon and port.isdecimal():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=WAIT)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(WAIT)
    try:
        connection.connect(where)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(scanner):
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST and (more := scanner.recv(LONGEST)):
        said += more
    if not said:
        raise Unreachable("no answer")
    return said.rstrip(b"\0\n").decode(errors="replace")


def scan_pending():
    """Ask about every file that waits, the oldest first. Yields each with what was found.

    Raises ``Unreachable`` once the scanner does not answer: what is left waits on. Nobody else's verdict is written
    over, and a file that was removed meanwhile gets none.
    """
    for attachment in Attachment.objects.pending().order_by("added_at", "pk").iterator():
        try:
            with storing.opened(attachment.stored_as) as file:
                found = judge(file)
        except FileNotFoundError:
            yield attachment, _noted(attachment, "the content is lost")
        except Unjudged as unjudged:
            yield attachment, _noted(attachment, str(unjudged))
        else:
            _keep(attachment, found)
            yield attachment, found


@transaction.atomic
def _keep(attachment, found):
    """Keep a verdict, and tell of a virus whoever added the file."""
    verdict = {"scan": Scan.INFECTED if found else Scan.CLEAN, "scan_said": found[:200]}
    if _waiting(attachment).update(**verdict, scanned_at=timezone.now()) and found:
        of_files.tell(attachment)


def _waiting(attachment):
    return Attachment.objects.pending().filter(pk=attachment.pk)


def _noted(attachment, said):
    """Keep why a file still waits."""
    _waiting(attachment).update(scan_said=said[:200])
    return said
