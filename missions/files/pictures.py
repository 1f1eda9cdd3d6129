"""Whether a picture is whole and nothing else, and the same picture without what a camera writes beside it.

Nothing is decoded: a picture is walked through by its own marks. So no library for pictures reads what strangers made,
and a public copy loses no quality.
"""

import re
import struct
import zlib

from django.utils.translation import gettext as _

from missions.files.unfit import Unfit, damaged, mixed
from missions.files.zips import END
from missions.models import FileKind

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
FOREIGN = (END, b"%PDF-", b"<script", b"<html", b"<?php", b"MZ\x90")  # what no trailer of a camera holds
MOST_PIXELS = 200_000_000
SHOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"}
ALONE = {0x01, *range(0xD0, 0xD8)}  # marks of a JPEG without a length
EOI, SOS, APP0, APP1, APP2, APP14, APP15, COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
ORIENTATION = 0x0112
MOST_SEGMENTS = 50_000
FILLING, AFTER_SCAN = re.compile(rb"\xff*"), re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")


def check_png(content):
    """Refuse a PNG that is cut off, damaged or followed by something."""
    size = None
    for name, chunk, end in _chunks(content):
        if name == b"IHDR":
            size = struct.unpack(">II", chunk[8:16])
        if name == b"IEND" and end != len(content):
            raise Unfit(mixed())
    if not size:
        raise Unfit(damaged())
    _refuse_size(*size)
    return FileKind.PNG


def _refuse_size(width, height):
    if width * height > MOST_PIXELS:
        raise Unfit(_("The picture has too many pixels (%(width)d × %(height)d).") % {"width": width, "height": height})


def _chunks(content):
    """The chunks of a PNG up to its end, each with its name, all its bytes, and where it ends."""
    at = len(PNG)
    for _number in range(MOST_SEGMENTS):
        if at + 12 > len(content):
            break
        (length,) = struct.unpack_from(">I", content, at)
        end = at + 12 + length
        name = content[at + 4 : at + 8]
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            raise Unfit(damaged())
        yield name, content[at:end], end
        if name == b"IEND":
            return
        at = end
    raise Unfit(damaged())


def bare_png(content):
    """A PNG with nothing but what is shown."""
    return PNG + b"".join(chunk for name, chunk, _end in _chunks(content) if name in SHOWN)


def check_jpeg(content):
    """Refuse a JPEG that is cut off or followed by something that no camera writes."""
    end = 0
    for mark, segment, after in _segments(content):
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC) and len(segment) >= 9:
            _refuse_size(*reversed(struct.unpack(">HH", segment[5:9])))
        end = after
    tail = content[end:]
    is_of_camera = not tail.strip(b"\0") or tail.startswith(JPEG) or tail.endswith(b"SEFT")  # the last is Samsung's
    if not is_of_camera or any(sign in tail for sign in FOREIGN):
        raise Unfit(mixed())
    return FileKind.JPEG


def _segments(content):
    """The segments of a JPEG up to its end, each with its mark, all its bytes, and where it ends.

    The bytes of a scan belong to the segment that begins it.
    """
    yield 0xD8, content[:2], 2
    at = 2
    for _number in range(MOST_SEGMENTS):
        at = max(FILLING.match(content, at).end() - 1, at)
        if at + 2 > len(content) or content[at] != 0xFF:
            raise Unfit(damaged())
        mark = content[at + 1]
        if mark == EOI or mark in ALONE:
            yield mark, content[at : at + 2], at + 2
            if mark == EOI:
                return
            at += 2
            continue
        if at + 4 > len(content):
            raise Unfit(damaged())
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if mark == SOS:
            end = _end_of_scan(content, end)
        if end > len(content):
            raise Unfit(damaged())
        yield mark, content[at:end], end
        at = end
    raise Unfit(damaged())


def _end_of_scan(content, at):
    found = AFTER_SCAN.search(content, at)
    if not found:
        raise Unfit(damaged())
    return found.start()


def bare_jpeg(content):
    """A JPEG without place, time, camera, remarks and preview, turned as it was."""
    kept = []
    turned = 1
    for mark, segment, _end in _segments(content):
        if mark == APP1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        is_profile = mark == APP2 and segment[4:15] == b"ICC_PROFILE"
        if mark in (APP0, APP14) or is_profile or not (APP0 < mark <= APP15 or mark == COMMENT):
            kept.append(segment)
    if turned != 1:
        kept.insert(1, _turning(turned))
    return b"".join(kept)


def _orientation(exif):
    """How a picture is to be turned: 1 to 8; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turning(value):
    """The segment that says how a picture is to be turned, and nothing else."""
    told = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, value, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told
