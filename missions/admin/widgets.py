"""Inputs of the staff desk, and what its forms have in common."""

import re
from collections import defaultdict

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
        return super().optgroups(name, [key for key in value if self.may_be_key(key)], attr)

    def may_be_key(self, key):
        """Whether what was posted could be the key of a row."""
        try:
            self.field.target_field.to_python(key)
        except ValidationError:
            return False
        return "\0" not in str(key) and len(str(key)) <= (self.field.target_field.max_length or LONGEST_NUMBER)


class ChooseOne(KnownKeys, AutocompleteSelect):
    """The chooser of one row. ``rows`` are those to be chosen by their keys, where ``read_together`` read them."""

    rows = None

    def optgroups(self, name, value, attr=None):
        """The row that is chosen, and nothing where there need be none."""
        if self.rows is None:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance
        chosen = [(row.pk, label(row), True) for key in value if (row := self.rows.get(key))]
        options = [*chosen] if self.is_required else [("", "", False), *chosen]
        return [(None, [self.create_option(name, *option, at) for at, option in enumerate(options)], 0)]


def read_together(forms):
    """Read what the choosers of forms of one kind show, each field with one query instead of one a form.

    A form may offer a row that the first one does not: its chooser asks for it by itself.
    """
    choosers = defaultdict(list)
    for form in forms:
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, ChooseOne):
                choosers[name].append((widget, str(form[name].value() or "")))
    for found in choosers.values():
        first, _key = found[0]
        keys = {key for _widget, key in found if key and first.may_be_key(key)}
        rows = {str(row.pk): row for row in first.choices.queryset.filter(pk__in=keys)} if keys else {}
        for widget, key in found:
            widget.rows = rows if not key or key in rows else None


class ChooseSeveral(KnownKeys, AutocompleteSelectMultiple):
    """The chooser of several rows, without the “clear” sign that breaks its list for screen readers."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Attributes of the ``<select>``."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
