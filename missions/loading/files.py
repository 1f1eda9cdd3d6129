"""Reads the programme's data files: one CSV a kind of record, one line a record, one column a field.

Every mistake is found before anything is written, and names its file, line and column. Cells are
kept as text in one canonical form, so that file, record and last load can be compared.
"""

import csv
import datetime
import io
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

from missions import models as records
from missions.fields.text import lines, one_line

FOLDER = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class DataFile:
    """A file, the model of its records, and the field that is their key; without one ``key`` only names the line."""

    name: str
    model: type[models.Model]
    key: str = "key"

    @property
    def natural(self):
        """Whether the key is a field of the record itself."""
        return any(f.name == self.key for f in self.model._meta.fields)


FILES = [
    DataFile("regions", records.Region),
    DataFile("countries", records.Country, "code"),
    DataFile("difficulty_types", records.DifficultyType, "code"),
    DataFile("sectors", records.Sector, "code"),
    DataFile("ntm_chapters", records.NtmChapter, "code"),
    DataFile("hs_chapters", records.HsChapter, "code"),
    DataFile("sources", records.Source),
    DataFile("ministries", records.Ministry),
    DataFile("organisations", records.Organisation, "slug"),
    DataFile("agreements", records.Agreement),
    DataFile("parties", records.Party),
    DataFile("commitments", records.Commitment),
    DataFile("missions", records.Mission, "slug"),
    DataFile("districts", records.District),
    DataFile("coverage", records.Coverage),
    DataFile("contact_points", records.ContactPoint),
    DataFile("bodies", records.Body, "code"),
    DataFile("body_steps", records.BodyStep),
    DataFile("memberships", records.Membership),
    DataFile("meetings", records.Meeting),
    DataFile("agenda_items", records.AgendaItem),
    DataFile("attendances", records.Attendance),
    DataFile("cases", records.PublishedCase, "reference"),
    DataFile("case_actors", records.CaseActor),
    DataFile("support_programmes", records.SupportProgramme),
    DataFile("legal_provisions", records.LegalProvision),
    DataFile("services", records.Service),
    DataFile("earlier_cases", records.EarlierCase),
    DataFile("reported_results", records.ReportedResult),
    DataFile("discrepancies", records.Discrepancy),
]
FILE_OF = {file.model: file for file in FILES}


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a data file, and where."""

    file: str
    line: int
    column: str
    what: str

    def __str__(self):
        return f"{self.file}.csv, line {self.line}, {self.column}: {self.what}"


class BrokenFile(Exception):
    """Data files that cannot be loaded. Nothing was written."""

    def __init__(self, mistakes):
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


@dataclass
class Line:
    """One line of a data file: its canonical cells by column."""

    file: DataFile
    line: int
    key: str
    cells: dict = field(default_factory=dict)

    def mistake(self, column, what):
        """A mistake in this line."""
        return Mistake(self.file.name, self.line, column, what)


def read(folder=FOLDER):
    """Every row of every file, in order of dependency. Raises ``BrokenFile`` with all mistakes found."""
    mistakes, keys, rows = [], {file.name: set() for file in FILES}, []
    for file in FILES:
        for row in _read_file(file, folder, mistakes):
            for column in row.cells:
                mistakes += _check(row, column, keys)
            if row.key in keys[file.name]:
                mistakes.append(row.mistake(file.key, f"“{row.key}” stands here twice"))
            keys[file.name].add(row.key)
            rows.append(row)
    if mistakes:
        raise BrokenFile(mistakes)
    return rows


def _read_file(file, folder, mistakes):
    """The lines of a file that can be loaded. What is wrong with it is added to the mistakes."""
    text = _text(file, folder, mistakes)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        wrong = _header_mistakes(file, header)
        mistakes += wrong
        if wrong:
            return
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield from _row(file, line, header, cells, mistakes)
            line = reader.line_num + 1
    except csv.Error as error:
        mistakes.append(Mistake(file.name, reader.line_num, "-", str(error)))


def _text(file, folder, mistakes):
    """The text of a file; None where it holds none."""
    try:
        text = (folder / f"{file.name}.csv").read_bytes().decode("utf-8-sig")
    except OSError as error:
        mistakes.append(Mistake(file.name, 1, file.key, f"cannot be read: {error}"))
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        mistakes.append(Mistake(file.name, line, "-", _told(error)))
        return None
    if "\0" in text:
        mistakes.append(Mistake(file.name, text[: text.index("\0")].count("\n") + 1, "-", "has a NUL byte"))
        return None
    return text


def _told(error):
    """What is wrong with the letters of a file, and what to do."""
    advice = "In Excel choose 다른 이름으로 저장 (Save As) and there “CSV UTF-8 (쉼표로 분리)”; elsewhere choose UTF-8"
    if error.object[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return f"is written in UTF-16, not in UTF-8. {advice}"
    try:
        error.object.decode("cp949")
    except UnicodeDecodeError:
        return f"cannot be read as UTF-8: {error.reason}. {advice}"
    return f"is written in CP949 (EUC-KR), as Korean spreadsheets save by default. {advice}"


def _header_mistakes(file, header):
    first, known = header[0] if header else "-", {file.key, *_columns(file)}
    wrong = [] if first == file.key else [(first, f"the first column must be {file.key}")]
    wrong += [(name, "this column stands here twice") for name in sorted(set(header)) if header.count(name) > 1]
    wrong += [(name, "there is no such column") for name in header if name not in known]
    return [Mistake(file.name, 1, name, what) for name, what in wrong]


def _row(file, line, header, cells, mistakes):
    row = Line(file, line, one_line(cells[0]))
    if len(cells) != len(header):
        mistakes.append(row.mistake("-", f"has {len(cells)} cells instead of {len(header)}"))
    elif not row.key:
        mistakes.append(row.mistake(file.key, "the key is missing"))
    if not row.key:
        return
    if len(cells) == len(header):
        texts = {name: lines(cell) for name, cell in zip(header, cells, strict=True)}
        if not file.natural:
            del texts[file.key]
        for name, cell in texts.items():
            try:
                row.cells[name] = as_text(_columns(file)[name], as_value(_columns(file)[name], cell))
            except (ValueError, ValidationError) as error:
                what = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                mistakes.append(row.mistake(name, what))
    yield row


def _columns(file):
    options = file.model._meta
    return {
        f.name: f for f in [*options.fields, *options.many_to_many] if f.name not in ("id", "updated_at", "reworded_at")
    }


def _check(row, column, keys):
    """Mistakes in the references of one cell: each must name a line that stands before it."""
    target = _columns(row.file)[column]
    if not target.is_relation:
        return []
    known = keys[FILE_OF[target.related_model].name]
    if not known and FILE_OF[target.related_model] is not row.file:
        return []  # that file could not be read, and says so itself
    cell = row.cells[column]
    wanted = cell.split() if target.many_to_many else [cell] if cell else []
    return [
        row.mistake(column, f"“{key}” is not in {FILE_OF[target.related_model].name}.csv")
        for key in wanted
        if key not in known
    ]


def as_value(column, cell):
    """The Python value of a cell. Raises ``ValueError`` or ``ValidationError`` saying what is wrong."""
    if not isinstance(column, models.TextField):
        cell = one_line(cell)
    if column.many_to_many:
        return cell.split()
    if column.is_relation:
        if not (cell or column.null):
            raise ValueError("must not be empty")
        return cell
    if isinstance(column, models.BooleanField):
        return _yes_or_no(cell)
    if not cell and column.has_default() and not column.null:
        return column.get_default()
    if isinstance(column, models.DateTimeField) and cell:
        return _moment(cell)
    return column.clean(cell or (None if column.null else ""), None)


def _yes_or_no(cell):
    if cell not in ("yes", "no"):
        raise ValueError(f"“{cell}” is neither yes nor no")
    return cell == "yes"


def _moment(cell):
    moment = parse_datetime(cell)
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"“{cell}” is not a moment with its offset, such as 2024-08-27T19:00+07:00")
    return moment.astimezone(datetime.UTC)


def as_text(column, value):
    """The canonical text of a value, the same for file and record. Relations are keys already."""
    if column.many_to_many:
        return " ".join(sorted(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(column, models.DecimalField):
        return f"{value:.{column.decimal_places}f}"
    return str(value).replace("\r\n", "\n")
