"""What taking over an edition of the official list of missions would do, row by row.

As with the data files, each cell is known three times: in the list, in the record, and as it was last loaded, by an
edition of the list or else by the data file. What only the list changed is taken over; what staff wrote stays. An
empty cell says nothing, unless an earlier edition had filled it.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import astuple, dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from missions.loading.country_names import Countries, only_zone_of
from missions.loading.files import as_text, as_value
from missions.loading.official_list import read
from missions.loading.official_rows import CERTAIN, Entries, bare
from missions.models import LoadedRow, Mission, MissionKind, Source
from missions.publication import gate

FILE = "mofa-missions"  # in ``LoadedRow``, and before the day in the keys of the sources
NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
PLACE = {"latitude", "longitude", "point_of", "point_source"}
CONTACT = {"address_ko", "address_en", "telephone", "emergency_telephone", "email", "url"}


@dataclass(frozen=True)
class Difference:
    """One column of a mission: what it says, what the list says, and whether what staff wrote stays."""

    column: str
    old: str
    new: str
    kept: bool = False


@dataclass
class Line:
    """What becomes of one mission of the list."""

    line: int
    name: str
    what: str
    differences: list
    problems: list
    entry: object = None
    mission: Mission | None = None
    last: LoadedRow | None = None

    @property
    def changes(self):
        """The columns that will be written."""
        return [each for each in self.differences if not each.kept]

    @property
    def kept(self):
        """The columns that stay as staff wrote them, although the list says otherwise."""
        return [each for each in self.differences if each.kept]


@dataclass
class Plan:
    """What taking over an edition would do. ``gone``: missions of the edition before that this one does not name."""

    dated: date
    lines: list
    problems: list  # triples of a line, a head and what is wrong
    gone: list = field(default_factory=list)
    ignored: list = field(default_factory=list)
    rows: int = 0

    @property
    def counts(self):
        """How many missions are new, changed and the same."""
        return Counter(line.what for line in self.lines)

    def of(self, what):
        """The missions that are new, changed or the same."""
        return [line for line in self.lines if line.what == what]

    @property
    def keeping(self):
        """The missions in which something stays as staff wrote it."""
        return [line for line in self.lines if line.kept]

    @property
    def fingerprint(self):
        """A text that moves with whatever would be done."""
        told = [
            (line.line, line.what, line.mission.pk, [astuple(each) for each in line.differences]) for line in self.lines
        ]
        whole = [str(self.dated), told, self.problems, [mission.pk for mission in self.gone]]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False, default=str).encode()).hexdigest()


def plan(content, dated):
    """What taking over a list would do. Asks a fixed number of questions, writes nothing. Raises ``Unreadable``."""
    return _Planner(content, dated).plan


class _Planner:
    """Works a plan out."""

    def __init__(self, content, dated):
        sheet = read(content)
        entries = Entries(sheet, Countries())
        self.heads = sheet.heads
        self.missions = list(Mission.objects.prefetch_related("covers", "sources").order_by("pk"))
        rows = list(LoadedRow.objects.filter(file__in=[FILE, "missions"]))
        self.last = {row.record: row for row in rows if row.file == FILE}
        self.shipped = {row.record: row.values for row in rows if row.file == "missions"}
        self.slugs = {mission.slug for mission in self.missions}
        self._index()
        problems = [*entries.problems, *_later_than(dated)]
        lines = [self._line(entry, entries.has_covers) for entry in entries.found]
        self._refuse_pairs(lines)
        self._ask_gate(lines)
        problems += [problem for line in lines for problem in line.problems]
        named = {line.mission.pk for line in lines if line.mission and line.mission.pk}
        gone = [one for one in self.missions if str(one.pk) in self.last and one.pk not in named]
        self.plan = Plan(dated, lines, sorted(problems), gone, sheet.ignored, len(sheet.rows) + len(sheet.broken))

    def _index(self):
        by_pk = {str(mission.pk): mission for mission in self.missions}
        self.by_slug = {mission.slug: mission for mission in self.missions}
        self.by_key = {row.key: by_pk[row.record] for row in self.last.values() if row.record in by_pk}
        self.by_name, self.by_place = defaultdict(list), defaultdict(list)
        for mission in self.missions:
            self.by_name[bare(mission.name_ko)].append(mission)
            if mission.kind == MissionKind.EMBASSY:
                self.by_place[mission.country_id, mission.kind, ""].append(mission)
            elif mission.city_ko:
                self.by_place[mission.country_id, mission.kind, bare(mission.city_ko)].append(mission)

    def _line(self, entry, has_covers):
        mission = self._match(entry)
        if mission is None and not entry.has_own_line:
            said = _("“%(name)s” has no line of its own country, and no record: it is not clear what serves here.")
            entry.problems.append((entry.line, self.heads["name"], said % {"name": entry.name}))
        last = self.last.get(str(mission.pk)) if mission else None
        self._complete(entry, mission, has_covers)
        if mission is None:
            differences = [Difference(column, "", cell) for column, cell in entry.cells.items() if cell]
            made = Mission(slug=self._slug(entry))
            line = Line(entry.line, entry.name, NEW, differences, entry.problems, entry, made)
        else:
            differences = self._differences(mission, entry, last)
            line = Line(entry.line, entry.name, SAME, differences, entry.problems, entry, mission, last)
            line.what = CHANGED if line.changes else SAME
        if not line.problems:
            self._set(line)
        line.what = WRONG if line.problems else line.what
        return line

    def _match(self, entry):
        """The record that an entry means; None where it is a further one. What may mean several is asked back."""
        if entry.slug:
            if entry.slug not in self.by_slug:
                said = _("No mission has “%(slug)s” in its address. Leave the cell empty for a further mission.")
                entry.problems.append((entry.line, self.heads["slug"], said % {"slug": entry.slug[:50]}))
            return self.by_slug.get(entry.slug)
        if entry.key in self.by_key:
            return self.by_key[entry.key]
        kind, country = entry.cells.get("kind", ""), entry.country
        city = "" if kind == MissionKind.EMBASSY else bare(entry.cells.get("city_ko", ""))
        named = self.by_name[entry.name]
        found = [one for one in named if one.country_id == country] or ([] if entry.has_own_line else named)
        if not found and (city or kind == MissionKind.EMBASSY):
            found = self.by_place[country, kind, city]
        if len(found) > 1:
            said = _("This may be %(slugs)s. Add a column slug to the list, and say there which one is meant.")
            slugs = ", ".join(mission.slug for mission in found)
            entry.problems.append((entry.line, self.heads["name"], said % {"slugs": slugs}))
        return found[0] if found else None

    def _complete(self, entry, mission, has_covers):
        """Add to an entry what follows from it, where the record says nothing of that yet."""
        cells = entry.cells
        if has_covers:
            cells["covers"] = " ".join(sorted(entry.covers))
        if not entry.has_own_line:
            return
        told = CERTAIN if any(cells.get(name) for name in CONTACT) else {"certainty": CERTAIN["certainty"]}
        cells |= told
        if not cells.get("time_zone") and not (mission and mission.time_zone):
            cells["time_zone"] = only_zone_of(entry.country)
        if "city" not in self.heads and mission and mission.city_ko:
            del cells["city_ko"]

    def _differences(self, mission, entry, last):
        """What the list says otherwise than the record, column by column."""
        before = self.shipped.get(str(mission.pk), {}) | (last.values if last else {})
        found = []
        for column, cell in entry.cells.items():
            column_of = Mission._meta.get_field(column)
            current = _text(mission, column_of)
            if cell == current or (not cell and not (last and last.values.get(column))):
                continue
            known = before.get(column, "" if column_of.is_relation else as_text(column_of, column_of.get_default()))
            kept = current != known
            if not kept or cell != known:
                found.append(Difference(column, current, cell, kept))
        kept = {difference.column for difference in found if difference.kept}
        for group, follow in ((PLACE, PLACE), (CONTACT, {"contact_certainty"})):
            if kept & group:
                found = [each for each in found if each.column not in follow or each.kept]
        return found

    def _set(self, line):
        """Write the changes into the record in memory, and note what no column may hold."""
        for change in line.changes:
            column = Mission._meta.get_field(change.column)
            if column.many_to_many:
                continue
            if (longest := getattr(column, "max_length", None)) and len(change.new) > longest:
                said = _("This is longer than %(longest)d signs.") % {"longest": longest}
                self._wrong(line, change.column, [said])
                continue
            try:
                value = change.new if column.is_relation else as_value(column, change.new)
                setattr(line.mission, column.attname, value)
            except ValidationError as error:
                self._wrong(line, change.column, error.messages)
        try:
            line.mission.clean_fields(exclude=["country", "organisation"])
            line.mission.clean()
        except ValidationError as error:
            for name, said in error.message_dict.items():
                self._wrong(line, name, said)

    def _wrong(self, line, column, said):
        head = self.heads.get(column.removesuffix("_ko"), self.heads.get(column, column))
        problem = (line.line, head, " ".join(said))
        if problem not in line.problems:
            line.problems.append(problem)

    def _slug(self, entry):
        """The part of the address of a further mission: of its web site, its city, else of its kind and country."""
        site = re.match(r"https?://overseas\.mofa\.go\.kr/([a-z]{2}-[a-z]+)-[a-z]{2}/", entry.cells.get("url", ""))
        kind = entry.cells.get("kind", "").replace("_", "-")
        wanted = site[1] if site else slugify(entry.cells.get("city_en", ""))
        if not wanted:
            wanted = f"{kind}-{entry.country.lower()}"
            if kind != MissionKind.EMBASSY:
                wanted += f"-{hashlib.sha256(entry.name.encode()).hexdigest()[:6]}"
        slug, number = wanted[:45], 2
        while slug in self.slugs:
            slug, number = f"{wanted[:45]}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def _refuse_pairs(self, lines):
        """Ask back where two lines mean one record."""
        first = {}
        for line in lines:
            is_embassy = line.entry.cells.get("kind") == MissionKind.EMBASSY
            meant = line.mission.pk or (line.entry.country if is_embassy else line.mission.slug)
            other = first.setdefault(meant, line)
            if other is not line:
                said = _("Line %(line)d means the same mission (%(slug)s). Leave one of them.")
                self._wrong(line, "name", [said % {"line": other.line, "slug": other.mission.slug}])
                line.what = WRONG

    def _ask_gate(self, lines):
        """Note what the public may not read. All rows are asked at once; one by one only where something was found."""
        asked = [line for line in lines if line.what in (NEW, CHANGED)]
        texts = [(name, text) for line in asked for name, _label, text in gate.texts_of(line.mission) if text]
        if not any(gate.what_is_wrong(texts)):
            return
        for line in asked:
            for refusal in gate.refusals(line.mission):
                for _model, name, _text_of in refusal.places:
                    self._wrong(line, name, [refusal.said])
            line.what = WRONG if line.problems else line.what


def _later_than(dated):
    """What is wrong where a later edition was taken over: an older one would bring back what has ended."""
    later = Source.objects.filter(key__startswith=f"{FILE}-", dated_on__gt=dated).first()
    if later is None:
        return []
    said = _("The edition of %(day)s was taken over already; this one is older.")
    return [(1, "–", said % {"day": date_format(later.dated_on, "DATE_FORMAT")})]


def _text(mission, column):
    """A column of a mission in the form of a cell."""
    if column.many_to_many:
        return as_text(column, [country.pk for country in mission.covers.all()])
    return as_text(column, getattr(mission, column.attname)) if getattr(mission, column.attname) is not None else ""
