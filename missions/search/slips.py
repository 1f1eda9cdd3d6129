"""Names of places that are one slip away from what was typed: 배트남, Vietnm. They are offered, never searched."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from missions.search.other_names import place_names
from missions.search.particles import AROUND, without_sure_particles
from missions.search.tokens import HANGUL, LONGEST_QUERY, folded

KOREAN = re.compile(f"[{HANGUL}]")
LEAST_SYLLABLES, LEAST_LETTERS = 3, 4  # of a word that is compared
MOST_WORDS = 8  # of a query that are looked at
MOST = 3  # names that are offered


@dataclass
class Similar:
    """A known name, and the query with it in the place of what was typed."""

    name: str
    query: str
    address: str = ""


def similar_names(text):
    """The names that are one slip away from a word of a query, or from all of it; none for a word that is known."""
    names = {folded(name): name for name, _code in place_names()}
    typed = text[:LONGEST_QUERY].split()
    found = {}
    for at, end in [(0, len(typed)), *((at, at + 1) for at in range(min(len(typed), MOST_WORDS)))]:
        word = folded(without_sure_particles(" ".join(typed[at:end]).strip(AROUND)))
        if word in names or len(word) < (LEAST_SYLLABLES if KOREAN.search(word) else LEAST_LETTERS):
            continue
        for known, name in names.items():
            if is_one_slip(_letters(word), _letters(known)):
                found.setdefault(name, Similar(name, " ".join([*typed[:at], name, *typed[end:]])))
    return list(found.values())[:MOST]


def is_one_slip(one, other):
    """Whether two words differ by one letter more, less or other, or by two near ones that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    exchanged = len(one) <= 3 and one[-1:] + one[1:-1] + one[:1] == other
    return max(len(one), len(other)) <= 1 or (len(one) > 1 and exchanged)


def _shared(one, other):
    """How many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=4000)
def _letters(word):
    """The letters of a word, of which a Korean syllable has two or three."""
    return unicodedata.normalize("NFD", word)
