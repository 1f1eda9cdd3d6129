"""LibreOffice opens every file of the desk and shows what was sent.

No LibreOffice reads HWPX: those files are read again with the library of that format, in
``tests/statistics/test_reports.py`` and ``tests/admin/test_case_file.py``.
"""

import csv
import datetime
import io
import subprocess
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from missions.models import PeriodReport
from missions.sheets.kinds import KINDS
from tests import machine, make
from tests.statistics.test_reports import issue, worked

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.libreoffice]
TABLE, OFFICE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text"))
EVIL = '=HYPERLINK("http://evil.example";"눌러 보세요")'
AS_PROPOSED = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"  # commas, UTF-8, forms are known
MANY = 1000  # empty cells and rows are told as one, repeated to the edge of the sheet


def shown(folder, files, *options):
    """The sheets of each file as LibreOffice opens them, in one start: rows of texts, numbers and days."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [machine.libreoffice(), f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless", *options]
    command += ["--convert-to", "fods", "--outdir", folder / "shown", *(folder / name for name in files)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = {}
    for name in files:
        path = folder / "shown" / f"{name.rpartition('.')[0]}.fods"
        assert path.exists(), f"{name}: {said.stdout} {said.stderr}"
        book = ElementTree.parse(path)
        found[name] = {sheet.get(f"{TABLE}name"): _rows(sheet) for sheet in book.iter(f"{TABLE}table")}
    return found


def _rows(sheet):
    rows = []
    for line in sheet.iter(f"{TABLE}table-row"):
        cells = []
        for cell in line.iter(f"{TABLE}table-cell"):
            cells += [_value(cell)] * _times(cell, "columns")
        rows += [cells] * _times(line, "rows")
    return _without_ends(rows)


def _without_ends(rows):
    """Lines without the empty cells and the empty lines at their ends."""
    rows = [row[: max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)] for row in rows]
    return rows[: max((place for place, row in enumerate(rows, 1) if row), default=0)]


def _times(element, of):
    """How often a cell or a line follows itself; empty ones do so up to the edge of the sheet."""
    times = int(element.get(f"{TABLE}number-{of}-repeated", 1))
    return times if times < MANY else 0


def _value(cell):
    assert cell.get(f"{TABLE}formula") is None, "a formula ran"
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return float(cell.get(f"{OFFICE}value"))
    if kind == "date":
        return datetime.datetime.fromisoformat(cell.get(f"{OFFICE}date-value")).replace(second=0, microsecond=0)
    return "\n".join("".join(text.itertext()) for text in cell.iter(f"{TEXT}p")) or None


def sent(content):
    """What stands in a workbook that is sent, sheet by sheet, as openpyxl reads it."""
    return {
        sheet.title: _without_ends([[_as_told(cell.value) for cell in line] for line in sheet.iter_rows()])
        for sheet in load_workbook(io.BytesIO(content))
    }


def _as_told(value):
    if isinstance(value, datetime.datetime):
        return value.replace(second=0, microsecond=0)
    return float(value) if isinstance(value, int | float) else value


def same(said, cell):
    """Whether a cell shows what a CSV file says: numbers and days are known by their form."""
    if isinstance(cell, datetime.datetime):
        return said in (f"{cell:%Y-%m-%d}", f"{cell:%Y-%m-%d %H:%M}")
    return float(said) == cell if isinstance(cell, float) else said == (cell or "")


def test_libreoffice_shows_of_each_file_what_was_sent(client, tmp_path):
    here = make.body()
    ministry, officer = make.staff("ministry"), make.officer(here)
    firm = make.company(here, name_ko="㈜바다식품", contact="김해양", telephone="+82-2-1234-5678")
    record = make.difficulty(here, company=firm, title=EVIL, hs_codes="030617", account="첫 줄\n@둘째 줄 𠮷")
    make.recipient(contact="-이담당")
    make.meeting(here, label_ko="제3차 정례회의")
    make.information(here)
    worked(here, officer)
    client.force_login(ministry)
    issue(client, None)
    report = reverse("admin:report", args=[PeriodReport.objects.get().pk])
    books = {
        f"report-{language}.xlsx": client.get(report, {"format": "xlsx", "language": language})
        for language in ("ko", "en")
    }
    lists = {}
    for name, kind in KINDS.items():
        address = reverse(f"admin:missions_{name}_export")
        asked = {"column": [column.name for column in kind.columns], "reason": "점검"}
        books[f"{name}.xlsx"] = client.post(address, asked | {"format": "xlsx"})
        lists[f"{name}-list.csv"] = client.post(address, asked | {"format": "csv"})
    for who in (ministry, officer):
        client.force_login(who)
        templates = {name: client.get(f"/admin/missions/{name}/import/template/") for name in KINDS}
        books |= {f"{name}-template.xlsx": given for name, given in templates.items() if given.status_code == 200}
    assert {name for name, kind in KINDS.items() if kind.imported} == {
        name.split("-")[0] for name in books if "-template" in name
    }
    files = {name: b"".join(answer) for name, answer in (books | lists).items()}
    found = shown(tmp_path, {name: files[name] for name in books})
    found |= shown(tmp_path, {name: files[name] for name in lists}, AS_PROPOSED)

    for name in books:
        assert found[name] == sent(files[name]), name
    for name in lists:
        lines = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig"))))
        (cells,) = found[name].values()
        assert len(cells) == len(lines) > 1, name
        for line, row in zip(lines, cells, strict=True):
            told = [*row, *[None] * (len(line) - len(row))]
            assert all(map(same, line, told)), (name, line, told)
    kind = KINDS["difficulty"]
    names = [column.name for column in kind.columns]
    rows = [
        dict(zip(names, row, strict=False))
        for row in found["difficulty.xlsx"][str(kind.model._meta.verbose_name_plural)]
    ]
    told = next(row for row in rows if row["reference"] == record.reference)
    assert (told["title"], told["hs_codes"], told["company_name"]) == (EVIL, "030617", "㈜바다식품")
    assert (told["reported_on"].date(), told["account"]) == (record.reported_on, record.account)
