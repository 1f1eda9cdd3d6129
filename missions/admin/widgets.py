"""Inputs of the staff desk, and what its forms have in common."""

import re

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import DateInput, DateTimeInput, Select


class WholeTexts:
    """Part of a form whose inputs take whatever is pasted into them.

    A browser cuts at ``maxlength`` without a word. The server says what is too long, and shows all of it again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class MonthInput(DateInput):
    """A month, without a day."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m")


class MomentInput(DateTimeInput):
    """A day and a time in one field, named by one label."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


USUAL = ["KRW", "USD", "EUR", "JPY", "CNY"]
CURRENCIES = re.findall(
    r"\w+",
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY "
    "TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG",
)


class CurrencySelect(Select):
    """The currencies of ISO 4217, the usual ones first, and whatever else the field holds."""

    def __init__(self, attrs=None):
        super().__init__(attrs, [("", "---------"), *((code, code) for code in [*USUAL, *CURRENCIES])])

    def optgroups(self, name, value, attrs=None):
        """The choices, and one more for a value that is none of them."""
        known = {code for code, _label in self.choices}
        self.choices = [*self.choices, *((code, code) for code in value if code not in known)]
        return super().optgroups(name, value, attrs)


LONGEST_NUMBER = 18  # digits that every database takes for a key


class KnownKeys:
    """Shows a form again although a key was posted that cannot be one; the field's own error explains it."""

    def optgroups(self, name, value, attr=None):
        """Look up only what may be a key."""
        return super().optgroups(name, [key for key in value if self._may_be_key(key)], attr)

    def _may_be_key(self, key):
        try:
            self.field.target_field.to_python(key)
        except ValidationError:
            return False
        return "\0" not in str(key) and len(str(key)) <= (self.field.target_field.max_length or LONGEST_NUMBER)


class ChooseOne(KnownKeys, AutocompleteSelect):
    """The chooser of one row."""


class ChooseSeveral(KnownKeys, AutocompleteSelectMultiple):
    """The chooser of several rows, without the “clear” sign that breaks its list for screen readers."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Attributes of the ``<select>``."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
