"""Cuts text into the tokens that search compares.

Korean, Chinese and Japanese words stand together without spaces, so a run of them is cut into every two
neighbouring characters: 반덤핑관세 holds 반덤, 덤핑, 핑관 and 관세, and is found by 관세. Each character is a token as
well, for words of one. Other words stay whole and are found by their beginning.

A token is spelt in the letters a to p, two a byte. Every database takes that for one plain word, so all of them
find the same, and nothing that somebody typed can reach the syntax of their queries.
"""

import re
import unicodedata

HANGUL = r"\u1100-\u11ff\uac00-\ud7a3"
HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
BY_TWO = HANGUL + HAN + KANA
RUN = re.compile(rf"([{BY_TWO}]+)|[^\W_{BY_TWO}]+")
DOTS = dict.fromkeys(map(ord, "ㆍᆞ"), " ")  # letters by Unicode, but written between Korean words as a middle dot
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
LONGEST_TEXT = 50_000  # its tokens stay below the megabyte that PostgreSQL allows
LONGEST_WORD = 32
LONGEST_QUERY = 200
MOST_TERMS = 24
BEGINNING = "*"  # ends a term that stands for the beginning of tokens


def tokens(*texts):
    """The set of tokens under which texts are found."""
    found = set()
    for run, by_two in _runs("\n".join(texts), LONGEST_TEXT):
        if by_two:
            found.update(twos(run), run)
        else:
            found.add(run[:LONGEST_WORD])
    return {_spelt(token) for token in found}


def terms(text):
    """What a text must have to be an answer to a query; nothing where the query has no letter and no digit."""
    return _asked(text)[:MOST_TERMS]


def has_every(asked, *texts):
    """Whether texts hold every term of a query, as the databases would find it."""
    held = tokens(*texts)
    return all(
        any(token.startswith(term[:-1]) for token in held) if term.endswith(BEGINNING) else term in held
        for term in asked
    )


def is_cut(text):
    """Whether a query is longer than what ``terms`` looks at."""
    return len(text) > LONGEST_QUERY or len(_asked(text)) > MOST_TERMS


def words(text):
    """The words of a query as pairs: what to mark of it in a text, and whether it is cut by two characters."""
    return [(run[:LONGEST_WORD], by_two) for run, by_two in _runs(text, LONGEST_QUERY)]


def word(name):
    """The token of a name that is looked up as a whole, and never typed: a kind, the code of a country."""
    return _spelt(name.casefold())


def _asked(text):
    found = []
    for run, by_two in _runs(text, LONGEST_QUERY):
        if by_two:
            found += [_spelt(two) for two in twos(run)]
        else:
            found.append(_spelt(run[:LONGEST_WORD]) + BEGINNING)
    return list(dict.fromkeys(found))


def traits(text, most):
    """The first terms of a running text, without single characters: those are particles and articles."""
    found = []
    for run, by_two in _runs(text, LONGEST_TEXT):
        if len(run) > 1:
            found += [_spelt(two) for two in twos(run)] if by_two else [_spelt(run[:LONGEST_WORD]) + BEGINNING]
    return list(dict.fromkeys(found))[:most]


def _runs(text, longest):
    """Pairs: a word or a run without spaces, and whether it is the latter. Case, width and composition do not count."""
    text = unicodedata.normalize("NFKC", text[:longest].translate(DOTS)).casefold()
    for match in RUN.finditer(unicodedata.normalize("NFKC", text)[:longest]):
        yield match[0], match[1] is not None


def twos(run):
    """Every two neighbouring characters of a run, or its only one."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _spelt(token):
    return token.encode().hex().translate(LETTERS)
