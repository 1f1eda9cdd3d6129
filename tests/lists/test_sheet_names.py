"""Names of the sheets of a workbook."""

import io

from openpyxl import load_workbook

from missions.sheets.writing import Sheet, workbook


def test_a_sheet_is_named_by_its_title_without_signs_that_names_may_not_have_and_without_gaps():
    titles = ["회의: 1", "90일 넘게 미종결 (2026년 11월 29일 기준)과 더", "회의 1"]
    names = load_workbook(io.BytesIO(workbook(*(Sheet(title, ["a"], []) for title in titles)))).sheetnames

    assert names[0] == "회의 1" and names[1].startswith("90일 넘게 미종결") and len({*names}) == 3
    assert not any("  " in name or name != name.strip() for name in names)
