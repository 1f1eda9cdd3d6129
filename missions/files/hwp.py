"""Whether a compound file is a document of Hangul (hwp 5), and only that.

The format is Hancom's “HWP Document File Formats 5.0”. Read by olefile: the tables of a compound file are easily read
wrongly, and that package is small and old enough to have seen what is made of them.
"""

import io
import re
import struct
import zlib

import olefile

from missions.files.office import FOREIGN
from missions.files.scripts import does_something
from missions.files.unfit import Unfit, damaged, holds, locked, macros, mixed, objects, swollen
from missions.files.zips import END
from missions.models import FileKind

MAGIC = b"HWP Document File"
FLAGS_AT = 36
COMPRESSED, LOCKED, RIGHTS = 0x1, 0x2, 0x10 | 0x100 | 0x400  # bits of the header: packed, password, rights managed
MACROS = re.compile(r"^(VBA|_VBA_PROJECT.*|Macros|PROJECT(wm)?)$", re.IGNORECASE)
SCRIPT = "Scripts/DefaultJScript"
MOST_STREAMS = 3000
MOST_BYTES = 100 * 1024 * 1024  # of one stream, unpacked


def kind_of(content):
    """The kind of a compound file; an empty text for one that is no document of Hangul. Raises ``Unfit``."""
    try:
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_FATAL) as compound:
            return _kind(compound, content)
    except (OSError, ValueError, IndexError, struct.error, zlib.error, AttributeError, TypeError, RecursionError):
        raise Unfit(damaged()) from None


def _kind(compound, content):
    streams = compound.listdir(streams=True, storages=True)
    if any(MACROS.match(part) for path in streams for part in path):
        raise Unfit(macros())
    if compound.exists("EncryptedPackage"):  # a docx, xlsx or pptx with a password
        raise Unfit(locked())
    if not compound.exists("FileHeader"):
        return ""
    header = compound.openstream("FileHeader").read(FLAGS_AT + 4)
    if not header.startswith(MAGIC):
        return ""
    (flags,) = struct.unpack_from("<I", header, FLAGS_AT)
    if flags & (LOCKED | RIGHTS):
        raise Unfit(locked())
    if len(streams) > MOST_STREAMS:
        raise Unfit(swollen())
    if (len(content) - compound.sector_size) % compound.sector_size or END in content[-65_600:]:
        raise Unfit(mixed())
    for path in compound.listdir():
        _refuse_stream("/".join(path), _content(compound, path, flags & COMPRESSED))
    return FileKind.HWP


def _content(compound, path, is_compressed):
    packed = compound.openstream(path).read()
    if not is_compressed or path[0] not in ("BinData", "Scripts", "BodyText"):
        return packed
    unpacked = zlib.decompressobj(-15)
    try:
        content = unpacked.decompress(packed, MOST_BYTES)
    except zlib.error:
        return packed  # a part that is kept as it was inserted
    if unpacked.unconsumed_tail:
        raise Unfit(swollen())
    return content


def _refuse_stream(name, content):
    if name == SCRIPT and any(does_something(part) for part in _texts(content)):
        raise Unfit(macros())
    if not name.startswith("BinData/"):
        return
    if content.startswith(FOREIGN):
        raise Unfit(holds(name))
    if b"\x01\0O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0" in content:  # a file of another program, wrapped up
        raise Unfit(objects())


def _texts(content):
    """The four texts of a script, each behind the number of its letters."""
    at = 0
    for _number in range(4):
        if at + 4 > len(content):
            return
        (length,) = struct.unpack_from("<I", content, at)
        end = at + 4 + 2 * length
        yield content[at + 4 : end].decode("utf-16-le", errors="replace")
        at = end
