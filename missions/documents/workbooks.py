"""Writes a document as a workbook: a sheet a chapter, numbers as numbers, and no text that runs as a formula."""

import io
import re
import unicodedata

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOLD, WRAPPED = Font(bold=True), Alignment(vertical="top", wrap_text=True)
NARROWEST, WIDEST = 10, 60  # of a column, in Latin letters; one of Hangul takes two
LONGEST_NAME, LONGEST = 31, 32_767  # letters of a sheet's name, and of a cell


def write(document):
    """The bytes of a document as a workbook."""
    book = Workbook(write_only=True)
    taken = set()
    for number, part in enumerate(document.parts):
        above = [[document.title], *([sentence] for sentence in document.about)] if number == 0 else []
        lines = [*above, [part.title]]
        lines += [list(fact) for fact in part.facts]
        lines += [[text] for text in part.texts]
        if part.is_empty:
            lines.append([part.empty])
        _sheet(book.create_sheet(_name(part.title, taken)), lines, part)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(sheet, above, part):
    table = [part.head, *(row.cells for row in part.rows)] if part.rows else []
    columns = list(zip(*table, strict=True)) if table else list(zip(*part.facts, strict=True))
    for place, column in enumerate(columns, start=1):
        widest = max(_width(str(said)) for said in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widest + 2, NARROWEST), WIDEST)
    for number, line in enumerate(above):
        sheet.append([_cell(sheet, said, bold=number == 0) for said in line])
    for number, line in enumerate(table):
        sheet.append([_cell(sheet, said, bold=number == 0) for said in line])


def _cell(sheet, said, *, bold):
    """A number, or a text that stays one, whatever it begins with."""
    cell = WriteOnlyCell(sheet, said if isinstance(said, int) else None)
    if not isinstance(said, int):
        cell._value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", said)[:LONGEST], "s"
    cell.alignment = WRAPPED
    if bold:
        cell.font = BOLD
    return cell


def _width(text):
    return max(
        (sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line) for line in text.splitlines()),
        default=0,
    )


def _name(title, taken):
    """The name of a sheet, without the signs that names may not have, and one that no other has."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[: LONGEST_NAME - 3]
    name = plain if plain not in taken else f"{plain} {len(taken)}"
    taken.add(name)
    return name
