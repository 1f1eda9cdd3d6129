"""Reads a table that somebody brings: a workbook (xlsx) or CSV, as spreadsheets and people leave them.

What cannot be read as a whole raises ``Unreadable`` with a sentence that helps. What can be read and is odd is told:
remarks of the whole file, and of single rows.
"""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from missions.fields.cells import without_apostrophe
from missions.fields.text import lines
from missions.sheets.merged import ranges_and_hidden_rows
from missions.sheets.spelling import Unreadable, decoded, delimiter

LARGEST = 10 * 1024 * 1024  # bytes of a file
UNPACKED = 80 * 1024 * 1024  # bytes of what a workbook unpacks to
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_CELLS = 300_000
SEARCHED = 15  # rows among which the heads are looked for: above them stand titles and remarks
LONGEST = 12_000  # letters of a cell; no column takes more
BROKEN = (zipfile.BadZipFile, ParseError, InvalidFileException, KeyError, ValueError, TypeError, OSError, EOFError)
BROKEN = (*BROKEN, AttributeError, IndexError, zipfile.LargeZipFile, NotImplementedError, OverflowError)
ERRORS = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
FIRST_DAY = datetime.date(1900, 12, 31)  # a workbook keeps an empty or small number as a day of 1899 or 1900


@dataclass
class Row:
    """One line below the heads: its number in the file, its cells as text, and what is odd about them by column."""

    line: int
    cells: list
    odd: dict = field(default_factory=dict)


@dataclass
class Table:
    """What was read: heads, rows, and remarks for whoever brought it."""

    heads: list
    rows: list
    remarks: list = field(default_factory=list)


def read(content, known=frozenset()):
    """The table of a file. ``known`` are heads, as ``letters`` gives them, by which the line of heads is found."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Leave out what is no row of the list, or split it."))
    if content.startswith(b"PK\x03\x04"):
        grid, remarks = _workbook(content)
    else:
        grid, remarks = _csv(content), []
    return _table(grid, remarks, known)


def letters(head, *, whole=False):
    """What heads are compared by: letters and digits, unless they are ``whole`` without what stands in brackets."""
    bare = head if whole else re.sub(r"\(.*?\)|\[.*?\]|（.*?）", "", head)
    return re.sub(r"[\W_]", "", bare or head).casefold()


def _table(grid, remarks, known):
    """Find the heads among the first rows, and take what stands below them."""
    filled = [row for row in grid if any(row.cells)]
    if not filled:
        raise Unreadable(_("The file has no row with anything in it."))
    top = max(filled[:SEARCHED], key=lambda row: len({letters(cell) for cell in row.cells if cell} & known))
    if not {letters(cell) for cell in top.cells if cell} & known:
        top = filled[0]
    width = max((number for number, head in enumerate(top.cells, 1) if head), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable(
            _("The list has more than %(most)d columns. Delete those that are not needed.") % {"most": MOST_COLUMNS}
        )
    heads = [head.replace("\n", " ")[:120] for head in top.cells[:width]]
    below = [row for row in filled if row.line > top.line]
    if not below:
        raise Unreadable(_("The file has its heads and no row below them."))
    if len(below) > MOST_ROWS:
        raise Unreadable(_too_long())
    for row in below:
        row.cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
    if top is not filled[0]:
        remarks.append(
            _("The heads were found in line %(line)d; what stands above them is left out.") % {"line": top.line}
        )
    return Table(heads, below, remarks)


def _too_long():
    said = _("The list has more than %(most)d rows. Split it into several files, each with the heads.")
    return said % {"most": MOST_ROWS}


def _csv(content):
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is a workbook of an old kind (.xls), or one with a password. Save it as “Excel 통합 문서 (.xlsx)”.")
        )
    if content.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<?xml"):
        raise Unreadable(_("This is a web page with the name of a workbook. Open it and save it as .xlsx."))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Unreadable(_("This is no list. Choose a workbook (.xlsx) or a CSV file."))
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if len(rows) > MOST_ROWS + SEARCHED:
                raise Unreadable(_too_long())
            rows.append(Row(line, [_text(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("The file breaks off in line %(line)d: a quotation mark is not closed. Save or download it again.")
            % {"line": line}
        ) from error
    _tell_cut_rows(rows)
    return rows


def _tell_cut_rows(rows):
    """Note a row of fewer cells than all others: the file may be cut off, or a comma stands in a cell unquoted."""
    widths = [len(row.cells) for row in rows if any(row.cells)]
    if not widths:
        return
    usual = max(set(widths), key=widths.count)
    for row in rows:
        if any(row.cells) and len(row.cells) != usual and widths.count(usual) > len(widths) // 2:
            said = _(
                "This line has %(found)d cells instead of %(wanted)d: the file may be cut off, or a comma not quoted."
            )
            row.odd[None] = said % {"found": len(row.cells), "wanted": usual}


def _text(cell):
    return without_apostrophe(lines(cell))[:LONGEST]


def _workbook(content):
    """The rows of the first sheet that is shown, and remarks."""
    _look_before_unpacking(content)
    try:
        shown, others = _sheet(content, values=True)
        grid, counted = [], 0
        for number, cells in enumerate(shown.iter_rows(), 1):
            counted += sum(1 for cell in cells if type(cell).__name__ != "EmptyCell")
            if counted > MOST_CELLS or len(grid) > MOST_ROWS + SEARCHED:
                raise Unreadable(_too_long())
            row = Row(number, [])
            for place, cell in enumerate(cells[: MOST_COLUMNS * 2]):
                row.cells.append(_read(cell, row, place))
            if any(row.cells) or row.odd:
                grid.append(row)
        remarks = _merged_and_hidden(content, grid, shown.title)
        _tell_formulas(content, grid, remarks)
    except BROKEN as error:
        raise Unreadable(
            _(
                "The workbook cannot be read: it may be cut off or protected. Save it again as .xlsx, without a "
                "password."
            )
        ) from error
    if others:
        said = _("Only the sheet “%(sheet)s” is read. Left out: %(others)s.")
        remarks.append(said % {"sheet": shown.title, "others": ", ".join(others[:8])})
    return grid, remarks


def _look_before_unpacking(content):
    """Refuse a workbook that unpacks to more than any list has, without unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names, size = set(archive.namelist()), sum(entry.file_size for entry in archive.infolist())
            if size > UNPACKED:
                raise Unreadable(_too_long())
            is_forged = any(_declares(archive, name) for name in names if name.endswith((".xml", ".rels")))
    except BROKEN as error:
        raise Unreadable(_("The file is cut off or damaged. Send it again.")) from error
    if is_forged:
        raise Unreadable(_("This is no workbook of Excel. Choose a workbook (.xlsx) or a CSV file."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is no workbook of Excel. Choose a workbook (.xlsx) or a CSV file."))


def _declares(archive, name):
    """Whether a part declares entities, which no spreadsheet does: they could grow beyond measure, or name files."""
    with archive.open(name) as part:
        begun = part.read(4096)
    return any(word in begun for spelling in ("utf-8", "utf-16-le") for word in ["<!DOCTYPE".encode(spelling)])


def _sheet(content, *, values):
    """The first sheet that is shown, read row by row, and the names of all others. Hidden ones are never read."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        raise Unreadable(_("No sheet of the workbook is shown. Show the one with the list, and save it."))
    sheet = shown[0]
    sheet.reset_dimensions()  # what a program wrote of them may be wrong
    return sheet, [other.title for other in book.worksheets if other.title != sheet.title]


def _read(cell, row, place):
    """A cell as text; what is odd about it goes into the row."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime.datetime | datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        if day <= FIRST_DAY:
            row.odd[place] = _("The cell holds the number %(number)d, shown as a day of 1900. Write the day.") % {
                "number": (day - datetime.date(1899, 12, 30)).days
            }
        if isinstance(value, datetime.datetime) and (value.hour or value.minute):
            return f"{value:%Y-%m-%d %H:%M}"
        return day.isoformat()
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    text = str(value)
    if ERRORS.fullmatch(text):
        row.odd[place] = _("The cell shows the error %(error)s of a formula.") % {"error": text}
    return lines(text)[:LONGEST]


def _number(value):
    """A number without what floating point adds, and without an exponent."""
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(round(value, 6))).normalize(), "f")


