"""Lists on their way out: a short one at once, a long one in pieces by the requests of whoever asked for it.

A long one is kept for a day in the store of files, for that person alone. A step changes it only where it stands as the
step found it, so that two windows, or a window sent twice, make it once; whatever a killed process leaves behind is
what ``sweep_files`` clears away, and the next request goes on.
"""

import datetime
import hashlib
import io
import json
import logging
import time
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from missions.admin.local_time import moment_there
from missions.files import storing
from missions.models import Company, ExportFile, ExportState, Recipient, clocks_of
from missions.personal_data import accesses, exports
from missions.sheets.columns import Reader
from missions.sheets.kinds import KINDS
from missions.sheets.writing import XLSX, Sheet, csv_text, workbook

CAP = 10_000  # rows of a file
AT_ONCE = 1_000  # rows of one that is sent at once
PIECE = 500  # rows that are read at a time
SECONDS = 2  # for which a request goes on reading
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}

log = logging.getLogger("missions.exports")


class Refused(Exception):
    """A file is not given any more. The message says why and what to do."""


def called(kind, wish, clocks):
    """What a file is called: in the words of its reader, and in plain letters, with the day where that person works."""
    ending = f"{clocks:%Y%m%d}.{wish}"
    return f"{kind.model._meta.verbose_name_plural}-{ending}", f"{kind.name}-{ending}"


def made_at_once(request, kind, columns, rows, wish, *, reason, conditions, is_cut):
    """The bytes of a short list."""
    reader, rows = Reader(request.user), list(_read(kind, rows[:CAP]))
    owners = _owners(kind, columns, rows, reader)
    accesses.record_export(owners, by=request.user, address=request.origin, reason=reason)
    cells = [kind.cells(row, columns, reader) for row in rows]
    about = _about(kind, clocks_of(request.user), request.user, conditions, len(cells), is_cut=is_cut)
    log.info("%s took %d rows of %s as %s", request.user.pk, len(cells), kind.name, wish)
    return _written(kind, columns, cells, wish, about)


def begin(request, kind, columns, rows, wish, *, reason, conditions, is_cut):
    """Begin with a long list: keep which rows it has, and all that was asked for. Asked twice, it is the same file."""
    exports.forget_old()
    asked = {
        "kind": kind.name,
        "format": wish,
        "language": get_language(),
        "columns": [column.name for column in columns],
        "narrowed": request.GET.urlencode(),
        "conditions": conditions,
        "reason": reason,
        "is_cut": is_cut,
        "keys": list(rows.values_list("pk", flat=True)[:CAP]),
    }
    own = {"by": request.user, "fingerprint": hashlib.sha256(json.dumps(asked).encode()).hexdigest()}
    try:
        with transaction.atomic():
            file = ExportFile.objects.create(**asked, **own)
    except IntegrityError:
        if same := ExportFile.objects.filter(**own, state=ExportState.MAKING).first():
            return same
        file = ExportFile.objects.create(**asked, **own)  # the other was written or deleted since
    exports.make_room(request.user)
    return file


def go_on(file, model_admin, request):
    """Read further rows for some seconds; once all are read, write the file."""
    kind = KINDS[file.kind]
    try:
        if file.done == len(file.keys):
            return _write(file, kind)
        until = time.monotonic() + SECONDS
        while file.done < len(file.keys) and _read_on(file, kind, model_admin, request) and time.monotonic() < until:
            pass
    except FileNotFoundError:  # a piece is lost, as after a backup was brought back
        pieces = file.pieces
        if _move(file, done=0, pieces=[]):
            storing.erase(*pieces)


def _read_on(file, kind, model_admin, request):
    """Read a piece. Returns whether nobody else did."""
    reader, columns = Reader(request.user), _columns(file)
    asked, rest = file.keys[file.done : file.done + PIECE], file.keys[file.done + PIECE :]
    by_key = {row.pk: row for row in _read(kind, model_admin.get_queryset(request).filter(pk__in=asked))}
    rows = [by_key[key] for key in asked if key in by_key]
    with override(file.language):
        cells = [kind.cells(row, columns, reader) for row in rows]
    name = storing.keep(ContentFile(json.dumps(cells, default=_tagged, ensure_ascii=False).encode()))
    told = set(file.told)
    owners = [owner for owner in _owners(kind, columns, rows, reader) if owner.pk not in told]
    with transaction.atomic():
        is_first = _move(
            file,
            keys=[*file.keys[: file.done], *(row.pk for row in rows), *rest],
            done=file.done + len(rows),
            pieces=[*file.pieces, name],
            told=[*file.told, *(owner.pk for owner in owners)],
        )
        if is_first:
            accesses.record_export(owners, by=file.by, address=request.origin, reason=file.reason)
        else:
            storing.erase(name)
    return is_first


