"""What the lines of the official list say of missions: one entry a mission, with the countries that its lines name."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from missions.fields import validators
from missions.fields.telephones import is_telephone
from missions.loading.country_names import UnknownCountry
from missions.models import Certainty, Mission, MissionKind, PointOf

POINT_SOURCE = "외교부 재외공관 정보(공공데이터포털 15076569)"
KINDS = {  # the more special word first
    "분관": MissionKind.BRANCH,
    "출장소": MissionKind.FIELD_OFFICE,
    "대표부": MissionKind.PERMANENT_MISSION,
    "영사관": MissionKind.CONSULATE_GENERAL,
    "대사관": MissionKind.EMBASSY,
}
AT_HOME = {"", "일반", "상주", "직할", "1", "n", "x", "아니오"}
ELSEWHERE = {"겸임", "2", "y", "o", "예"}  # the mission lies in another country
SERVED = {"관할", "3"}  # it does so too, if it has a line of its own
DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")


def bare(name):
    """The letters by which names of missions are compared: 주가나 대한민국 대사관 and 주가나대사관 are one."""
    return re.sub(r"[\s·.,()]", "", name).replace("대한민국", "")


@dataclass
class Entry:
    """A mission of the list: its own line, its cells in the form of a data file, and what is wrong with it."""

    line: int
    key: str
    name: str
    country: str = ""
    slug: str = ""
    cells: dict = field(default_factory=dict)
    covers: set = field(default_factory=set)
    problems: list = field(default_factory=list)  # triples of a line, a head and what is wrong
    has_own_line: bool = True


class Entries:
    """The missions of a sheet. ``problems`` holds what is wrong with lines of no mission."""

    def __init__(self, sheet, countries):
        self.sheet, self.countries = sheet, countries
        self.problems = [(line, "–", what) for line, what in sheet.broken]
        self.found = []
        self.has_covers = "manner" in sheet.heads
        self._at_home = {
            bare(row.get("name")) for row in sheet.rows if row.get("manner").casefold() not in ELSEWHERE | SERVED
        }
        self._has_keys = self._codes_tell_missions_apart()
        own, served = [], []
        for row in sheet.rows:
            if not row.get("name"):
                self.problems.append((row.line, sheet.heads["name"], _("The name of the mission is missing.")))
            else:
                (served if self._is_served(row) else own).append(row)
        self._by_name = defaultdict(list)
        for row in own:
            self._add(row)
        for row in served:
            self._serve(row)

    def _codes_tell_missions_apart(self):
        names = defaultdict(set)
        for row in self.sheet.rows:
            names[row.get("code")].add(bare(row.get("name")))
        return "code" in self.sheet.heads and "" not in names and all(len(each) == 1 for each in names.values())

    def _is_served(self, row):
        """Whether a line tells of a country that a mission serves from elsewhere."""
        manner = row.get("manner").casefold()
        return manner in ELSEWHERE or (manner in SERVED and bare(row.get("name")) in self._at_home)

    def _country(self, row, problems):
        try:
            return self.countries.meant(row.get("iso"), row.get("country"))
        except UnknownCountry as unknown:
            column = "iso" if row.get("iso") else "country"
            head = self.sheet.heads.get(column) or self.sheet.heads["iso"]
            problems.append((row.line, head, str(unknown)))
            return ""

    def _add(self, row):
        """A line of a mission in its own country."""
        name, problems = bare(row.get("name")), []
        country = self._country(row, problems)
        key = row.get("code") if self._has_keys else f"{country} {name}"
        entry = Entry(row.line, key[:120], name, country, row.get("slug"), problems=problems)
        for other in self._by_name[name]:
            if other.key == entry.key or other.country == country:
                said = _("“%(name)s” stands in line %(line)d already. Leave one of them.")
                problems.append((row.line, self.sheet.heads["name"], said % {"name": name, "line": other.line}))
        entry.cells = _Cells(row, entry, self.sheet.heads).read()
        entry.covers |= self._covered(row, entry)
        self._by_name[name].append(entry)
        self.found.append(entry)

    def _covered(self, row, entry):
        """Countries that a line names in one cell, where the column holds names and not a manner."""
        cell = row.get("manner")
        if cell.casefold() in AT_HOME | SERVED:
            return set()
        found = set()
        for name in re.split(r"[,/;、·]", cell):
            try:
                found.add(self.countries.meant("", name.strip()) if name.strip() else entry.country)
            except UnknownCountry as unknown:
                entry.problems.append((row.line, self.sheet.heads["manner"], str(unknown)))
        return found - {entry.country}

    def _serve(self, row):
        """A line of a country that a mission serves from elsewhere."""
        name, problems = bare(row.get("name")), []
        country = self._country(row, problems)
        homes = self._by_name[name]
        if len(homes) > 1:
            said = _("Two missions are called “%(name)s”: it is not clear which of them serves the country.")
            problems.append((row.line, self.sheet.heads["name"], said % {"name": name}))
        if not homes:
            key = row.get("code") if self._has_keys else f"- {name}"
            homes = [Entry(row.line, key[:120], name, has_own_line=False)]
            self._by_name[name] = homes
            self.found.extend(homes)
        homes[0].problems += problems
        if country and country != homes[0].country:
            homes[0].covers.add(country)


class _Cells:
    """Reads the cells of a line into the form of a data file, and notes what is wrong at their entry."""

    def __init__(self, row, entry, heads):
        self.row, self.entry, self.heads = row, entry, heads

    def read(self):
        """What the line says of its mission, by the columns of ``Mission``."""
        kind = self._kind()
        cells = {"name_ko": self.entry.name, "kind": kind, "country": self.entry.country}
        cells |= {name: self.row.get(name) for name in ("name_en", "email", "url", "time_zone") if name in self.heads}
        cells |= {f"city_{end}": self.row.get(column) for column, end in (("city", "ko"), ("city_en", "en"))}
        if not cells["city_ko"] and kind == MissionKind.CONSULATE_GENERAL:  # it is called after its seat
            cells["city_ko"] = re.sub(r"^주|(총?영사관).*$", "", self.entry.name)
        for name in ("telephone", "emergency_telephone"):
            cells[name] = self._telephone(name)
        address = self.row.get("address")
        cells |= {"address_ko": address, "address_en": "" if re.search("[가-힣]", address) else address}
        cells |= self._place()
        return cells

    def _wrong(self, column, said):
        self.entry.problems.append((self.row.line, self.heads.get(column, column), said))

    def _kind(self):
        for words in (self.row.get("kind"), self.entry.name):
            for word, kind in KINDS.items():
                if word in words:
                    return str(kind)
        self._wrong("kind", _("It is not clear what this mission is: write 대사관, 총영사관, 대표부, 분관 or 출장소."))
        return ""

    def _telephone(self, column):
        text = self.row.get(column)
        if text in ("", "-", "–", "없음"):
            return ""
        try:
            number = validators.telephone(text)
        except ValidationError as error:
            self._wrong(column, " ".join(error.messages))
            return ""
        longest = Mission._meta.get_field(column).max_length
        if not is_telephone(number) or len(number) > longest:
            said = _("“%(text)s” cannot be dialled. Write numbers alone, %(longest)d signs at most, with a / between.")
            self._wrong(column, said % {"text": text[:60], "longest": longest})
        return number

    def _place(self):
        """The coordinates, both or none. Nought and nought is where none were entered."""
        texts = [self.row.get(name) for name in ("latitude", "longitude")]
        if texts in (["", ""], ["0", "0"], ["0.0", "0.0"]):
            return dict.fromkeys(("latitude", "longitude"), "")
        found = {}
        for name, text, most in zip(("latitude", "longitude"), texts, (90, 180), strict=True):
            try:
                number = Decimal(text if DECIMAL.fullmatch(text) else "?")
            except InvalidOperation:
                said = _("“%(text)s” is no number of degrees, such as 21.03333. Both are needed, or none.")
                self._wrong(name, said % {"text": text[:30]})
                return {}
            if abs(number) > most:
                said = _("%(text)s lies beyond %(most)d degrees. Are latitude and longitude exchanged?")
                self._wrong(name, said % {"text": text[:30], "most": most})
            found[name] = f"{number:.5f}"
        return found | {"point_of": str(PointOf.BUILDING), "point_source": POINT_SOURCE}


CERTAIN = {field.name: str(Certainty.VERIFIED) for field in Mission._meta.fields if field.name.endswith("certainty")}
