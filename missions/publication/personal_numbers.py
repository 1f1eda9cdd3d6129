"""Finds numbers that nobody may write down here: 주민등록번호, 외국인등록번호, 여권번호.

Article 24 of the Personal Information Protection Act names them as unique identifiers; article 24-2 forbids to handle
resident registration numbers without a statute that asks for it.
"""

import datetime
import re

from django.utils import timezone

from missions.publication.names_in_text import visible

# Six digits of a birthday, then seven of which the first tells sex, century and whether a foreigner.
REGISTRATION = re.compile(r"(?<![\d.])(\d{6})(\s?[-‐-―−–~]\s?|\s)?([1-8]\d{6})(?![\d.]*\d)")
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}\d{7,8}|[A-Z]\d{3}[A-Z]\d{4})(?![0-9A-Za-z])", re.IGNORECASE)
PASSPORT_WORD = re.compile(r"여권|passport", re.IGNORECASE)
NEAR = 30  # characters between the word “passport” and its number


def personal_number(text):
    """The first such number in a text, as it is written there; empty where there is none.

    A registration number must begin with a day that has been. Without a sign between its parts it must also have a
    right last digit: customs codes, bar codes and telephone numbers are as long. Numbers of corporations are nobody's.
    A passport's number counts only near the word.
    """
    if not any(map(str.isdigit, text)):
        return ""
    text = visible(text)
    for match in REGISTRATION.finditer(text):
        birth, between, rest = match.groups()
        digits = birth + rest
        if _is_birthday(birth, rest[0]) and (_is_right(digits) or (between and not _is_of_a_corporation(digits))):
            return match[0]
    for match in PASSPORT.finditer(text):
        if PASSPORT_WORD.search(text[max(match.start() - NEAR, 0) : match.end() + NEAR]):
            return match[0]
    return ""


def _is_birthday(digits, kind):
    """Whether six digits are a day in the century that the seventh digit tells: 1, 2, 5, 6 the twentieth."""
    year = (1900 if kind in "1256" else 2000) + int(digits[:2])
    try:
        return datetime.date(year, int(digits[2:4]), int(digits[4:])) <= timezone.localdate()
    except ValueError:
        return False


def _is_of_a_corporation(digits):
    """Whether thirteen digits are a corporation’s (법인등록번호): code of a register, kind, and a right last digit.

    Registers such as 1101 and kinds such as 11 read like the middle of January.
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], (1, 2) * 6, strict=True))
    return digits[2:4] == "01" and digits[4] in "1234" and (10 - total % 10) % 10 == int(digits[12])


def _is_right(digits):
    """Whether the last digit follows from the others. A foreigner's adds two. Numbers given since 2020 have none."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    further = 2 if digits[6] in "5678" else 0
    return ((11 - total % 11) % 10 + further) % 10 == int(digits[12])
