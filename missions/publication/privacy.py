"""Whether a public text gives away the firm behind it, or another firm that the programme knows."""

import hashlib
import json
import re
from dataclasses import dataclass
from operator import methodcaller

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.models import CaseActor, Company, Difficulty, PublishedCase
from missions.publication.names_in_text import Passage, letters_of, letters_of_name, numbers_of, spellings_of_address

KINDS = {
    "name": gettext_lazy("the firm’s name"),
    "contact": gettext_lazy("the contact person"),
    "email": gettext_lazy("the e-mail address"),
    "telephone": gettext_lazy("the telephone number"),
    "registration_number": gettext_lazy("the registration number"),
    "reference": gettext_lazy("the reference of the difficulty"),
    "other_name": gettext_lazy("the name of a registered firm"),
    "other_email": gettext_lazy("the e-mail address of a registered firm"),
    "other_telephone": gettext_lazy("the telephone number of a registered firm"),
    "other_registration_number": gettext_lazy("the registration number of a registered firm"),
}
FACTS = ["name_ko", "name_en", "contact", "email", "telephone", "registration_number"]
LEAST = 3  # letters: shorter Korean names are not looked for inside words, shorter names of other firms not at all
TITLE = re.compile(
    r"(대표이사|대표|사장|부사장|회장|부회장|전무|상무|이사|본부장|실장|소장|센터장|지점장|법인장|부장|차장|과장|대리|주임|사원|"
    r"팀장|매니저|책임|선임|수석|연구원|담당자|담당|씨|님|귀하|.*(팀|사업부|본부|센터))$"
)
ENGLISH_TITLES = frozenset(
    re.findall(r"\w+", "mr mrs ms miss dr ceo cfo coo cto president director manager sales team export")
)


@dataclass(frozen=True)
class Finding:
    """One way in which a text points to a firm: the words that do, and their fields as pairs of name and label.

    ``forbids`` says that the words name the firm behind the text, and that the firm has not agreed to be named.
    """

    kind: str
    words: str = ""
    fields: tuple = ()
    forbids: bool = False

    @property
    def what(self):
        """What the words are."""
        return str(KINDS[self.kind])

    def __str__(self):
        if self.kind == "alone":
            return _("Country, type and sector together fit one firm only.")
        what = {"what": self.what, "words": self.words}
        what["fields"] = ", ".join(dict.fromkeys(str(label) for _name, label in self.fields))
        if self.forbids:
            return _("%(what)s “%(words)s”: %(fields)s. The firm does not agree to being named.") % what
        return _("%(what)s “%(words)s”: %(fields)s") % what


def findings(case, by=None):
    """How the text of a case points to a firm; an empty list where nothing was found.

    The words that the public page prints are searched for three things:

    * names, contact person, telephone, e-mail and registration number of every firm that the difficulty has or ever
      had, with the present and all former values;
    * the reference of the difficulty;
    * names, telephones, e-mails and registration numbers of all other firms.

    A further finding says that only one firm has a difficulty of this country, type and sector. A finding quotes the
    text itself and nothing else.

    ``by`` is the reader of the findings: they learn only what follows from rows they may see. Without it all rows
    are compared, as an approval needs.
    """
    records = Difficulty.objects.all() if by is None else Difficulty.objects.visible_to(by)
    firms = Company.objects.all() if by is None else Company.objects.visible_to(by)
    record = records.filter(case_reference=case.reference or "-").first()
    had = set(Difficulty.history.filter(id=record.pk).values_list("company_id", flat=True)) if record else set()
    own = dict(firms.filter(pk__in=had - {None}).values_list("pk", "may_be_named"))
    text = _Text(printed_texts(case))
    if record:
        text.look("reference", _name(letters_of(record.reference), anywhere=True))
    for table in (Company.objects.filter(pk__in=own), Company.history.filter(id__in=own)):
        for key, *facts in table.order_by().values_list("id", *FACTS).distinct():
            text.look_for_firm(*facts, forbids=not own[key])
    for facts in firms.exclude(pk__in=own).order_by().values_list(*FACTS).iterator():
        text.look_for_other(*facts)
    return text.found() + ([Finding("alone")] if record and _is_alone(case, records, record, own) else [])


def firms_named_in(texts, body):
    """Where texts that need no approval name a firm or tell its numbers. A firm that agrees to it may be named.

    ``texts`` are triples of a field's name, its label and its words. ``body``: only the firms that this body
    registered are looked for; without one, all firms.
    """
    passages = _Text(texts)
    firms = Company.objects.filter(body=body) if body else Company.objects.all()
    for name_ko, name_en, *facts, agrees in firms.order_by().values_list(*FACTS, "may_be_named").iterator():
        passages.look_for_other(*(("", "") if agrees else (name_ko, name_en)), *facts)
    return passages.found()


