"""Status codes: how one follows from its seed, how it is written and read, and by what the database finds it.

A code is 29 letters and a check letter, 131 bits, in groups of five. The letters are those of references with 2 and 8:
23 that nobody takes for one another, and a prime number, so that the check letter finds every wrong letter and every
two that changed places. A table has the seed and the digest only; who lacks the key makes no code of them
(``docs/adr/0045``).
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ALPHABET = "2346789CDFGHJKMNPRTVWXY"
LETTERS, GROUP = 29, 5  # without the check letter
LENGTH = LETTERS + 1
ROOT = 5  # its powers are all numbers from 1 to 22, so that no two neighbours weigh the same
WEIGHTS = [pow(ROOT, place, len(ALPHABET)) for place in range(LENGTH)]
TAKEN_FOR = str.maketrans("ZB", "28")  # letters of no code, by the one that they are written for
REFERENCE = re.compile(r"[A-Z]{2,4}-[0-9]{2}-[0-9A-Z]{3,6}(-[0-9]{1,3})?")  # as a receipt prints it above the code
BETWEEN = re.compile(r"[\s\-‐-―−ー_.·:]+")


def new_seed():
    """A seed that nobody guesses."""
    return secrets.token_hex(32)


def codes_of(seed):
    """The codes of a seed: by the key in force, then by each former one."""
    return [_code(key, seed) for key in _keys("status code seed")]


def digest(code):
    """By what the database finds a code, with the key in force."""
    return digests(code)[0]


def digests(code):
    """By what it may be found: with the key in force, then with each former one."""
    return [hmac.new(key, code.encode(), hashlib.sha256).hexdigest() for key in _keys("status code")]


def grouped(code):
    """A code as it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed):
    """The code that somebody typed, in whatever case, width and groups.

    Raises ``ValidationError``, fit to show, where it is not one: it was mistyped, whether or not there is such a code.
    """
    code = BETWEEN.sub("", unicodedata.normalize("NFKC", typed).upper()).translate(TAKEN_FOR)
    if REFERENCE.fullmatch(unicodedata.normalize("NFKC", typed).strip().upper()):
        sentence = _("This is the reference of the report. Type the status code, which stands on the receipt too.")
        raise ValidationError(sentence, code="reference")
    if len(code) != LENGTH:
        sentence = ngettext(
            "A code has %(length)d signs, and this is %(count)d. Look at the receipt again.",
            "A code has %(length)d signs, and these are %(count)d. Look at the receipt again.",
            len(code),
        )
        raise ValidationError(sentence % {"length": LENGTH, "count": len(code)}, code="length")
    if other := sorted(set(code) - set(ALPHABET)):
        sentence = _("No code has the sign “%(sign)s”. Look at the receipt again.")
        raise ValidationError(sentence % {"sign": other[0]}, code="sign")
    if _sum(code) != 0:
        sentence = _("One sign is wrong, or two changed places. Compare group by group with the receipt.")
        raise ValidationError(sentence, code="check")
    return code


def _code(key, seed):
    number = int.from_bytes(hmac.digest(key, seed.encode(), "sha256"))
    letters = ""
    for _place in range(LETTERS):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    missing = -_sum(letters) * pow(WEIGHTS[LETTERS], -1, len(ALPHABET)) % len(ALPHABET)
    return letters + ALPHABET[missing]


def _sum(letters):
    """The weighed sum of letters; nothing for those of a whole code."""
    values = zip(WEIGHTS, map(ALPHABET.index, letters), strict=False)
    return sum(weight * value for weight, value in values) % len(ALPHABET)


def _keys(purpose):
    """The keys that follow from the settings, the one in force first."""
    given = [settings.STATUS_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        hashlib.blake2b(secret.encode(), digest_size=32, person=purpose.encode()).digest()
        for secret in dict.fromkeys(filter(None, given))
    ]
