"""Amounts as Koreans write them: 5억, 3천만, 1만 5천, 1,200,000.50."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.forms import DecimalField, TextInput
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import narrow

LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
SMALL = {"천": 1000, "백": 100, "십": 10}
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
PLAIN = re.compile(rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|{NUMBER}")
COUNTED = re.compile("".join(rf"(?:({NUMBER})?({unit}))?" for unit in SMALL) + f"({NUMBER})?")
NOT_AN_AMOUNT = _(
    "Write the amount in digits, such as 500,000,000, or as 5억 or 1만 5천. The currency has its own field."
)
DOUBTFUL = _("Is %(one)s meant, or %(other)s? Write the amount in digits.")


def amount(text):
    """The amount that a text says, as a ``Decimal``.

    Raises ``ValidationError`` for what is none, such as 1,50 or $5, and asks back for what may be two: 1억 5천 mostly
    means 150,000,000, and says 100,005,000.
    """
    rest = re.sub(r"\s+", "", narrow(text)).removesuffix("원")
    if not rest:
        raise ValidationError(NOT_AN_AMOUNT, code="invalid")
    total, last = Decimal(0), 1
    for unit, counts in LARGE.items():
        before, found, behind = rest.partition(unit)
        if found:
            total, last, rest = total + _small(before or "1") * counts, counts, behind
    if not rest:
        return total
    units = _small(rest)
    if last > LARGE["만"] and units < LARGE["만"]:
        either = {"one": f"{total + units * (last // 10**4):,.0f}", "other": f"{total + units:,.0f}"}
        raise ValidationError(DOUBTFUL, code="invalid", params=either)
    return total + units


def _small(part):
    """What stands before 만, 억 or 조, or behind the last of them: digits, or digits with 천, 백 and 십."""
    if PLAIN.fullmatch(part):
        return Decimal(part.replace(",", ""))
    found = COUNTED.fullmatch(part)
    if not found:
        raise ValidationError(NOT_AN_AMOUNT, code="invalid")
    *counted, units = found.groups()
    total = Decimal(units or 0)
    for number, unit in zip(counted[::2], counted[1::2], strict=True):
        total += Decimal(number or 1) * SMALL[unit] if unit else 0
    return total


class AmountField(DecimalField):
    """A form field for an amount. A browser's own field for numbers would drop 억 without a word and keep the 5."""

    widget = TextInput({"inputmode": "decimal"})

    def to_python(self, value):
        """The amount, or None for an empty text. Raises ``ValidationError``."""
        typed = isinstance(value, str) and value.strip()
        return super().to_python(str(amount(value)) if typed else value)
