"""Writes a document as HWPX, the format of Korean offices (KS X 6101), and reads its words again.

The library takes a second and a half to import: only whoever asks for such a file waits for it.
"""

import io

TYPE = "application/hwp+zip"
BODY = "바탕글"  # the name of the plain style in every HWPX file
HEADINGS, OF_PART = 1, 2  # levels of the title and of chapters
PREVIEW = "Preview/PrvText.txt"  # what file managers show of a file, and what the search of an office finds it by
SHOWN = 1000  # letters of it


def write(document):
    """The bytes of a document as HWPX."""
    from hwpx import HwpxDocument

    with HwpxDocument.new() as file:
        file.add_heading(document.title, level=HEADINGS)
        for sentence in document.about:
            _paragraphs(file, sentence)
        for part in document.parts:
            _write(file, part)
        file.package.write(PREVIEW, _preview(document))
        return file.to_bytes()


def _preview(document):
    """The first lines of a document, as Hangul writes them: cells in angle brackets, a line break of Windows."""
    lines = [document.title, *document.about]
    for part in document.parts:
        lines += [part.title, *([part.empty] if part.is_empty else []), *(_cells(fact) for fact in part.facts)]
        lines += [*part.texts, *(_cells(cells) for cells in [part.head, *(row.cells for row in part.rows)] if cells)]
    return "\r\n".join(line for text in lines for line in text.splitlines())[:SHOWN].encode()


def _cells(cells):
    return "".join(f"<{said}>" for said in cells)


def _write(file, part):
    file.add_heading(part.title, level=OF_PART)
    if part.is_empty:
        _paragraphs(file, part.empty)
    if part.facts:
        _table(file, [[name, said] for name, said in part.facts])
    for text in part.texts:
        _paragraphs(file, text)
    if part.rows:
        _table(file, [part.head, *(row.cells for row in part.rows)])


def _paragraphs(file, text):
    """Each line as a paragraph: a line break within one is not shown by every reader."""
    for line in text.splitlines():
        file.add_paragraph(line, style=BODY)


def _table(file, lines):
    """A table. Its cells are written one by one: ``set_cell_text`` works the whole grid out again for each."""
    table = file.add_table(len(lines), len(lines[0]))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, said in zip(row.cells, line, strict=True):
            cell.text = str(said)


def texts(content):
    """What stands in a file: its paragraphs and the cells of its tables, from top to bottom."""
    from hwpx import HwpxDocument

    with HwpxDocument.open(io.BytesIO(content)) as file:
        found = []
        for paragraph in file.paragraphs:
            cells = [cell.text for table in paragraph.tables for row in table.rows for cell in row.cells]
            found += cells or [paragraph.text]
        return [text for text in found if text]
