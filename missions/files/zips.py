"""Opens ZIP containers without trusting them: their list of parts is judged first, then every part is read once."""

import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _

from missions.files.unfit import Unfit, damaged, locked, mixed, packed, swollen

HEAD, END = b"PK\x03\x04", b"PK\x05\x06"
MOST_PARTS = 3000
MOST_BYTES = 150 * 1024 * 1024  # of all parts together, unpacked
MOST_RATIO = 150  # of a part larger than a megabyte, unpacked to packed; sheets of equal lines come near to it
WORTH_A_RATIO = 1024 * 1024
LOCAL_HEADER = 30
ENCRYPTED = 0x1 | 0x40
ESCAPES = re.compile(r"(^|/)\.\.(/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, ValueError)


def opened(file, size):
    """The container that a file is from its first byte to its last. Raises ``Unfit``."""
    try:
        container = zipfile.ZipFile(file)
    except (*BROKEN, OSError):
        raise Unfit(damaged()) from None
    parts = container.infolist()
    _refuse_bombs(parts)
    _refuse_names(parts)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Unfit(locked())
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unfit(packed())
    _refuse_what_lies_between(container, parts, size)
    return container


def _refuse_bombs(parts):
    total = sum(part.file_size for part in parts)
    too_thin = [
        part
        for part in parts
        if part.file_size > WORTH_A_RATIO and part.file_size > MOST_RATIO * max(part.compress_size, 1)
    ]
    if len(parts) > MOST_PARTS or total > MOST_BYTES or too_thin:
        raise Unfit(swollen())


def _refuse_names(parts):
    names = [part.orig_filename for part in parts]
    if any(ESCAPES.search(name) for name in names) or len({name.lower() for name in names}) < len(names):
        raise Unfit(_("Names inside the file lead out of it or stand there twice: no office program made it."))


def _refuse_what_lies_between(container, parts, size):
    """Refuse parts that overlap, and anything before the first part and behind the end of the list."""
    ends, at = container.start_dir, 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < at or (at == 0 and part.header_offset != 0):
            raise Unfit(mixed())
        at = part.header_offset + LOCAL_HEADER + part.compress_size
    file = container.fp
    file.seek(0)
    starts = file.read(4) == HEAD
    file.seek(max(size - 22, 0))
    last = file.read(22)
    if not starts or at > ends or container.comment or not last.startswith(END):
        raise Unfit(mixed())


def read_all(container):
    """Each part with its content, read to its end, so that a damaged one is found. Raises ``Unfit``."""
    for part in container.infolist():
        if part.is_dir():
            continue
        try:
            with container.open(part) as stream:
                content = stream.read(part.file_size + 1)
        except (*BROKEN, OSError):
            raise Unfit(damaged()) from None
        if len(content) != part.file_size:
            raise Unfit(damaged())
        yield part.filename, content
