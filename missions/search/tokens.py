"""Cuts text into the tokens that search compares.

Korean, Chinese and Japanese words stand together without spaces, so a run of them is cut into every two
neighbouring characters: 반덤핑관세 holds 반덤, 덤핑, 핑관 and 관세, and is found by 관세. Each character is a token as
well, for words of one. Of other words every beginning is a token: cust finds customs.

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
LONGEST_WORD = 16  # letters that tell a word; what follows them does not count
LONGEST_QUERY = 200
MOST_TERMS = 24
# What holds an English question together, and no text need have: “customs in Vietnam” asks for two words.
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by can did do does for from had has have how i in is it its me my not of on or our "
        "that the their they this to was we were what when where which who why with",
    )
)
# Particles at the end of a Korean word of three syllables and more: 베트남에서 asks for 베트남.
PARTICLE = re.compile(r"(?<=..)(에서|에게|까지|부터|으로|을|를|은|는|에)$")
# Many words end in these as well, 평가 and 회의 among them.
LIKE_PARTICLE = re.compile(rf"(?<=[{HANGUL}]{{2}})(이|가|과|와|의|도|로)(?![{HANGUL}])")


def tokens(*texts):
    """The set of tokens under which texts are found."""
    found = set()
    for run, by_two in _runs("\n".join(texts), LONGEST_TEXT):
        if by_two:
            found.update(twos(run), run)
        else:
            found.update(run[:length] for length in range(1, min(len(run), LONGEST_WORD) + 1))
    return {_spelt(token) for token in found}


def terms(text):
    """What a text must have to be an answer to a query; nothing where the query has no letter and no digit."""
    return _asked(text)[:MOST_TERMS]


def has_every(asked, *texts):
    """Whether texts hold every term of a query, as the databases would find it."""
    return tokens(*texts).issuperset(asked)


def is_cut(text):
    """Whether a query is longer than what ``terms`` looks at."""
    return len(text) > LONGEST_QUERY or len(_asked(text)) > MOST_TERMS


def words(text):
    """The words of a query as pairs: what to mark of it in a text, and whether it is cut by two characters."""
    return [(run[:LONGEST_WORD], by_two) for run, by_two in _meant(text)]


def word(name):
    """The token of a name that is looked up as a whole, and never typed: a kind, the code of a country."""
    return _spelt(name.casefold())


def _asked(text):
    return list(dict.fromkeys(term for run in _meant(text) for term in _cut(*run)))


def _meant(text):
    """The words and runs of a query without what only holds it together, unless it is all there is."""
    runs = list(_runs(text, LONGEST_QUERY))
    telling = [(PARTICLE.sub("", run) if by_two else run, by_two) for run, by_two in runs if run not in FUNCTION_WORDS]
    return telling or runs


def parts(text):
    """The words of a query as they were typed, to be looked for one by one.

    Single characters are left out unless the query has nothing else.
    """
    typed = [word.strip("?!.,:;'\"()“”‘’") for word in text[:LONGEST_QUERY].split()]
    telling = [word for word in typed if word.casefold() not in FUNCTION_WORDS and terms(word)]
    return list(dict.fromkeys(word for word in telling if len(word) > 1) or dict.fromkeys(telling))


def without_particles(text):
    """A query without the endings that may be particles, for a query that finds nothing as it was typed."""
    return LIKE_PARTICLE.sub("", text)


def traits(text, most):
    """The first terms of a running text, without single characters: those are particles and articles."""
    telling = (run for run in _runs(text, LONGEST_TEXT) if len(run[0]) > 1)
    return list(dict.fromkeys(term for run in telling for term in _cut(*run)))[:most]


def _cut(run, by_two):
    """The terms of a word or a run: what a text must hold to have it."""
    return map(_spelt, twos(run) if by_two else [run[:LONGEST_WORD]])


def _runs(text, longest):
    """The words of a text and its runs without spaces, as pairs with whether it is a run.

    Case, width and composition of letters do not count.
    """
    text = unicodedata.normalize("NFKC", text[:longest].translate(DOTS)).casefold()
    for match in RUN.finditer(unicodedata.normalize("NFKC", text)[:longest]):
        yield match[0], match[1] is not None


def twos(run):
    """Every two neighbouring characters of a run, or its only one."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _spelt(token):
    return token.encode().hex().translate(LETTERS)