def fingerprint(found):
    """A short name for findings, the same in every language. Somebody who confirms findings confirms only these."""
    telling = sorted([item.kind, item.words, [name for name, _label in item.fields], item.forbids] for item in found)
    return hashlib.sha256(json.dumps(telling).encode()).hexdigest()[:32]


def printed_texts(case):
    """The typed words that the public page of a case prints, as triples of a field's name, its label and its text."""
    yield from texts_of(case)
    for actor in case.actors.select_related("organisation"):
        label = CaseActor._meta.get_field("organisation").verbose_name
        yield "organisation", label, f"{actor.organisation.name_ko}\n{actor.organisation.name_en}"
        yield from texts_of(actor)
    for source in case.sources.all():
        yield "sources", PublishedCase._meta.get_field("sources").verbose_name, str(source)


def texts_of(row):
    """The texts that are typed into a row, as triples of a field's name, its label and its text."""
    for field in row._meta.fields:
        if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices:
            yield field.name, field.verbose_name, getattr(row, field.name)


class _Text:
    """The passages of a public text, and what was found in them."""

    def __init__(self, texts):
        self.passages = [(name, label, Passage(text)) for name, label, text in texts if text]
        self.letters = "\n".join(passage.letters for _name, _label, passage in self.passages)
        self.threes = {self.letters[at : at + LEAST] for at in range(len(self.letters) - LEAST + 1)}
        self.parts_of_numbers = set().union(*(passage.parts_of_numbers for _n, _l, passage in self.passages))
        self.known = {}

    def look(self, kind, find, *, forbids=False):
        """Remember the words that ``find`` returns for each passage."""
        for name, label, passage in self.passages:
            if words := find(passage):
                fields, forbidden = self.known.get((kind, words), ({}, False))
                self.known[kind, words] = (fields | {name: label}, forbidden or forbids)

    def look_for_firm(self, name_ko, name_en, contact, email, telephone, registration_number, *, forbids):
        """Look for all that points to the firm behind the text."""
        for letters in map(letters_of_name, filter(None, (name_ko, name_en))):
            self.look("name", _name(letters, anywhere=_is_telling(letters)), forbids=forbids)
        for letters in _words_of_contact(contact):
            self.look("contact", _name(letters, anywhere=_is_telling(letters)))
        self._look_for_numbers("", email, telephone, registration_number)

    def look_for_other(self, name_ko, name_en, _contact, email, telephone, registration_number):
        """Look for names and numbers of a firm that is not known to have to do with the text."""
        for letters in map(letters_of_name, filter(None, (name_ko, name_en))):
            if self._has(letters):
                self.look("other_name", _name(letters))
        self._look_for_numbers("other_", email, telephone, registration_number)

    def _has(self, letters):
        """Whether letters stand anywhere in the text.

        It is asked for thousands of names. The first three letters already rule out most of them.
        """
        return letters[:LEAST] in self.threes and letters in self.letters

    def _look_for_numbers(self, prefix, email, telephone, registration_number):
        for letters in spellings_of_address(email):
            if self._has(letters):
                self.look(prefix + "email", _name(letters, anywhere=True))
        for digits in numbers_of(telephone):
            if digits in self.parts_of_numbers:
                self.look(prefix + "telephone", methodcaller("number", digits))
        if registration_number in self.parts_of_numbers:
            self.look(prefix + "registration_number", methodcaller("number", registration_number))

    def found(self):
        """The findings. Words that point to the firm behind the text are not reported for another firm again."""
        own = {words for kind, words in self.known if not kind.startswith("other_")}
        return [
            Finding(kind, words, tuple(fields.items()), forbids)
            for (kind, words), (fields, forbids) in self.known.items()
            if not (kind.startswith("other_") and words in own)
        ]


def _name(letters, *, anywhere=False):
    return methodcaller("name", letters, anywhere=anywhere)


def _is_telling(letters):
    """Whether a name is so long that it hardly stands inside another word by chance."""
    return len(letters) >= (LEAST + 2 if letters.isascii() else LEAST)


def _words_of_contact(contact):
    """The letters of each name of a contact person, titles left out."""
    for letters in map(letters_of, re.split(r"[\s/,·()]+", contact)):
        name = TITLE.sub("", letters)
        if len(name) > 1 and name not in ENGLISH_TITLES:
            yield name
        elif name and name != letters:
            yield letters


def _is_alone(case, records, record, own):
    """Whether only one firm has a difficulty of the text's country, type and sector.

    All firms that the text's own difficulty ever had count as one.
    """
    alike = records.filter(country=case.country_id, type=case.type_id)
    if case.sector_id:
        alike = alike.filter(sector=case.sector_id)
    firms = Company.objects.filter(difficulties__in=alike).values_list("pk", flat=True).distinct()
    if own and alike.filter(pk=record.pk).exists():
        return not firms.exclude(pk__in=own).exists()
    return len(firms[:2]) == 1
