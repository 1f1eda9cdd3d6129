"""Whether a PDF is only read: it runs nothing, holds no other file, and is whole."""

import re
import zlib

from django.utils.translation import gettext as _

from missions.files.unfit import Unfit, damaged, locked, mixed, packed, swollen
from missions.files.zips import END
from missions.models import FileKind

HEAD, TAIL = b"%PDF-", b"%%EOF"
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm\b.{0,600}?stream\r?\n", re.DOTALL)
# Looked for in all bytes, those of pictures too: so only names too long to stand there by chance.
RUNS = re.compile(rb"/(JavaScript|Launch|RichMedia|Rendition|SubmitForm|ImportData)\b|/XFA\s*(\[|\d+\s+\d+\s+R)")
HOLDS = re.compile(rb"/(EmbeddedFiles?|GoToE)\b")
LOCKED = re.compile(rb"/Encrypt\b")
MOST_BYTES = 100 * 1024 * 1024
PIECE = 64 * 1024


def check(content):
    """Refuse a PDF that is cut off, locked, followed by something, or does more than to be read."""
    last = content.rfind(TAIL)
    if last < 0 or b"startxref" not in content[-2048:]:
        raise Unfit(damaged())
    if content[last + len(TAIL) :].strip(b"\r\n\t \0") or END in content[-65_600:]:
        raise Unfit(mixed())
    if LOCKED.search(_names(content)):
        raise Unfit(locked())
    for words in (content, *packed_objects(content)):
        names = _names(words)
        if RUNS.search(names):
            raise Unfit(_("The PDF runs a script or starts a program. Print it to a PDF anew, and choose that."))
        if HOLDS.search(names):
            raise Unfit(_("The PDF holds other files. Add them one by one instead."))
    return FileKind.PDF


def _names(words):
    """The same bytes with names as they read: /J#53 is /JS."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), words) if b"#" in words else words


def packed_objects(content):
    """The objects that are packed into streams. Raises ``Unfit`` where one cannot be unpacked, or is a bomb."""
    left, starts = MOST_BYTES, [found.end() for found in PACKED.finditer(content)]
    if len(starts) < len(re.findall(rb"/ObjStm\b", _names(content))):
        raise Unfit(packed())
    for start in starts:
        unpacking, objects = zlib.decompressobj(), []
        while not unpacking.eof and start < len(content):
            try:
                objects.append(unpacking.decompress(content[start : start + PIECE], left))
            except zlib.error:
                raise Unfit(packed()) from None
            start += PIECE
            left -= len(objects[-1])
            if left <= 0 or unpacking.unconsumed_tail:
                raise Unfit(swollen())
        yield b"".join(objects)
