"""Writes tables as workbooks (xlsx) and as CSV: days as days, nothing that runs, columns as wide as Korean needs."""

import csv
import datetime
import io
import re
import unicodedata
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice, zip_longest

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from missions.fields.cells import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
NARROWEST, WIDEST = 8, 60  # of a column, in letters of Latin; one of Hangul takes two
MEASURED = 500  # rows by which the width of a column is chosen
BOLD, FILL = Font(bold=True), PatternFill("solid", fgColor="DDE6F5")
TOP = Alignment(vertical="top", wrap_text=True)
LONGEST, LONGEST_NAME = 32_767, 31  # letters of a cell, and of the name of a sheet


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its heads, its rows.

    ``marked`` are the places of heads that must be filled in, ``above`` lines before the heads, the first one a title.
    """

    title: str
    head: list
    rows: list
    marked: set = field(default_factory=set)
    above: list = field(default_factory=list)


def workbook(*sheets):
    """The bytes of a workbook with these tables."""
    book, taken = Workbook(write_only=True), set()
    for sheet in sheets:
        _write(book.create_sheet(_name(sheet.title, taken)), sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv_text(sheet):
    """A table as CSV in UTF-8 with its mark, by which Korean Excel knows the letters."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerows([harmless(_plain(value)) for value in row] for row in [sheet.head, *sheet.rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _name(title, taken):
    """The name of a sheet, without the signs that names may not have, and one that no other has."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split()).strip("' ")[: LONGEST_NAME - 3].strip()
    name = plain if plain not in taken else f"{plain} {len(taken)}"
    taken.add(name)
    return name


def _write(page, sheet):
    heads = [sheet.head] if sheet.head else []
    beside = [line for line in sheet.above if len(line) > 1]  # a line of one cell runs over the columns behind it
    columns = zip_longest(*chain(heads, beside, islice(sheet.rows, MEASURED)))
    for number, column in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = _width(column)
    if sheet.head and not sheet.above:
        page.freeze_panes = "A2"
    styles = _styles(page)
    for number, line in enumerate(sheet.above):
        cells = [_cell(page, value, styles) for value in line]
        if number == 0:
            _embolden(cells[0])
        page.append(cells)
    if sheet.head:
        page.append(_heads(page, sheet, styles))
    for row in sheet.rows:
        page.append([_cell(page, value, styles) for value in row])


def _heads(page, sheet, styles):
    heads = [_cell(page, head, styles) for head in sheet.head]
    for number, head in enumerate(heads):
        _embolden(head)
        if number in sheet.marked or not sheet.marked:
            head.fill = FILL
    return heads


def _embolden(cell):
    cell._style = copy(cell._style)  # others have it too
    cell.font = BOLD


def _cell(page, value, styles):
    """One cell. Text stays text, whatever it begins with: a workbook opens without running it."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        value = timezone.make_naive(value) if timezone.is_aware(value) else value
        return _formatted(WriteOnlyCell(page, value), MOMENT, styles)
    if isinstance(value, datetime.date):
        return _formatted(WriteOnlyCell(page, value), DAY, styles)
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        value = str(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl makes a formula of what begins with an equals sign
        runs = value != harmless(value)  # so does whoever saves the workbook as CSV and opens that
        cell._style = styles["runs" if runs else "text"]
    return cell


def _formatted(cell, form, styles):
    cell._style = styles[form]
    return cell


def _styles(page):
    """What cells look like, worked out once: openpyxl compares each look that a cell is given with all it knows."""
    cells = {name: WriteOnlyCell(page) for name in ("text", "runs", DAY, MOMENT)}
    for name in ("text", "runs"):
        cells[name].alignment, cells[name].quotePrefix = TOP, name == "runs"
    for form in (DAY, MOMENT):
        cells[form].number_format, cells[form].alignment = form, Alignment(vertical="top", horizontal="left")
    return {name: cell._style for name, cell in cells.items()}


def _plain(value):
    """A value as CSV has it: days in the order year, month, day."""
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, datetime.date) else value


def _width(column):
    longest = max(_letters(str(_plain(value) or "")) for value in column)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _letters(text):
    """The width of the longest line of a text, in letters of Latin."""
    return max(
        (sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in text.split("\n")),
        default=0,
    )
