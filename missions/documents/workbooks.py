"""A document as a workbook: a sheet a chapter."""

from missions.sheets.writing import XLSX, Sheet, workbook

TYPE = XLSX


def write(document):
    """The bytes of a document as a workbook."""
    beginning = [[document.title], *([sentence] for sentence in document.about)]
    return workbook(*(_sheet(part, [] if number else beginning) for number, part in enumerate(document.parts)))


def _sheet(part, beginning):
    above = [*beginning, [part.title], *map(list, part.facts), *([text] for text in part.texts)]
    if part.is_empty:
        above.append([part.empty])
    return Sheet(part.title, part.head if part.rows else [], [row.cells for row in part.rows], above=above)