def _write(file, kind):
    """Write the file from its pieces."""
    with override(file.language):
        clocks = clocks_of(file.by, file.at)
        about = _about(kind, clocks, file.by, file.conditions, len(file.keys), is_cut=file.is_cut)
        content = _written(kind, _columns(file), _Pieces(file.pieces), file.format, about)
    name, pieces = storing.keep(io.BytesIO(content)), file.pieces
    with transaction.atomic():
        is_first = _move(file, state=ExportState.MADE, stored_as=name, size=len(content), pieces=[])
        storing.erase(*(pieces if is_first else [name]))
    if is_first:
        log.info("%s made %d rows of %s as %s", file.by_id, len(file.keys), file.kind, file.format)


def _move(file, **values):
    """Write how far a file is, unless another step did so first, which is returned."""
    values["moves"] = file.moves + 1
    is_first = ExportFile.objects.filter(pk=file.pk, moves=file.moves).update(**values) == 1
    for name, value in values.items() if is_first else ():
        setattr(file, name, value)
    return is_first


def opened(file, model_admin, request):
    """The content of a file that is made.

    Raises ``Refused`` where it tells more by now than its maker may see, and where it is lost; it is deleted then.
    """
    reader = Reader(request.user)
    visible = model_admin.get_queryset(request).filter(pk__in=file.keys).count()
    owners = (Recipient if file.kind == "recipient" else Company).objects.filter(pk__in=file.told)
    try:
        if visible == len(file.keys) and all(reader.reaches(owner) for owner in owners):
            return storing.opened(file.stored_as)
    except FileNotFoundError:
        exports.forget([file])
        raise Refused(_("The file is lost. Make it anew.")) from None
    exports.forget([file])
    raise Refused(
        _("Some of its records were deleted, or you may not see them any more. The file was deleted; make it anew.")
    )


def cut_off():
    """The sentence for a list that is longer than a file may be."""
    return _(
        "The list has more than %(cap)s rows. The file has the first %(cap)s in its order; narrow the list to reach "
        "the others."
    ) % {"cap": f"{CAP:,}"}


def _read(kind, rows):
    return kind.annotated(rows).select_related(*kind.fetched).prefetch_related(*kind.gathered)


def _columns(file):
    return [KINDS[file.kind].column(name) for name in file.columns]


def _owners(kind, columns, rows, reader):
    """Whose contacts leave with some rows, each once."""
    if not any(column.personal for column in columns):
        return []
    owners = {owner.pk: owner for owner in map(kind.whose, rows) if owner is not None}.values()
    return [owner for owner in owners if owner.has_contact and reader.reaches(owner)]


def _written(kind, columns, cells, wish, about):
    sheet = Sheet(str(kind.model._meta.verbose_name_plural), [kind.head(column) for column in columns], cells)
    return workbook(sheet, about) if wish == "xlsx" else csv_text(sheet)


def _about(kind, clocks, person, conditions, count, *, is_cut):
    """The second table of a workbook: what it is, and of when. ``clocks``: the moment where its maker works."""
    lines = [
        [_("List"), str(kind.model._meta.verbose_name_plural)],
        [_("Made at"), moment_there(clocks, str(clocks.tzinfo))],
        [_("Made by"), str(person)],
        [_("Conditions of the list"), conditions or "–"],
        [_("Rows"), count],
    ]
    if is_cut:
        lines.append([_("Cut off"), cut_off()])
    return Sheet(_("About this file"), [], lines)


class _Pieces:
    """The rows of a file, piece by piece, as often as somebody goes through them."""

    def __init__(self, names):
        self.names = names

    def __iter__(self):
        for name in self.names:
            with storing.opened(name) as piece:
                yield from json.load(piece, object_hook=_untagged)


def _tagged(value):
    """What JSON does not know, as it is kept in a piece."""
    if isinstance(value, datetime.datetime):
        return {"at": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"on": value.isoformat()}
    return {"number": str(value)} if isinstance(value, Decimal) else str(value)


def _untagged(kept):
    [(tag, value)] = kept.items()
    read = {"at": datetime.datetime.fromisoformat, "on": datetime.date.fromisoformat, "number": Decimal}
    return read[tag](value)
