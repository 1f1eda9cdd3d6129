"""What the page of the public search prints of each record found: read from the record itself, not from the index."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, TextField, Value, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.fields.bilingual import KoreanText, OutdatedText, is_outdated
from missions.fields.capped import shown
from missions.models import (
    AgendaItem,
    Body,
    EarlierCase,
    LocalInformation,
    Meeting,
    Source,
)
from missions.search.highlight import highlighted, holds, snippet
from missions.search.kinds import KINDS
from missions.search.meant import NAMEABLE, meant_by, nameable
from missions.search.paths import columns_at

HANGUL = re.compile("[가-힣]")


@dataclass
class Told:
    """A text with what was found marked. Its language is empty if it is the page's."""

    marked: str
    language: str
    is_outdated: bool = False  # English whose Korean was changed since


@dataclass
class Hit:
    """One record found, known by its kind and ``key``."""

    key: str
    address: str
    title: Told
    day: object
    beside: list
    also: Told | None  # the title in the other language, where only that has the words
    text: Told | None
    state: tuple | None  # code and words, as lists print them

    @property
    def is_outdated(self):
        """Whether what it says in English may be out of date."""
        return any(text.is_outdated for text in [self.title, *self.beside, self.text] if text)


@dataclass
class Found:
    """What was found ``of`` a kind or of a word: the first hits, how many there are, and the address of all."""

    of: object
    found: int
    hits: list
    address: str = ""

    @property
    def count(self):
        """How many there are, as readers see it."""
        return shown(self.found)


def _of_meeting(meeting):
    if meeting.is_overdue():
        return "overdue", _("result to be confirmed")
    return meeting.status, meeting.get_status_display()


def _of_information(item):
    return ("expired", _("expired")) if item.has_expired() else None


def _of_earlier_case(case):
    return "outside", _("not of this programme")


# How the state of a record is told, and the columns that tell it.
ZONE = "body__mission__time_zone"
STATES = {
    Body: (lambda body: (body.state, body.get_state_display()), ["state"]),
    Meeting: (_of_meeting, ["status", "starts_at", "ends_at", ZONE]),
    LocalInformation: (_of_information, ["valid_until", ZONE]),
    EarlierCase: (_of_earlier_case, []),
}


def printed_results(entries, query):
    """The hits of some entries, by kind and key. An entry whose record is not published has none."""
    return printed_page(entries, query)[0]


def printed_page(entries, query):
    """The hits of some entries, and what the query names."""
    days = {(entry.kind, entry.record): entry.day for entry in entries}
    records, known = _records(entries)
    meetings = [record for record in records.values() if isinstance(record, Meeting)]
    if meetings:
        prefetch_related_objects(meetings, Prefetch("agenda", AgendaItem.objects.published()))
    hits = {key: _hit(KINDS[key[0]], record, days[key], query) for key, record in records.items()}
    return hits, meant_by(query, known)


def _records(entries):
    """The published records of some entries, with all that a hit prints, and what a query may name: in one query."""
    keys = defaultdict(list)
    for entry in entries:
        keys[entry.kind].append(entry.record)
    found, known = {}, {name: [] for name in NAMEABLE}
    rows = [*nameable(), *(_rows(KINDS[name], wanted) for name, wanted in keys.items())]
    for name, values in rows[0].union(*rows[1:], all=True):
        if name in known:
            known[name].append(values)
        else:
            found[name, values["pk"]] = _record(KINDS[name].model, values)
    return found, known


def _rows(kind, keys):
    wanted = {column for path in kind.paths for column in columns_at(kind.model, path)} | kind.needed
    if kind.precise:
        wanted |= {f"{kind.precise}_on", f"{kind.precise}_precision"}
    wanted |= set(STATES[kind.model][1]) if kind.model in STATES else set()
    for path in list(wanted):
        steps = path.split("__")[:-1]
        wanted |= {"__".join([*steps[:number], "pk"]) for number in range(1, len(steps) + 1)}
    values = JSONObject(pk="pk", **{column: column for column in wanted})
    rows = kind.published().order_by().filter(pk__in=keys)
    return rows.values_list(Value(kind.name, output_field=TextField()), values)


def _record(model, values):
    """A record of these values, and of the ones it points to."""
    own, related = {}, defaultdict(dict)
    for path, value in values.items():
        name, _dots, rest = path.partition("__")
        if rest:
            related[name][rest] = value
        else:
            own[name] = value if name == "pk" else _value(model._meta.get_field(name), value)
    record = model(**own)
    for name, parts in related.items():
        target = model._meta.get_field(name).related_model
        setattr(record, name, None if parts["pk"] is None else _record(target, parts))
    return record


def _value(field, text):
    """A value of a column from JSON, in which SQLite leaves out that moments are in UTC."""
    value = field.to_python(text)
    is_naive = isinstance(value, datetime.datetime) and timezone.is_naive(value)
    return value.replace(tzinfo=datetime.UTC) if is_naive else value


def _hit(kind, record, day, query):
    title, also = _title(kind, record, query)
    beside = [_told(text, highlighted(text, query)) for path in kind.beside if (text := _read(record, path))]
    shown = getattr(record, kind.precise) if kind.precise else day if kind.shows_day else None
    state = STATES[kind.model][0](record) if kind.model in STATES else None
    key, address, text = getattr(record, kind.key), kind.address(record), _text(kind, record, query)
    return Hit(key, address, title, shown, beside, also, text, state)


def _title(kind, record, query):
    """The title in the reader's language, and the other one where only that has the words."""
    if isinstance(record, Meeting):
        names = [record.body.name, record.name] if record.body else [record.name]
        told = _told(names[-1], highlighted(" ".join(names), query))
        return Told(told.marked, told.language, is_outdated(names)), None
    name = kind.title[0]
    shown = _said(record, name)
    title = _told(shown, highlighted(shown, query))
    language = "ko" if get_language() == "en" else "en"
    other = getattr(record, f"{name}_{language}", "")
    if holds(shown, query) or not holds(other, query):
        return title, None
    return title, Told(highlighted(other, query), language)


def _text(kind, record, query):
    """The part of a record's texts that has the words, or else the beginning of its first text."""
    beginning = None
    for text, language in _texts(kind, record):
        part, found = snippet(text, query)
        told = Told(part, language, isinstance(text, OutdatedText))
        if found:
            return told
        beginning = beginning or told
    return beginning


def _texts(kind, record):
    """The texts of a record, each with its language: first as the reader gets them, then in the other language."""
    own = [path for path in kind.text if "__" not in path and path not in kind.needed]
    texts = [_said(record, path) for path in own]
    if isinstance(record, Meeting):
        texts += [item.topic for item in record.agenda.all()]
    yield from ((text, _language(text)) for text in texts if text)
    language = "ko" if get_language() == "en" else "en"
    others = [getattr(record, f"{path}_{language}", "") for path in own]
    yield from ((text, language) for text in others if text)


def _said(record, name):
    """A text of a record. Sources are quoted in their own language, which is mostly Korean."""
    text = getattr(record, name)
    quoted = isinstance(record, Source) and not hasattr(record, f"{name}_ko")
    return KoreanText(text) if quoted and get_language() == "en" and HANGUL.search(text) else text


def _read(record, path):
    for name in path.split("__"):
        record = getattr(record, name, None)
    return record


def _told(text, marked):
    return Told(marked, _language(text), isinstance(text, OutdatedText))


def _language(text):
    return "ko" if isinstance(text, KoreanText) and text else ""
