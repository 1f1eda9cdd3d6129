"""Reads the official list of missions (open data 15076569 of Korea's public data portal), however it is spelt.

One line says which mission serves which country. The columns are found by their heads, in Korean or in the English of
the portal's own interface, whatever their order; what is not understood is left out and told.
"""

import csv
import datetime
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from missions.fields.text import one_line
from missions.sheets.spelling import Unreadable, decoded, delimiter

LARGEST = 1024 * 1024  # bytes; the list of 2025 has 255 lines
HEADS = {
    "code": "재외공관코드 공관코드 embassy_cd",
    "name": "재외공관명 재외공관한글명 재외공관한글명칭 공관명 한글공관명 embassy_kor_nm",
    "name_en": "재외공관영문명 영문공관명 공관영문명 embassy_eng_nm",
    "slug": "slug 식별이름",
    "country": "국가명 국가 한글국가명 국가한글명 country_nm",
    "iso": "국가iso코드 iso코드 iso국가코드 국가코드 iso2자리코드 국가iso2자리코드 iso country_iso_alp2",
    "kind": "재외공관유형 재외공관유형명 재외공관유형코드명 공관유형 공관종류 유형 유형명 종류 embassy_ty_cd_nm",
    "manner": "겸임 겸임관할 겸임여부 겸임국 겸임국가 관할 관리유형 관리유형명 재외공관관리유형 재외공관관리유형명 "
    "재외공관관리유형코드명 embassy_manage_ty_cd_nm",
    "city": "도시 도시명 소재지 소재도시",
    "city_en": "영문도시명 도시영문명",
    "latitude": "위도 재외공관위도 공관위도 embassy_lat",
    "longitude": "경도 재외공관경도 공관경도 embassy_lng",
    "telephone": "전화번호 대표전화번호 대표번호 대표전화 재외공관전화번호 tel_no",
    "emergency_telephone": "긴급전화번호 긴급전화 긴급연락처 긴급번호 urgency_tel_no",
    "email": "이메일 전자우편 전자우편주소 email",
    "url": "누리집 홈페이지 홈페이지주소 누리집주소 url",
    "address": "주소 재외공관주소 공관주소 emblgbd_addr embassy_addr",
    "time_zone": "시간대 표준시간대 timezone",
}
COLUMN_OF = {head.replace("_", ""): column for column, heads in HEADS.items() for head in heads.split()}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .xls


@dataclass(frozen=True)
class Row:
    """One line of the list: its cells by column, tidy and on one line each."""

    line: int
    cells: dict

    def get(self, column):
        """A cell; empty where the list has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """The lines of a list, what its columns are called there, heads not understood, and lines that are no rows."""

    rows: list
    heads: dict
    ignored: list
    broken: list  # pairs of a line and what is wrong with it


def day_of(name):
    """The day of an edition, where the name of its file ends on one; else None."""
    for digits in reversed(re.findall(r"20[0-9]{6}", name)):
        try:
            return datetime.date.fromisoformat(digits)
        except ValueError:
            continue
    return None


def read(content):
    """The lines of a list. Raises ``Unreadable``."""
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    rows, broken = [], []
    try:
        first = [one_line(head) for head in next(reader, [])]
        heads, ignored = _heads(first)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) == len(first):
                    rows.append(Row(line, {heads[n]: one_line(cell) for n, cell in enumerate(cells) if n in heads}))
                else:
                    broken.append((line, _cut(len(cells), len(first))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("The file breaks off in line %(line)d: a quotation mark is not closed. Download it again.")
            % {"line": reader.line_num}
        ) from error
    if not rows and not broken:
        raise Unreadable(_("The file has its heads and no line below them. Download it again."))
    return Sheet(rows, {column: first[number] for number, column in heads.items()}, ignored, broken)


def _cut(found, wanted):
    said = _("This line has %(found)d cells instead of %(wanted)d: the file may be cut off, or a comma not quoted.")
    return said % {"found": found, "wanted": wanted}


def _text(content):
    """The text of a file, in any spelling that Korean spreadsheets write. Raises ``Unreadable``."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 1 MB: it is not the list of missions."))
    if content.startswith(WORKBOOKS):
        raise Unreadable(
            _("This is a workbook of Excel. Open it, choose 다른 이름으로 저장 (Save As) and there “CSV UTF-8”.")
        )
    return decoded(content)


def _letters(head):
    return re.sub(r"[^0-9a-z가-힣]", "", head.lower())


def _heads(first):
    """The columns by their place, and the heads not understood. Raises ``Unreadable`` where what is needed lacks."""
    places, ignored = {}, []
    for number, head in enumerate(first):
        column = COLUMN_OF.get(_letters(head)) or COLUMN_OF.get(_letters(re.sub(r"\(.*?\)", "", head)))
        if column and column not in places.values():
            places[number] = column
        elif column:
            raise Unreadable(_("Two columns say the same: “%(head)s”. Take one of them out.") % {"head": head[:60]})
        elif head:
            ignored.append(head[:60])
    found = set(places.values())
    if "name" not in found or not found & {"country", "iso"}:
        raise Unreadable(
            _(
                "This is not the list of missions: it needs a column 재외공관명 and a column 국가명 or 국가 ISO 코드. "
                "Its columns are: %(heads)s."
            )
            % {"heads": ", ".join(head[:30] for head in first[:20]) or "–"}
        )
    return places, ignored
