"""Cuts text into the tokens that search compares.

Korean, Chinese and Japanese words stand together without spaces, so a run of them is cut into every two neighbouring
characters: 반덤핑관세 holds 반덤, 덤핑, 핑관 and 관세, and is found by 관세. Longer words are found by every three
neighbouring characters, whatever spaces and dots stand among these: 통관지연 finds 통관 지연. Each character is a
token as well, for words of one.

Of other words every beginning is a token: cust finds customs. A plural also has the beginnings of its singular, and
words are tokens as a whole, for plurals and for words of one or two letters: CE does not find certificates.

A token is spelt in the letters a to p, two a byte; one of three characters by their codes, behind an r. Every database
takes that for one plain word, so all of them find the same, and nothing that somebody typed can reach the syntax of
their queries.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from missions.search.particles import without_sure_particles

HANGUL = r"\u1100-\u11ff\uac00-\ud7a3"
HAN = r"\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
BY_TWO = HANGUL + HAN + KANA
RUN = re.compile(rf"([{BY_TWO}]+)|[^\W_{BY_TWO}]+")
BETWEEN = " ·・"  # may stand inside a longer Korean word, and need not
SPACED = re.compile(rf"[{BY_TWO}]+(?:[{BETWEEN}]+[{BY_TWO}]+)*")
DOTS = dict.fromkeys(map(ord, "ㆍᆞ"), " ")  # letters by Unicode, but written between Korean words as a middle dot
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
THREE = "r"  # begins the tokens of three characters
WHOLE = " "  # begins words that are tokens as a whole, before they are spelt
# Letters that Unicode does not compose of a plain one and a mark.
PLAIN_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})
ACCENT = re.compile("[\u0300-\u036f]")
ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u0370-\u03ff\u1e00-\u1fff]+")  # Latin and Greek
PLURAL = re.compile(r"(?<=[a-z]{3})(?:(?<=[^aeiou])ies|(?:(?<=x)|(?<=ch)|(?<=sh)|(?<=ss))es|(?<=[^siu])s)$")
INITIALS = re.compile(r"(?<![a-z0-9.])[a-z](?:\.[a-z])+(?![a-z0-9])\.?")  # l.a., u.s.
LONGEST_TEXT = 50_000
MOST_BYTES = 1_000_000  # of the tokens of a text with their places: PostgreSQL allows 2 ** 20
PLACE = 4  # bytes
LONGEST_TOKENS = 80  # bytes of tokens that a character may come to, in a word of sixteen letters outside of Latin
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
# The same of a Korean one: “LA 총영사관 전화번호” asks for a consulate, “애로 신고는 어떻게 하나요” for two words.
KOREAN_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "어디 어디에 어디로 어디서 어디에서 누구 누구에게 누구한테 어떻게 무엇 무엇을 뭐 뭘 왜 언제 하나요 되나요 "
        "있나요 인가요 해요 하면 하려면 해야 싶어요 싶습니다 있어요 같아요 주세요 알려주세요 궁금해요 궁금합니다 "
        "때문에 갑자기 전화번호 연락처 전화하나요 전화하려면",
    )
)
IDLE_WORDS = FUNCTION_WORDS | KOREAN_FUNCTION_WORDS


def tokens(*texts):
    """The set of tokens under which texts are found.

    Of a text whose words are so many and so different that PostgreSQL would not take their tokens, the last ones are
    left out.
    """
    text = folded("\n".join(texts)[:LONGEST_TEXT])[:LONGEST_TEXT]
    found = dict.fromkeys(_spelt(piece) for run in _runs(text) for piece in _pieces(*run))
    for match in SPACED.finditer(text):
        found |= dict.fromkeys(_threes(re.sub(f"[{BETWEEN}]", "", match[0])))
    if len(text) * LONGEST_TOKENS <= MOST_BYTES:
        return set(found)
    sizes = accumulate(len(token) + PLACE for token in found)
    return {token for token, size in zip(found, sizes, strict=True) if size <= MOST_BYTES}


def _pieces(run, by_two):
    """What is looked for of a word or a run, but for what is longer than two characters of a run."""
    if by_two:
        return [*twos(run), *run]
    single = singular(run)
    spelt = {run, single}
    beginnings = [word[:length] for word in spelt for length in range(1, min(len(word), LONGEST_WORD) + 1)]
    return [*beginnings, WHOLE + _ending_alike(single)[:LONGEST_WORD]]


def _threes(run):
    """The tokens of every three neighbouring characters, spelt by their codes: that is shorter than by their bytes."""
    codes = [_code(character) for character in run]
    return [THREE + one + two + three for one, two, three in zip(codes, codes[1:], codes[2:], strict=False)]


@lru_cache(maxsize=20_000)
def _code(character):
    return f"{ord(character):x}".translate(LETTERS)


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
    """The words of a query as pairs: what to mark of it in a text, and whether it is Korean, Chinese or Japanese."""
    return [(run[:LONGEST_WORD], by_two) for run, by_two in _meant(text)]


def word(name):
    """The token of a name that is looked up as a whole, and never typed: a kind, the code of a country."""
    return _spelt(name.casefold())


def _asked(text):
    return list(dict.fromkeys(term for run in _meant(text) for term in _cut(*run)))


def _meant(text):
    """The words and runs of a query without what only holds it together, unless it is all there is."""
    runs = list(_runs(folded(text[:LONGEST_QUERY])))
    telling = [
        (without_sure_particles(run) if by_two else run, by_two) for run, by_two in runs if run not in IDLE_WORDS
    ]
    return telling or runs


def parts(text):
    """The words of a query as they were typed, to be looked for one by one.

    Single characters are left out unless the query has nothing else.
    """
    typed = [word.strip("?!.,:;'\"()“”‘’") for word in text[:LONGEST_QUERY].split()]
    telling = [word for word in typed if word.casefold() not in IDLE_WORDS and terms(word)]
    return list(dict.fromkeys(word for word in telling if len(word) > 1) or dict.fromkeys(telling))


def traits(text, most):
    """The first terms of a running text, by two characters, without single ones: those are particles and articles."""
    telling = (run for run in _runs(folded(text[:LONGEST_TEXT])) if len(run[0]) > 1)
    cut = (term for run, by_two in telling for term in (twos(run) if by_two else [run[:LONGEST_WORD]]))
    return list(dict.fromkeys(map(_spelt, cut)))[:most]


def _cut(run, by_two):
    """The terms of a word or a run: what a text must hold to have it."""
    if by_two:
        return _threes(run) or [_spelt(run)]
    return [_spelt(WHOLE + _ending_alike(singular(run))[:LONGEST_WORD] if is_whole(run) else run[:LONGEST_WORD])]


def is_whole(word):
    """Whether a word of a query that is neither Korean, Chinese nor Japanese is not looked for as a beginning."""
    return singular(word) != word or (len(word) <= 2 and word.isalpha())


def folded(text):
    """A text as the index reads it: case, width, composition, accents and the dots of initials do not count."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.translate(DOTS)).casefold())
    text = ACCENTED.sub(lambda letters: _bare(letters[0]), text)
    return INITIALS.sub(lambda initials: initials[0].replace(".", ""), text)


def _bare(letters):
    return ACCENT.sub("", unicodedata.normalize("NFKD", letters.translate(PLAIN_LETTERS)))


def singular(word):
    """An English word without the ending of its plural, as far as that is told by its letters: companies, taxes."""
    match = PLURAL.search(word)
    return word[: match.start()] + ("y" if match[0] == "ies" else "") if match else word


def _ending_alike(word):
    """A singular, spelt so that company and cookie come out as companies and cookies do."""
    return re.sub(r"(?<=[a-z]{2}[^aeiou])ie$", "y", word)


def _runs(text):
    """The words of a folded text and its runs without spaces, as pairs with whether it is a run."""
    for match in RUN.finditer(text):
        yield match[0], match[1] is not None


def twos(run):
    """Every two neighbouring characters of a run, or its only one."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _spelt(token):
    return token.encode().hex().translate(LETTERS)
