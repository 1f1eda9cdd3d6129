"""Names of firms reduced to what they are compared by."""

import re
import unicodedata
from functools import lru_cache

# What a reader does not see, or sees as a dot: some letters of Unicode, and all signs that only control typesetting.
UNSEEN = dict.fromkeys(map(ord, "ㆍᆞ\u115f\u1160\u3164\uffa0\u034f"))
UNSEEN |= {
    code: None
    for codes in (range(0x10000), range(0xE0000, 0xE0080))
    for code in codes
    if unicodedata.category(chr(code)) == "Cf"
}
LEGAL_FORMS = re.compile(
    r"(주식|유한책임|유한|합자|합명)회사|(농업|어업)회사법인|(영농|어업|영어)조합법인|(사단|재단)법인|\(\s*[주유사재]\s*\)"
    r"|\b(ag|bhd|bv|co|company|corp|corporation|gmbh|inc|incorporated|jsc|limited|llc|llp|ltd|plc|pte|pty|pvt|sdn)\b",
    re.IGNORECASE,
)
FORM_BEHIND = re.compile(r"(?<=..)(coltd|pteltd|sdnbhd)$")


def core_of_name(name):
    """A firm’s name without its legal form, spaces and stops, by which it is known again."""
    return re.sub(r"[\s.,\0]+", "", LEGAL_FORMS.sub(" ", unicodedata.normalize("NFKC", name)))[:100]


def visible(text):
    """A text in the normal form of Unicode (NFKC), without signs that nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(UNSEEN)).translate(UNSEEN)


def letters_of(text):
    """The letters and digits of a text, without everything else."""
    return "".join(filter(str.isalnum, visible(text).casefold()))


@lru_cache(maxsize=65_536)
def letters_of_name(name):
    """The letters of a firm's name without its legal form; with it where no more than one letter would be left."""
    bare = FORM_BEHIND.sub("", letters_of(core_of_name(visible(name))))
    return bare if len(bare) > 1 else letters_of(name)
