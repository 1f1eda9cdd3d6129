"""Whether a public text gives away the firm behind it, or another firm that the programme knows."""

import hashlib
import json
from dataclasses import dataclass
from operator import methodcaller

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.fields.firm_names import letters_of, letters_of_name
from missions.models import CaseActor, Company, Difficulty, PublishedCase
from missions.publication.gate import texts_of, what_is_wrong
from missions.publication.names_in_text import (
    Passage,
    is_telling,
    numbers_of,
    spellings_of_address,
    words_of_contact,
)

KINDS = {
    "name": gettext_lazy("the firm’s name"),
    "contact": gettext_lazy("the contact person"),
    "email": gettext_lazy("the e-mail address"),
    "telephone": gettext_lazy("the telephone number"),
    "registration_number": gettext_lazy("the registration number"),
    "reference": gettext_lazy("the reference of the difficulty"),
    "barred": gettext_lazy("what the public may not read"),
}
FACTS = ["name_ko", "name_en", "contact", "email", "telephone", "registration_number"]


@dataclass(frozen=True)
class Finding:
    """One way in which a text points to a firm: the words that do, and their fields as pairs of name and label.

    ``forbids`` says that the public may not read them, whoever confirms it: a firm's numbers, the name of one that has
    not agreed to be named, and all else that ``gate`` refuses.
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
        if self.forbids and self.kind != "barred":
            return _("%(what)s “%(words)s”: %(fields)s. The public may not read it.") % what
        return _("%(what)s “%(words)s”: %(fields)s") % what


def findings(case, by=None):
    """How the text of a case points to a firm; an empty list where nothing was found.

    The words that the public page prints are searched for three things:

    * names, contact person, telephone, e-mail and registration number of every firm that the difficulty has or ever
      had, with the present and all former values;
    * the reference of the difficulty;
    * all that the gate refuses of any public text, whosever firm it points to.

    A further finding says that only one firm has a difficulty of this country, type and sector. A finding quotes the
    text itself and nothing else.

    ``by`` is the reader of the findings: what they are told of the text's own firm follows only from rows they may
    see. Without it all rows are compared, as an approval needs.
    """
    records = Difficulty.objects.all() if by is None else Difficulty.objects.visible_to(by)
    firms = Company.objects.all() if by is None else Company.objects.visible_to(by)
    record = records.filter(case_reference=case.reference or "-").first()
    had = set(Difficulty.history.filter(id=record.pk).values_list("company_id", flat=True)) if record else set()
    own = dict(firms.filter(pk__in=had - {None}).values_list("pk", "may_be_named"))
    printed = [(name, label, text) for name, label, text in printed_texts(case) if text]
    text = _Text(printed)
    if record:
        text.look("reference", _name(letters_of(record.reference), anywhere=True))
    for table in (Company.objects.filter(pk__in=own), Company.history.filter(id__in=own)):
        for key, *facts in table.order_by().values_list("id", *FACTS).distinct():
            text.look_for_firm(*facts, forbids=not own[key])
    alone = [Finding("alone")] if record and _is_alone(case, records, record, own) else []
    return [*text.found(), *_barred(printed, text.forbidden()), *alone]


def _barred(printed, known):
    """What the gate refuses of a text, beyond words that are known to be forbidden."""
    for words, _said, numbers in what_is_wrong([(name, text) for name, _label, text in printed]):
        if words not in known:
            yield Finding("barred", words, tuple({printed[n][0]: printed[n][1] for n in numbers}.items()), True)


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


class _Text:
    """The passages of a public text, and what was found in them."""

    def __init__(self, texts):
        self.passages = [(name, label, Passage(text)) for name, label, text in texts]
        self.known = {}

    def look(self, kind, find, *, forbids=False):
        """Remember the words that ``find`` returns for each passage."""
        for name, label, passage in self.passages:
            if words := find(passage):
                fields, forbidden = self.known.get((kind, words), ({}, False))
                self.known[kind, words] = (fields | {name: label}, forbidden or forbids)

    def look_for_firm(self, name_ko, name_en, contact, email, telephone, registration_number, *, forbids):
        """Look for all that points to the firm behind the text. Its numbers are never the public's."""
        for letters in map(letters_of_name, filter(None, (name_ko, name_en))):
            self.look("name", _name(letters, anywhere=is_telling(letters)), forbids=forbids)
        for letters in words_of_contact(contact):
            self.look("contact", _name(letters, anywhere=is_telling(letters)))
        for letters in spellings_of_address(email):
            self.look("email", _name(letters, anywhere=True), forbids=True)
        for digits in numbers_of(telephone):
            self.look("telephone", methodcaller("number", digits), forbids=True)
        if registration_number:
            self.look("registration_number", methodcaller("number", registration_number), forbids=True)

    def forbidden(self):
        """Words that the public may not read."""
        return {words for (_kind, words), (_fields, forbidden) in self.known.items() if forbidden}

    def found(self):
        """The findings."""
        return [
            Finding(kind, words, tuple(fields.items()), forbids)
            for (kind, words), (fields, forbids) in self.known.items()
        ]


def _name(letters, *, anywhere=False):
    return methodcaller("name", letters, anywhere=anywhere)


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
