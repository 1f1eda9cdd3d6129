"""Whether a public text gives away the firm behind it."""

import re
import unicodedata

from django.utils.translation import gettext as _

from missions.models import Company, Difficulty

TEXTS = ["title", "happened", "done", "lesson"]
DIGITS = 7  # shorter runs of digits are years, codes and amounts


def findings(case, among=None):
    """Sentences that say how the text of a case points to its firm; none where nothing was found.

    ``among``: the difficulties whose firms are counted, all of them unless given. Those who may not see all read
    what follows from what they may see; what is approved is compared with all.

    Looks for the firm's names in both languages, contact person, telephone, e-mail and registration number,
    and whether country, type and sector together fit one firm only. Without a private record there is
    nothing to compare.
    """
    difficulty = Difficulty.objects.filter(case_reference=case.reference).select_related("company").first()
    if difficulty is None:
        return []
    found = _repeated(case, difficulty.company) if difficulty.company else []
    if _alone(case, Difficulty.objects.all() if among is None else among):
        found.append(_("Country, type and sector together fit one firm only."))
    return found


def _repeated(case, company):
    words = [getattr(case, f"{name}_{language}") for name in TEXTS for language in ("ko", "en")]
    words += [text for actor in case.actors.all() for text in (actor.what_ko, actor.what_en)]
    text = _plain(" ".join(words))
    digits = re.sub(r"\D", "", text)
    named = [
        (_("the firm’s name"), [_bare(company.name_ko), _bare(company.name_en)]),
        (_("the contact person"), [company.contact]),
        (_("the e-mail address"), [company.email]),
    ]
    found = [label for label, values in named if any(value and _plain(value) in text for value in values)]
    numbers = [
        (_("the telephone number"), re.sub(r"\D", "", company.telephone)),
        (_("the registration number"), company.registration_number),
    ]
    found += [label for label, number in numbers if len(number) >= DIGITS and number in digits]
    return [_("The text repeats %(what)s.") % {"what": what} for what in found]


def _plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _bare(name):
    """A firm's name without the words that only say what kind of company it is."""
    kinds = r"㈜|㈔|\(주\)|\(유\)|주식회사|유한회사|\b(co\.?,? ?ltd\.?|inc\.?|corp\.?|corporation|llc|limited)(?=\W|$)"
    bare = re.sub(kinds, "", name, flags=re.IGNORECASE).strip(" ,.")
    return bare or name


def _alone(case, among):
    alike = among.filter(country=case.country_id, type=case.type_id)
    if case.sector_id:
        alike = alike.filter(sector=case.sector_id)
    return Company.objects.filter(difficulties__in=alike).distinct().count() == 1
