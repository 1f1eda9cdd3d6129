"""What a record says under one name: in files, in the API, and in the data dictionary.

A column in words is one column in the file of a reader, in the reader's language, and two for programs, ``…_ko`` and
``…_en``. All others say the same in both languages and have one name everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from missions.fields.bilingual import KoreanText

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, eq=False)
class Kind:
    """What stands in a column: its label, and its type in JSON and in a table of Frictionless Data."""

    label: str
    json: str = "string"
    table: str = "string"


WORDS = Kind(_("text in two languages"))
PAGE = Kind(_("address of the page in two languages"))
TEXT = Kind(_("text"))
CODE = Kind(_("code"))
DAY = Kind(_("day or month, ISO 8601"))
MOMENT = Kind(_("moment, ISO 8601"))
NUMBER = Kind(_("whole number"), "integer", "integer")
DEGREES = Kind(_("degrees"), "number", "number")
ADDRESS = Kind(_("web address"))
CODES = Kind(_("list of codes"), "array")
SOURCES = Kind(_("list of sources"), "array")


@dataclass(frozen=True)
class Column:
    """``value`` is what a row says, in the language in force; ``about`` says what is meant where the label does not.

    ``codes`` are the values that may stand in it, with their words, where these are fixed.
    """

    name: str
    label: str
    kind: Kind
    value: Callable
    about: str = ""
    codes: tuple = ()

    @property
    def names(self):
        """The names under which programs read it."""
        return [f"{self.name}_{language}" for language in LANGUAGES] if self.in_words else [self.name]

    @property
    def in_words(self):
        """Whether it differs by language."""
        return self.kind in (WORDS, PAGE)

    def cell(self, value):
        """A value as one cell of a file holds it: codes with spaces between, sources by their keys."""
        if self.kind is CODES:
            return " ".join(value)
        if self.kind is SOURCES:
            return " ".join(source["key"] for source in value)
        if self.kind is DEGREES and value not in ("", None):
            return float(value)
        return "" if value is None else value

    def said_of(self, row, absolute):
        """What a row says, pages with their whole address."""
        value = self.value(row)
        return absolute(value) if self.kind is PAGE else value

    def known(self, value):
        """A value as JSON holds it: null where nothing is known, no Korean in place of what has no English yet."""
        if self.kind in (CODES, SOURCES):
            return list(value)
        if value is None or value == "" or (self.in_words and isinstance(value, KoreanText)):
            return None
        if self.kind is DEGREES:
            return float(value)
        return value if self.kind is NUMBER else str(value)


def for_programs(columns, rows, absolute):
    """Rows as dictionaries of what their columns say in both languages. ``absolute`` makes a path a whole address."""
    records = [{name: None for column in columns for name in column.names} for _row in rows]
    for language in LANGUAGES:
        with override(language):
            for row, record in zip(rows, records, strict=True):
                for column in columns:
                    if column.in_words:
                        record[f"{column.name}_{language}"] = column.known(column.said_of(row, absolute))
                    elif language == LANGUAGES[0]:
                        record[column.name] = column.known(column.value(row))
    return records


def of(path):
    """What a row says by the path of an attribute, nothing where the path ends early."""

    def value(row):
        for name in path.split("."):
            row = getattr(row, name, None)
            if row is None:
                return ""
            row = row() if callable(row) else row
        return row

    return value


def columns(*given):
    """Columns in a row, given one by one or in lists."""
    return [column for each in given for column in (each if isinstance(each, list) else [each])]


def _value(found):
    return of(found) if isinstance(found, str) else found


def words(name, label, value="", about=""):
    """A text in both languages."""
    return Column(name, label, WORDS, _value(value or name), about)


def text(name, label, value="", about=""):
    """A text that is the same in both languages."""
    return Column(name, label, TEXT, _value(value or name), about)


def code(name, label, value="", about=""):
    """A code, or the key by which another record is found."""
    return Column(name, label, CODE, _value(value or name), about)


def number(name, label, value="", about=""):
    """A whole number."""
    return Column(name, label, NUMBER, _value(value or name), about)


def degrees(name, label, about=""):
    """A latitude or a longitude."""
    return Column(name, label, DEGREES, of(name), about)


def address(name, label, value="", about=""):
    """The address of a page of another site."""
    return Column(name, label, ADDRESS, _value(value or name), about)


def codes(name, label, value, about=""):
    """Keys of other records."""
    return Column(name, label, CODES, _value(value), about)


def choice(name, label, path="", *, code="", in_words="", of_choices=(), about=""):
    """A choice in words, and beside it in the code that is the same in both languages.

    ``path`` is that of a field with choices; others give the paths of their ``code`` and of their words.
    """
    whole, _dot, field = path.rpartition(".")
    in_words = in_words or f"{whole}{_dot}get_{field}_display"
    known = tuple(getattr(of_choices, "choices", of_choices))
    return [
        Column(name, label, WORDS, _value(in_words), about),
        Column(f"{name}_code", format_lazy("{} {}", label, _("(code)")), CODE, _value(code or path), about, known),
    ]


def precise(name, label):
    """A day as precisely as it is known. ``name`` is what the model calls the pair of its two columns."""
    told = _("A month is written as 2024-04. How the day is to be read, the column of its precision says.")
    return Column(f"{name}_on", label, DAY, lambda row: getattr(row, name).iso or getattr(row, f"{name}_on"), told)


def day(name, label, value="", about=""):
    """A day that is known."""
    return Column(name, label, DAY, _value(value or name), about)


def month(name, label):
    """A month, kept as its first day."""

    def value(row):
        first = getattr(row, name)
        return f"{first:%Y-%m}" if first else ""

    return Column(name, label, DAY, value, _("A month, written as 2024-04."))


def local_moment(name, label):
    """A moment on the clocks of the row's place, with their distance from UTC."""

    def value(row):
        moment = getattr(row, name)
        return moment.astimezone(ZoneInfo(row.time_zone)).isoformat(timespec="minutes") if moment else ""

    return Column(name, label, MOMENT, value, _("On the clocks of the place, with their distance from UTC."))


def moment(name, label, column, about=""):
    """A moment on the clocks of Korea."""

    def value(row):
        at = getattr(row, column)
        return timezone.localtime(at).isoformat(timespec="seconds") if at else ""

    return Column(name, label, MOMENT, value, about)