def _tell_formulas(content, grid, remarks):
    """Note formulas that nobody has worked out: their cells are empty. Count the others, whose results are taken."""
    sheet, _others = _sheet(content, values=False)
    by_line, worked_out = {row.line: row for row in grid}, 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for place, cell in enumerate(cells[: MOST_COLUMNS * 2]):
            if getattr(cell, "data_type", "") != "f":
                continue
            row = by_line.get(number)
            if row is not None and place < len(row.cells) and row.cells[place]:
                worked_out += 1
            elif row is not None:
                row.odd[place] = _("The cell holds a formula without a result. Write the value instead.")
    if worked_out:
        remarks.append(
            _("Of %(count)d formulas the results were taken, as the workbook shows them.") % {"count": worked_out}
        )


def _merged_and_hidden(content, grid, title):
    """Give each cell of a merged range the words of its first one. Returns remarks on these and on hidden rows."""
    ranges, hidden = ranges_and_hidden_rows(content, title)
    by_line, filled = {row.line: row for row in grid}, []
    for left, top, right, bottom in ranges:
        first = by_line.get(top)
        words = first.cells[left - 1] if first and left <= len(first.cells) else ""
        if not words or bottom - top > MOST_ROWS or right > MOST_COLUMNS * 2:
            continue
        for number in range(top, bottom + 1):
            if (row := by_line.get(number)) is None or not any(row.cells):
                continue
            row.cells += [""] * (right - len(row.cells))
            row.cells[left - 1 : right] = [words] * (right - left + 1)
        filled.append(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")
    remarks = []
    if filled:
        said = _("Merged cells say the same for each of their rows: %(ranges)s.")
        remarks.append(said % {"ranges": ", ".join(filled[:6]) + (" …" if len(filled) > 6 else "")})
    if lines_hidden := [row.line for row in grid if row.line in hidden]:
        said = _("%(count)d hidden rows are read too, from line %(line)d on. Delete them if they do not belong.")
        remarks.append(said % {"count": len(lines_hidden), "line": lines_hidden[0]})
    return remarks
