"""Korean words that hold the name of a place: 호치민시, 베트남산, 베트남한국대사관.

They are taken apart only where the rest is known as well: 표시 and 생산 stay as they are.
"""

import re

HOME = "KR"  # every mission and every firm is from there: beside another country it tells nothing
SUFFIX = re.compile(r"(?<=[가-힣]{2})(?:시|산)$")  # city, made in
OFFICES = {
    "대사관",
    "총영사관",
    "영사관",
    "대표부",
    "분관",
    "출장소",
    "재외공관",
    "공관",
    "무역관",
    "한인회",
    "상공회의소",
}
TOGETHER = re.compile(r"[가-힣]{4,}")
NAMES_OF_HOME = re.compile("한국|대한민국|korea", re.IGNORECASE)


def without_suffix(word):
    """A word without what may stand behind the name of a place."""
    return SUFFIX.sub("", word)


def may_hold_a_place(word):
    """Whether a word may be taken apart, or left out, where nothing is found. It is asked before places are read."""
    return bool(SUFFIX.search(word) or TOGETHER.fullmatch(word) or NAMES_OF_HOME.match(word))


def apart(word, places):
    """The names that a word is made of, the first of them a place; nothing where it is one name, or holds more."""
    if word in places:
        return []
    if (name := without_suffix(word)) in places:
        return [name]
    names = _names(word, places) or _names(word.removeprefix("주"), places)
    return names if names and names[0] in places else []


def _names(word, places):
    """The known names that a word consists of, or None."""
    if not word:
        return []
    for end in range(len(word), 1, -1):
        if word[:end] in places or word[:end] in OFFICES:
            rest = _names(word[end:], places)
            if rest is not None:
                return [word[:end], *rest]
    return None


def without_home(words, places):
    """Words without the names of Korea where they also name another country."""
    abroad = [word for word in words if places.get(word.casefold(), HOME) != HOME]
    return [word for word in words if places.get(word.casefold()) != HOME] if abroad else words
