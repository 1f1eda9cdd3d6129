"""Finds names and numbers in running text, however spelt: spaced, hyphenated, full-width, with hidden signs."""

import re
from functools import lru_cache

from missions.fields.firm_names import letters_of, visible
from missions.search.tokens import BY_TWO

NUMBER = re.compile(r"[0-9](?:[\W_]{0,3}[0-9])*")
KOREAN = re.compile(f"[{BY_TWO}]")
FORM_BEFORE = re.compile(r"(회사|법인)\s*$")
AFTER_FORM = re.compile(r"(회사|법인)\s*")
FORMS_BEFORE = ("주", "주식회사")  # beside which a name of two letters is one; 주 only in brackets
FORMS_BEHIND = (*FORMS_BEFORE, "co", "inc", "corp", "ltd", "llc", "gmbh")
IN_BRACKETS = r"\(\s*주\s*\)"
CODE = r"(?<![\d.])(?:\+[1-9]\d{0,2}[\s.-]?\(?\d{1,4}|\(?0\d{1,2})"  # of country and region, or of region alone
TELEPHONE = re.compile(CODE + r"[\s.)-]{0,2}\d{3,4}[\s.-]?\d{4}(?!\d)")
# It begins where a word begins and gives nothing back, so that each letter is looked at once.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
QUOTED = 60
TAIL = 8  # digits that tell a telephone number, whatever code of a country or region stands before them
SHORT = 7  # shorter runs of digits are years, codes and amounts
LEAST = 3  # letters: shorter Korean names are not looked for inside words, shorter names of other firms not at all

TITLE = re.compile(
    r"(대표이사|대표|사장|부사장|회장|부회장|전무|상무|이사|본부장|실장|소장|센터장|지점장|법인장|부장|차장|과장|대리|주임|사원|"
    r"팀장|매니저|책임|선임|수석|연구원|담당자|담당|씨|님|귀하|.*(팀|사업부|본부|센터))$"
)
ENGLISH_TITLES = frozenset(
    re.findall(r"\w+", "mr mrs ms miss dr ceo cfo coo cto president director manager sales team export")
)


class Passage:
    """A text reduced to its letters and digits. Each of them knows its place in the text, so that it can be quoted."""

    def __init__(self, text):
        self.text = visible(text)
        pairs = [
            (letter, place)
            for place, character in enumerate(self.text)
            for letter in character.casefold()
            if letter.isalnum()
        ]
        self.letters = "".join(letter for letter, _place in pairs)
        self.places = [place for _letter, place in pairs]
        runs = [(match.span(), re.sub(r"[^0-9]", "", match[0])) for match in NUMBER.finditer(self.text)]
        self.numbers = [(span, digits) for span, digits in runs if len(digits) >= SHORT]
        self.parts_of_numbers = {
            digits[at : at + length]
            for _span, digits in self.numbers
            for length in (SHORT, TAIL, 10)
            for at in range(len(digits) - length + 1)
        }

    def starts(self, lengths):
        """All runs of so many letters with which a name could begin here: from each place where a word begins."""
        behind_form = {match.end() for match in AFTER_FORM.finditer(self.text)}
        begins = [
            at
            for at, place in enumerate(self.places)
            if place in behind_form or not _goes_on(self.text[place - 1 : place], self.text[place])
        ]
        return {self.letters[at : at + length] for at in begins for length in lengths}

    def where_name(self, letters, *, anywhere=False):
        """Where in ``text`` a name is spelt, as its first place and the one behind its last; None where it is not.

        A Korean name must begin a word; it need not end one, because particles follow it. Another name must be a
        whole word. ``anywhere`` finds both inside longer words too.
        """
        at = self.letters.find(letters) if letters else -1
        while at >= 0:
            first, last = self.places[at], self.places[at + len(letters) - 1]
            if anywhere or self._stands_alone(first, last):
                return first, last + 1
            at = self.letters.find(letters, at + 1)
        return None

    def where_short(self, letters):
        """Where in ``text`` a name of two letters stands beside a legal form; None where it does not."""
        name = r"\W*".join(letters)
        before = rf"(?:{IN_BRACKETS}|주식회사)\s*{name}"
        behind = rf"\b{name}\s*(?:{IN_BRACKETS}|주식회사|(?:co|inc|corp|ltd|llc|gmbh)\b)"
        match = re.search(f"{before}|{behind}", self.text, re.IGNORECASE)
        return match.span() if match else None

    def where_number(self, digits):
        """Where in ``text`` a number of at least seven digits is written; None where it is not."""
        if digits[-TAIL:] not in self.parts_of_numbers:
            return None
        return next((span for span, run in self.numbers if digits in run), None)

    def name(self, letters, *, anywhere=False):
        """The words of the text that spell a name, given the name's letters; an empty text where none do."""
        span = self.where_name(letters, anywhere=anywhere)
        return self.quote(*span) if span else ""

    def number(self, digits):
        """The words of the text that hold a number; an empty text where none do."""
        span = self.where_number(digits)
        return self.quote(*span) if span else ""

    def quote(self, start, end):
        """The words from one place to another, on one line."""
        return " ".join(self.text[start:end].split())[:QUOTED]

    def _stands_alone(self, first, last):
        before, behind = self.text[:first], self.text[last + 1 : last + 2]
        begins = not _goes_on(before[-1:], self.text[first]) or FORM_BEFORE.search(before)
        return begins and (KOREAN.match(self.text[last]) or not _goes_on(behind, self.text[last]))


def _goes_on(one, other):
    """Whether two neighbouring characters belong to one word."""
    return one.isalnum() and bool(KOREAN.match(one)) == bool(KOREAN.match(other))


def contacts_in(text):
    """The telephone numbers and e-mail addresses in a text, each once, as far as their form tells."""
    text = visible(text)
    return list(dict.fromkeys([*TELEPHONE.findall(text), *EMAIL.findall(text)]))


@lru_cache(maxsize=65_536)
def numbers_of(telephone):
    """The last eight digits of each telephone number in a field. Extensions are too short to be one."""
    found = []
    for part in re.split(r"[^0-9\s()+.‐-―−-]+", visible(telephone)):
        words = [re.sub(r"[^0-9]", "", word) for word in part.split()]
        found += [re.sub(r"[^0-9]", "", part), *words]
    return list(dict.fromkeys(digits[-TAIL:] for digits in found if len(digits) >= SHORT))


@lru_cache(maxsize=65_536)
def spellings_of_address(email):
    """The letters of an e-mail address in each way of writing its “@” and its dots: left out, or as a word."""
    user, _at, host = email.partition("@")
    if not host:
        return []
    return [
        letters_of(user) + at + dot.join(map(letters_of, host.split(".")))
        for at in ("", "at", "골뱅이")
        for dot in ("", "dot", "점")
    ]


def is_telling(letters):
    """Whether a name is so long that it hardly stands inside another word by chance."""
    return len(letters) >= (LEAST + 2 if letters.isascii() else LEAST)


def words_of_contact(contact):
    """The letters of each name of a contact person, titles left out."""
    for letters in map(letters_of, re.split(r"[\s/,·()]+", contact)):
        name = TITLE.sub("", letters)
        if len(name) > 1 and name not in ENGLISH_TITLES:
            yield name
        elif name and name != letters:
            yield letters
