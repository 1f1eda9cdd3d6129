"""Telephone numbers as people write them: told from formulas, and made into links that can be dialled."""

import re
from dataclasses import dataclass

# Digits with the signs that people put between them, the first perhaps behind a plus or in brackets.
_NUMBER = r"\+?\s?[(]?[0-9][0-9 ().\-\u2010-\u2013]*"
_EXTENSION = r"(?:[,;]?\s*(?:ext\.?|extension|x|내선|교환)\s*(?:번호)?\s*[:.]?\s*(?P<extension>[0-9]{1,6})(?:번)?)?"
_ONE = re.compile(rf"^\s*(?P<number>{_NUMBER}){_EXTENSION}\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:/|;|,(?!\s*(?:ext|x|내선|교환))|\bor\b|또는|\n)\s*", re.IGNORECASE)
SHORTEST = {"+": 7, "": 3}  # digits of a number, with the code of its country and without it
LONGEST = 15  # digits (ITU-T E.164)


@dataclass(frozen=True)
class Telephone:
    """One number as it is written, and its address (RFC 3966); without an address where it cannot be dialled."""

    text: str
    address: str = ""


def telephones(text):
    """The numbers of a text that holds one or several, in their order. What is no number is kept as it is written."""
    return [_telephone(part.strip()) for part in _BETWEEN.split(text) if part.strip()]


def is_telephone(text):
    """Whether a text is one telephone number or several, and nothing else."""
    found = telephones(text)
    return bool(found) and all(each.address for each in found)


def _telephone(text):
    found = _ONE.match(text)
    number = (
        re.sub(r"[(]\s*0\s*[)]", "", found["number"]) if found else ""
    )  # “+82 (0)2”: dialled from abroad without it
    plus, digits = "+" if number.strip().startswith("+") else "", re.sub(r"[^0-9]", "", number)
    if not (SHORTEST[plus] <= len(digits) <= LONGEST):
        return Telephone(text)
    extension = f";ext={found['extension']}" if found["extension"] else ""
    return Telephone(text, f"tel:{plus}{digits}{extension}")
