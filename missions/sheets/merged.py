"""Which cells of a sheet are merged, which rows are hidden: openpyxl does not tell it of a sheet read row by row."""

import io
import zipfile
from xml.etree.ElementTree import fromstring, iterparse

from openpyxl.utils import range_boundaries

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def ranges_and_hidden_rows(content, title):
    """Merged ranges of a sheet as left, top, right, bottom; and the numbers of its hidden rows.

    The file is walked through without being kept, so a long sheet takes no more memory than a short one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        ranges, hidden = [], set()
        with archive.open(_path(archive, title)) as sheet:
            for _event, part in iterparse(sheet, ("end",)):  # noqa: S314 - expat limits what entities grow to
                kind = part.tag.rpartition("}")[2]
                if kind == "mergeCell":
                    ranges.append(range_boundaries(part.attrib["ref"]))
                elif kind == "row":
                    if part.get("hidden") in ("1", "true") and part.get("r", "").isdecimal():
                        hidden.add(int(part.get("r")))
                    part.clear()
    return ranges, hidden


def _path(archive, title):
    """Where in the file the sheet of a title is."""
    book = fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    key = next(part.get(RELATION) for part in book.iter() if part.tag.endswith("}sheet") and part.get("name") == title)
    target = next(part.get("Target") for part in relations if part.get("Id") == key)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
