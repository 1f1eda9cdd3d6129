"""Which country a list means, by its code and its name."""

import re
from functools import cache
from importlib import resources

from django.utils.translation import gettext as _

from missions.models import Country

# Codes that ended (ISO 3166-3) or are often mistaken, each with what may be meant.
ENDED = {
    "AN": "BQ, CW, SX",
    "BU": "MM",
    "CS": "ME, RS",
    "DD": "DE",
    "FX": "FR",
    "NT": "IQ, SA",
    "SU": "RU",
    "TP": "TL",
    "YD": "YE",
    "YU": "ME, RS",
    "ZR": "CD",
    "UK": "GB",
    "EL": "GR",
    "EN": "GB",
    "JA": "JP",
    "KO": "KR",
}


class UnknownCountry(Exception):
    """No country, or more than one, is meant. The message asks back."""


class Countries:
    """All countries by code and by every name they have."""

    def __init__(self):
        self.by_code, self.by_name = {}, {}
        for country in Country.objects.all():
            self.by_code[country.pk] = country
            for name in (country.name_ko, country.name_en, *country.other_names.split(",")):
                if key := _key(name):
                    self.by_name.setdefault(key, set()).add(country.pk)

    def meant(self, code, name):
        """The code of the country. Raises ``UnknownCountry`` saying what to correct."""
        code = code.upper()
        named = self.by_name.get(_key(name), set())
        if code:
            return self._coded(code, name, named)
        if not name:
            raise UnknownCountry(_("The country is missing."))
        if len(named) > 1:
            raise UnknownCountry(
                _("“%(name)s” may be %(codes)s. Add the ISO code.")
                % {"name": name[:40], "codes": ", ".join(sorted(named))}
            )
        if not named:
            raise UnknownCountry(_("No country is called “%(name)s”. Add the ISO code.") % {"name": name[:40]})
        return next(iter(named))

    def _coded(self, code, name, named):
        if code not in self.by_code:
            if code in ENDED:
                said = _("“%(code)s” is no code of a country (any more). Is %(meant)s meant?")
                raise UnknownCountry(said % {"code": code, "meant": ENDED[code]})
            raise UnknownCountry(
                _("“%(code)s” is no ISO code of a country. It has two letters, such as VN.") % {"code": code[:20]}
            )
        if named and code not in named:
            raise UnknownCountry(
                _("The code %(code)s is %(coded)s, but the name is “%(name)s”. Correct one of them.")
                % {"code": code, "coded": self.by_code[code].name, "name": name[:40]}
            )
        return code


def _key(name):
    return re.sub(r"\(.*?\)|[\s.·,'’-]", "", name).casefold()


@cache
def only_zone_of(code):
    """The time zone of a country that has one alone, by the IANA database; empty for all others."""
    return _zones().get(code, "")


@cache
def _zones():
    lines = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        if line and not line.startswith("#"):
            code, _place, zone = line.split("\t")[:3]
            found.setdefault(code, []).append(zone)
    return {code: zones[0] for code, zones in found.items() if len(zones) == 1}
