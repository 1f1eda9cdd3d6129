"""Checks on single values that no library knows."""

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

import holidays
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils.translation import gettext_lazy as _

YEARS = range(2000, 2101)
FEDERAL = {"US"}  # where missions keep the federal holidays, and no state's
REGISTRATION_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


DASHES = "\\-\u00ad\u2010-\u2015\u2212"  # for a class of a pattern; wide ones are made narrow before


def narrow(value):
    """A text with wide letters, digits and signs made narrow (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", value)


def registration_digits(value):
    """The ten digits of a business registration number, written wide or narrow, with dashes of any kind or without."""
    return re.sub(rf"[\s.{DASHES}]", "", narrow(value))


class RegistrationNumberField(CharField):
    """A form field for a registration number, which may be longer as it is typed than as it is kept."""

    def to_python(self, value):
        """The bare digits, or whatever else was typed."""
        return registration_digits(super().to_python(value))


def validate_registration_number(value):
    """Check a Korean business registration number (사업자등록번호) by its last digit.

    The nine digits before it are weighted 1 3 7 1 3 7 1 3 5; the ninth product also adds its tens.
    Raises ``ValidationError`` where the number is not ten digits or its check digit is wrong.
    """
    digits = registration_digits(value)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValidationError(_("A business registration number has ten digits, for example 123-45-67891."))
    if not int(digits):
        raise ValidationError(_("No firm has a registration number of zeros. Leave it empty when it is not known."))
    numbers = [int(digit) for digit in digits]
    total = sum(number * weight for number, weight in zip(numbers, REGISTRATION_WEIGHTS, strict=False))
    total += numbers[8] * 5 // 10
    if (10 - total % 10) % 10 != numbers[9]:
        raise ValidationError(
            _("The last digit of this business registration number does not fit the others. Check for a typing error.")
        )


def telephone(value):
    """A telephone number with narrow digits and plain hyphens; nothing else of it is changed.

    Raises ``ValidationError`` where it has no number, or a spreadsheet has made another one of it: 10-1234-5678, or
    1.0E+09.
    """
    written = re.sub(f"[{DASHES}]", "-", narrow(value)).strip()
    if written and not re.search(r"[0-9](?:[^0-9]?[0-9]){2}", written):
        raise ValidationError(
            _("“%(typed)s” has no telephone number. Write it as 02-1234-5678 or +84-24-1234-5678."),
            params={"typed": written[:40]},
        )
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", written, re.IGNORECASE):
        raise ValidationError(_("A spreadsheet has shortened this number. Write all of its digits."))
    if re.fullmatch(r"(?:1[016-9]|2|[3-6][1-5]|70)(?:[0-9]{7,8}|-[0-9]{3,4}-[0-9]{4})", written):
        sentence = _(
            "Is 0%(number)s meant? A spreadsheet drops the zero. Write it, or the country code with a plus sign."
        )
        raise ValidationError(sentence, params={"number": written})
    return written


def split_codes(value):
    """HS codes from one line of text, separated by commas, semicolons, slashes or spaces, without dots and dashes."""
    return [_bare(code) for code in _as_typed(value)]


def _as_typed(value):
    return [code for code in re.split(r"[,;/、\s]+", narrow(value).strip()) if code]


def _bare(code):
    return re.sub(rf"[.{DASHES}]", "", code)


def is_hs_code(code):
    """Whether a code has the form of an HS code: two, four, six, eight or ten digits."""
    return bool(re.fullmatch(r"(?:[0-9]{2}){1,5}", code))


def validate_hs_codes(value):
    """Check the form of HS codes: an even number of digits, two to ten.

    Raises ``ValidationError`` naming the wrong one. Three digits are chapter 9 without its zero as likely as chapter 90
    cut off: they are asked back.
    """
    for typed in _as_typed(value):
        code = _bare(typed)
        if re.fullmatch(r"[0-9]{3,9}", code) and len(code) % 2:
            raise ValidationError(
                _("“%(code)s” has an odd number of digits. Is %(perhaps)s meant? Write 2, 4, 6, 8 or 10 digits."),
                params={"code": typed[:20], "perhaps": f"0{code}"},
            )
        if not is_hs_code(code):
            raise ValidationError(
                _("“%(code)s” is not an HS code. Write 2 to 10 digits each, separated by commas."),
                params={"code": typed[:20]},
            )


def validate_time_zone(value):
    """Check that the IANA time zone database has this name. Raises ``ValidationError`` where not."""
    if value not in _time_zones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Write a name such as Asia/Singapore."),
            params={"zone": value[:40]},
        )


@cache
def _time_zones():
    return available_timezones()  # it walks through some hundred files


def validate_subdivision(value):
    """Check a code of ISO 3166-2, such as DE-HE, and that the ``holidays`` library knows it.

    Raises ``ValidationError`` with the codes that it knows of the country.
    """
    country, _hyphen, part = value.partition("-")
    try:
        known = holidays.country_holidays(country).subdivisions
    except NotImplementedError:
        known = ()
    if part not in known:
        codes = ", ".join(f"{country}-{code}" for code in known if code.isalnum()) or "–"
        raise ValidationError(
            _("No calendar of public holidays is known for “%(code)s”. Known there: %(known)s."),
            params={"code": value[:10], "known": codes},
        )


def validate_day(value):
    """Check that a day or moment lies in the years of the programme. Raises ``ValidationError`` for a slip."""
    if value.year not in YEARS:
        raise ValidationError(_("Write a day from 2000 to 2100. Check the year for a typing error."))


def is_key(text):
    """Whether a text of an address or a form may be the key of a row."""
    return text.isdecimal() and len(text) < 19
