"""Marks the words of a query in a text that was found, and cuts a long text around the first of them.

Each piece of the text is escaped before it is marked: no text brings markup of its own.
"""

import re
import unicodedata
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from missions.search.tokens import BETWEEN, BY_TWO, MOST_TERMS, folded, is_whole, singular, words

BEFORE, LENGTH = 40, 180
INITIALS = 3  # letters
LETTER = rf"[^\W_{BY_TWO}]"  # of a word that is neither Korean, Chinese nor Japanese


def highlighted(text, query):
    """A text as HTML, with the words of a query in ``<mark>``."""
    text = _plain(text)
    return _printed(text, _places(text, query))


def holds(text, query):
    """Whether a text has any word of a query."""
    return bool(_places(_plain(text), query))


def snippet(text, query):
    """The part of a text around the first word of a query, marked, and whether the text has such a word.

    Where it has none, the part is the beginning of the text.
    """
    text = _plain(text)
    places = _places(text, query)
    first = places[0][0] if places else 0
    start = _cut(text, first - BEFORE, first) if first > BEFORE else 0
    end = len(text) if len(text) <= start + LENGTH else _cut(text, start + LENGTH - 30, start + LENGTH)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
    shown = _printed(text[start:end], inside)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else ""), bool(places)


def _plain(text):
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


def _cut(text, first, last):
    """The first place between ``first`` and ``last`` at which a word begins; ``last`` where there is none."""
    blank = text.find(" ", max(first, 0), last)
    return last if blank < 0 else blank + 1


def _places(text, query):
    """The places of the words of a query in a text, as pairs of beginning and end: in order, without overlaps."""
    pattern = _pattern(query)
    if not pattern or not text:
        return []
    folded, origin = _folded(text)
    found = []
    for match in pattern.finditer(folded):
        start, end = match.span(match.lastgroup)
        start, end = origin[start], origin[end - 1] + 1
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


@lru_cache(maxsize=16)
def _pattern(query):
    """Korean words wherever they stand, other words where one begins or as a whole. They may overlap."""
    anywhere, beginning, whole = [], [], []
    for run, by_two in words(query)[:MOST_TERMS]:
        if by_two:
            anywhere.append(f"[{BETWEEN}]*".join(map(re.escape, run)))
        elif is_whole(run):
            single = singular(run)
            whole += [_with_dots(run), re.escape(single), re.escape(single.removesuffix("y") + "ie")]
        else:
            beginning.append(_with_dots(run))
    either = [f"(?P<anywhere>{_longest_first(anywhere)})"] if anywhere else []
    if beginning:
        either.append(rf"(?<!{LETTER})(?P<beginning>{_longest_first(beginning)})")
    if whole:
        either.append(rf"(?<!{LETTER})(?P<whole>{_longest_first(whole)})(?!{LETTER})")
    return re.compile(f"(?={'|'.join(either)})") if either else None


def _with_dots(run):
    """A word, and where it is short enough for initials, what finds it with dots: L.A., U.S.A."""
    return r"\.?".join(map(re.escape, run)) if len(run) <= INITIALS else re.escape(run)


def _longest_first(patterns):
    return "|".join(sorted(patterns, key=len, reverse=True))


def _folded(text):
    """A text as the index reads it, and for each of its characters the place it has in the original text."""
    folded, origin = [], []
    for at, character in enumerate(text):
        plain = _fold(character)
        folded.append(plain)
        origin += [at] * len(plain)
    return "".join(folded), origin


_fold = lru_cache(maxsize=20_000)(folded)


def _printed(text, places):
    """The text with its places marked, every piece escaped."""
    pieces, at = [], 0
    for start, end in places:
        pieces += [text[at:start], format_html("<mark>{}</mark>", text[start:end])]
        at = end
    return format_html_join("", "{}", ([piece] for piece in [*pieces, text[at:]]))
