"""Finds the firm of a row: by its registration number, or by its name without legal form, spaces and signs."""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from missions.admin.imports.examine import Wrong
from missions.fields.firm_names import skeletons
from missions.fields.text import one_line
from missions.fields.validators import registration_digits
from missions.models import Company
from missions.personal_data import numbers

SHOWN = 4
COLUMNS = {
    "name_ko": "company_name",
    "registration_number": "company_number",
    "contact": "contact",
    "telephone": "telephone",
    "email": "email",
}


@dataclass
class Found:
    """The firm of a row, whether it is to be made, and what is said of it."""

    firm: Company | None = None
    is_new: bool = False
    said: list = field(default_factory=list)


def of_row(cells, known, user, address, body):
    """The firm that a row names; none where it names none. ``known``: the firms that the user may see.

    Raises ``Wrong`` where it cannot be told, or is wrong.
    """
    given = {name: one_line(cells.get(column, "")) for name, column in COLUMNS.items()}
    if not any(given.values()):
        return Found()
    given["registration_number"] = registration_digits(given["registration_number"])
    if given["registration_number"] and (
        firm := known.filter(registration_number=given["registration_number"]).first()
    ):
        return Found(firm, said=_other_name(firm, given["name_ko"]))
    if not given["name_ko"]:
        said = _("Write the name of the firm too: none with this number is known to you.")
        raise _refused("company_name", said, Company(**given))
    alike = list(known.perhaps(Company(name_ko=given["name_ko"]))[: SHOWN * 4])
    same = [firm for firm in alike if _is_named(firm, given["name_ko"]) and _fits(firm, given["registration_number"])]
    if len(same) > 1:
        said = _("Several firms have this name. Write the registration number.")
        raise _refused("company_number", said, Company(**given))
    if same:
        return Found(same[0])
    return _new(given, alike, user, address, body)


def exact(name, number, user):
    """Firms of exactly this name, as far as a number does not tell them apart."""
    alike = Company.objects.visible_to(user).perhaps(Company(name_ko=name))[: SHOWN * 4]
    return [firm for firm in alike if _is_named(firm, name) and _fits(firm, number)]


def usable(number, user, address, said):
    """The number, or nothing where it may not be kept or compared; then a sentence says so."""
    if number and (why := numbers.answer(number, by=user, address=address)):
        said.append(_("The registration number is left out: %(why)s") % {"why": why})
        return ""
    return number


def _new(given, alike, user, address, body):
    said = []
    if alike:
        names = ", ".join(firm.told_apart for firm in alike[:SHOWN])
        said.append(_("A firm is entered although similar ones are known: %(names)s.") % {"names": names})
    firm = Company(body=body, **given)
    if wrong := _mistakes(firm):
        (name, why), *others = wrong
        raise Wrong(name, why, *others)
    firm.registration_number = usable(firm.registration_number, user, address, said)
    return Found(firm, True, [*said, _("The firm is entered as a new one.")])


def _mistakes(firm):
    """What is wrong with a firm that is to be entered: pairs of a column and a sentence."""
    try:
        firm.full_clean(exclude=["body", "sector"], validate_unique=False, validate_constraints=False)
    except ValidationError as refused:
        said = {"name_ko" if name == NON_FIELD_ERRORS else name: why for name, why in refused.message_dict.items()}
        return [(COLUMNS.get(name, name), " ".join(why)) for name, why in said.items()]
    return []


def _refused(name, said, firm):
    """A refusal for one column, with what is wrong in the others."""
    return Wrong(name, said, *(part for part in _mistakes(firm) if part[0] != name))


def _is_named(firm, name):
    wanted = set(skeletons(name))
    return bool(wanted & {*skeletons(firm.name_ko), *skeletons(firm.name_en)})


def _fits(firm, number):
    return not number or not firm.registration_number or firm.registration_number == number


def _other_name(firm, name):
    if not name or _is_named(firm, name):
        return []
    return [_("The firm with this number is entered as %(name)s.") % {"name": firm.name_ko}]
