"""Particles at the end of Korean words of a query: 베트남에서만 asks for 베트남.

A particle that ends hardly any other word is dropped at once. One that also ends words that have none (평가, 회의,
하노이) is dropped only where the words as typed find nothing and the shorter word finds more; from a place never. Where
they find nothing, words that hold the name of a place are taken apart as well (``place_words.py``).
"""

import re

from missions.search.place_words import apart, may_hold_a_place, without_home

# Particles of place, direction or comparison, with what may follow them; those that mark a part of the sentence.
# Belgium and Niue end like one.
SURE = re.compile(
    r"(?<=..)(?:"
    r"(?:으로부터|로부터|에서부터|에서|에게서|에게|한테서|한테|까지|부터|으로서|으로써|으로|보다|처럼|마다|조차|밖에|이라도)+"
    r"(?:의|은|는|도|만|만은|만이|만의|만도|요|이요|나)?"
    r"|(?<!벨기)(?<!니우)에(?:는|도|만|만은|만의|의|요)?|(?:을|를|은|는)요?"
    r")$"
)
# Endings of other words as well, 평가 and 회의 among them.
PERHAPS = re.compile(
    r"(?<=[가-힣]{2})(?:만은|만이|만의|만도|이라고|라고|이라면|라면|이나|이랑|랑|하고|인데|인가요|이에요|예요|입니다|이요"
    r"|이|가|과|와|의|도|로|만|요|나)$"
)
AROUND = "?!.,:;'\"()“”‘’…"  # signs that stand beside a word
MOST = 4  # words of a query that are looked into


def without_sure_particles(word):
    """A Korean word without particles that hardly end another word; two syllables always stay."""
    return SURE.sub("", word)


def without_particles(text):
    """A text whose words have lost whatever may be a particle."""
    return " ".join(_shorter(word.strip(AROUND)) for word in text.split())


def may_be_cut(text):
    """Whether a query has a word with an ending that may be a particle, or one that may hold the name of a place."""
    words = [without_sure_particles(word.strip(AROUND)) for word in text.split()]
    return any(_shorter(word) != word or may_hold_a_place(word) for word in words)


def as_found(text, places, count):
    """A query that finds nothing, with those of its words shortened of which the shorter form finds more.

    ``places`` are names that are never cut, with the codes of their countries; words that are made of such names are
    taken apart. ``count`` says how many records have a word.
    """
    found, left = [], MOST
    for typed in text.split():
        word = without_sure_particles(typed.strip(AROUND))
        shorter = _shorter(word)
        if names := apart(word, places) or apart(shorter, places):
            found += names
            continue
        may = shorter != word and word not in places and left > 0
        left -= may
        found.append(shorter if may and (shorter in places or count(shorter) > count(word)) else typed)
    return " ".join(without_home(found, places))


def _shorter(word):
    return PERHAPS.sub("", without_sure_particles(word))
