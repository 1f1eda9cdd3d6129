"""The one gate before every text that the public can read: no firm, and nobody's personal number, gets through it.

What is looked at follows from the models: every column of text of every table that public pages read, unless
``EXEMPT`` says why not. Forms of the desk, loads and the verbs of ``publication.workflow`` all ask ``check`` in the
transaction that writes, when the rows stand as the public would read them.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from missions.fields.bilingual import OutdatedEnglish
from missions.models import (
    AgendaItem,
    Attendance,
    CaseActor,
    ClosedMonth,
    PublicationState,
    PublicEntry,
    PublicFile,
    PublishedCase,
)
from missions.publication import firm_words
from missions.publication.kept import KEPT
from missions.publication.page_version import PUBLISHED
from missions.publication.personal_numbers import personal_number

# Tables with words that somebody types. The index of the public search has only what these say, closed months figures.
PUBLIC = [model for model in PUBLISHED if model not in (PublicEntry, ClosedMonth)]
# Parts that are public where their record is, and by what key they point to it.
PARTS = {AgendaItem: "meeting", Attendance: "meeting", CaseActor: "case", PublicFile: "information"}
# Columns of text that are not looked at, with the reason.
EXEMPT = {
    "PublishedCase.reference": "made by the portal, of the codes of country and type and three random letters",
    **dict.fromkeys(
        [
            *(f"PublishedCase.{name}_{end}" for name in KEPT for end in ("ko", "en")),
            *("PublishedCase.kept_sources", "CaseActor.name_ko", "CaseActor.name_en"),
        ],
        "taken over by the approval from records that the gate looked at, and looked at with the text",
    ),
    **dict.fromkeys(["PublicFile.sha256", "PublicFile.stored_as"], "made by the portal, of the content and at random"),
    "EarlierCase.acts": "codes of kinds of action, and nothing else",
    "Mission.time_zone": "a name of the IANA database, and nothing else",
    "Mission.subdivision": "a code of ISO 3166-2, and nothing else",
    "District.code": "a code of ISO 3166-2, and nothing else",
}
TEXT = (models.CharField, models.TextField)
WITHOUT_TEXT = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.IntegerField,
)


@dataclass(frozen=True)
class Refusal:
    """Words that the public may not read, what is said of them, and where they stand: model, column, whole text."""

    words: str
    said: str
    places: tuple


class Refused(Exception):
    """The public may not read what was written. ``refusals`` say what of it."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__("\n".join(refusal.said for refusal in refusals))


def verdict(field):
    """Whether a column is looked at: ``"looked at"``, or the reason why not; empty where nobody decided.

    A column of text is looked at by itself. One of a kind that is not known here needs a line in ``EXEMPT``.
    """
    if reason := EXEMPT.get(f"{field.model.__name__}.{field.name}"):
        return reason
    if isinstance(field, OutdatedEnglish):
        return "names of columns, written by the database"
    if isinstance(field, TEXT):
        return "a choice among words of the portal" if field.choices else "looked at"
    return "no text" if isinstance(field, WITHOUT_TEXT) else ""


def columns(model):
    """The columns of a table whose words the public can read and somebody types."""
    return [field for field in model._meta.concrete_fields if verdict(field) == "looked at"]


def texts_of(row):
    """The words of a row that the gate looks at, as triples of a column's name, its label and its words."""
    for field in columns(type(row)):
        yield field.name, field.verbose_name, getattr(row, field.name)


def is_public(row):
    """Whether the public reads a row as it stands."""
    if type(row) not in PUBLIC:
        return False
    whole = getattr(row, PARTS[type(row)]) if type(row) in PARTS else row
    if isinstance(whole, PublishedCase):
        return whole.state == PublicationState.PUBLISHED
    return getattr(whole, "is_published", True)


def check(*rows):
    """Raise ``Refused`` where rows that are read on one page would tell the public what it may not read.

    To be asked in the transaction that writes them; what is not public yet is left out.
    """
    if found := refusals(*rows):
        raise Refused(found)


def refusals(*rows):
    """What the public may not read of rows, a ``Refusal`` for each."""
    texts = [(row, *text) for row in rows if is_public(row) for text in texts_of(row) if text[2]]
    return [
        Refusal(words, said, tuple((type(texts[n][0]), texts[n][1], texts[n][3]) for n in numbers))
        for words, said, numbers in what_is_wrong([(name, text) for _row, name, _label, text in texts])
    ]


def what_is_wrong(texts):
    """Words that the public may not read, what is said of them, and the numbers of the texts that have them.

    ``texts``: pairs of a column's name and its words, of one page, whether it is public yet or not.
    """
    for number, (_name, text) in enumerate(texts):
        if words := personal_number(text):
            yield words, said_of_person(words), (number,)
    for found in firm_words.find(texts):
        sentence = _("The public can read this. Take out “%(words)s”: it may point to a firm.")
        yield found.words, sentence % {"words": found.words}, found.texts


def said_of_person(words):
    """What is said of somebody's personal number."""
    return _(
        "Take out “%(words)s”: it reads like a resident, foreigner or passport number, which may not be kept here."
    ) % {"words": words}
