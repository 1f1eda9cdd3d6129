"""Finds the firms that some texts of one page point to, whosever they are, and says where in the texts.

A firm that agreed to be named in public may be named, never by its numbers or its contact person. Its name is free
only where every firm of that name agreed. Words that the programme's own files or an older organisation tell the
public already are no firm's secret: a member of a body that is itself a firm, a country, a common word of the trade.
"""

from dataclasses import dataclass
from itertools import accumulate

from missions.fields.firm_names import letters_of, letters_of_name
from missions.models import Company, FirmKey, FirmKeyKind, LoadedRow, Organisation
from missions.publication.firm_keys import LENGTHS
from missions.publication.names_in_text import (
    Passage,
    is_telling,
    spellings_of_address,
    words_of_contact,
)

NAMES = (FirmKeyKind.NAME, FirmKeyKind.SHORT)
EDGE = 150  # characters at each end of a long text
NO_NAME = "\ua66e"
MOST = 5_000  # starts asked for in one question


@dataclass(frozen=True)
class Found:
    """Words that point to a firm, and the numbers of the texts in which they stand."""

    words: str
    texts: tuple


def find(texts):
    """What points to a firm in texts that are read together, given as pairs of a column's name and its words.

    They are read as the columns stand, and as readers of either language find them, so that a name is found that is
    split over two columns.
    """
    reading = _Reading(texts)
    keys = reading.candidates()
    hits = [key for key in keys if reading.where(key)] if keys else []
    if not hits:
        return []
    agreed = set(
        Company.objects.filter(pk__in={firm for firm, *_key in hits}, may_be_named=True).values_list("pk", flat=True)
    )
    named = {firm for firm, kind, _value in hits if kind in NAMES and firm in agreed}
    barred = [key for key in hits if key[1] not in NAMES or key[0] not in agreed]
    public = _public(barred)
    told = [reading.found(key) for key in barred if key not in public]
    told += [reading.contact(letters) for letters in _contacts(named) if reading.contact(letters)]
    return list(dict.fromkeys(told))


class _Reading:
    """Texts, each by itself and as they are read one after another.

    Of a long one only both ends are read together with others: a name that is split lies there.
    """

    def __init__(self, texts):
        self.alone = [Passage(words) for _name, words in texts]
        self.passages = [((number,), [len(each.text)], each) for number, each in enumerate(self.alone) if each.text]
        for order in _orders(texts):
            ends_of = [_ends(self.alone[number].text) for number in order]
            places = list(accumulate(len(text) + 1 for text in ends_of))
            self.passages.append((order, places, Passage("\n".join(ends_of))))

    def candidates(self):
        """Keys that begin as words of the texts do, each as firm, kind and value."""
        starts = set()
        for _order, _ends, passage in self.passages:
            starts |= passage.starts(LENGTHS) | passage.parts_of_numbers
        asked, found = sorted(starts), set()
        for at in range(0, len(asked), MOST):
            keys = FirmKey.objects.filter(start__in=asked[at : at + MOST])
            found.update(keys.values_list("firm", "kind", "value"))
        return found

    def where(self, key):
        """Where a key is spelt, as passage and span; None where it only begins as some word does."""
        return next(((each, span) for each in self.passages if (span := _span(each[2], key))), None)

    def found(self, key):
        """The words that spell a key, and all texts that have it; of a split one those over which it is split."""
        return self._found(self.where(key), lambda passage: _span(passage, key))

    def contact(self, letters):
        """The same for a contact person; None where no text tells of them."""

        def span(passage):
            return passage.where_name(letters, anywhere=is_telling(letters))

        where = next(((each, found) for each in self.passages if (found := span(each[2]))), None)
        return self._found(where, span) if where else None

    def _found(self, where, span):
        (order, ends, passage), (first, behind) = where
        whole = [number for number, each in enumerate(self.alone) if span(each)]
        split = [
            number
            for number, start, end in zip(order, [0, *ends], ends, strict=False)
            if first < end and start < behind
        ]
        return Found(passage.quote(first, behind), tuple(whole or split))


def _ends(text):
    """A text, or the beginning and the end of a long one with a letter between that is in no name."""
    return text if len(text) <= 2 * EDGE else f"{text[:EDGE]} {NO_NAME} {text[-EDGE:]}"


def _orders(texts):
    """The orders in which texts are read: all columns, the Korean ones, the English ones or what stands for them."""
    written = {name for name, words in texts if words}
    numbers = [number for number, (_name, words) in enumerate(texts) if words]
    korean = [number for number in numbers if not texts[number][0].endswith("_en")]
    english = [number for number in numbers if not _is_translated(texts[number][0], written)]
    return [order for order in dict.fromkeys(map(tuple, (numbers, korean, english))) if len(order) > 1]


def _is_translated(name, written):
    return name.endswith("_ko") and name.removesuffix("_ko") + "_en" in written


def _span(passage, key):
    """Where a passage spells a key."""
    _firm, kind, value = key
    if kind == FirmKeyKind.NAME:
        return passage.where_name(value)
    if kind == FirmKeyKind.SHORT:
        return passage.where_short(value)
    if kind == FirmKeyKind.EMAIL:
        spelt = (passage.where_name(letters, anywhere=True) for letters in spellings_of_address(value))
        return next(filter(None, spelt), None)
    return passage.where_number(value)


def _public(keys):
    """Those of some keys whose words the programme's files tell, or that an organisation bore before the firm."""
    rows = LoadedRow.objects.values_list("values", flat=True) if keys else ()
    told = ["\n".join(map(str, cells.values())) for cells in rows]
    loaded = [(letters_of(text), text) for text in told]
    values = {key[1:]: letters_of(key[2]) for key in keys}
    public = {
        value
        for value, sought in values.items()
        if any(sought in letters and _span(Passage(text), (0, *value)) for letters, text in loaded)
    }
    return {key for key in keys if key[1:] in public or _is_older_organisation(key)}


def _is_older_organisation(key):
    """Whether an organisation had the name of a firm before that was known here."""
    firm, kind, value = key
    if kind not in NAMES:
        return False
    first = Company.history.filter(id=firm).order_by("history_date").values_list("history_date", flat=True).first()
    names = Organisation.history.filter(history_date__lt=first) if first else Organisation.history.none()
    pairs = names.order_by().values_list("name_ko", "name_en").distinct()
    return value in {letters_of_name(name) for pair in pairs for name in pair if name}


def _contacts(firms):
    """The letters of all who answer or answered for firms."""
    rows = (Company.objects.filter(pk__in=firms), Company.history.filter(id__in=firms)) if firms else ()
    contacts = {contact for table in rows for contact in table.order_by().values_list("contact", flat=True)}
    return {letters for contact in contacts for letters in words_of_contact(contact)}
