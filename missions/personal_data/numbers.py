"""Whether a registration number belongs to a firm of another body: asked by saving, so limited and recorded."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.fields.validators import registration_digits, validate_registration_number
from missions.models import Access, AccessRecord, Company
from missions.personal_data import accesses

MOST = 20  # numbers a person a day


def answer(number, *, by, address=""):
    """What is said to somebody who registers a firm with a number; an empty text where nothing stands against it.

    A number of a firm that the person may see is not answered here. Each other number is a question, whether it is
    known or not: it is recorded once a day, and after ``MOST`` no further one is answered.
    """
    number = registration_digits(number)
    if not _is_valid(number) or Company.objects.visible_to(by).filter(registration_number=number).exists():
        return ""
    today = AccessRecord.objects.filter(by=by, kind=Access.NUMBER, at__date=timezone.localdate())
    asked = set(today.values_list("reason", flat=True))
    if number not in asked and len(asked) >= MOST:
        return _(
            "You entered %(count)d registration numbers today, and no further one is compared. Leave it empty, or ask "
            "the domestic secretariat."
        ) % {"count": MOST}
    firm = Company.objects.filter(registration_number=number).first()
    if number not in asked:
        accesses.record(Access.NUMBER, firm, by=by, address=address, reason=number)
    return _("This registration number cannot be used here. Ask the domestic secretariat.") if firm else ""


def _is_valid(number):
    try:
        validate_registration_number(number)
    except ValidationError:
        return False
    return True
