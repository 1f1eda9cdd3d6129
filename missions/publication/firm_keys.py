"""Keeps the keys by which a text finds the firms that it points to, without looking at each of them.

A key begins with the first letters of a name. A text asks for the keys that begin as its own words do: one question,
however many firms there are. Whoever writes a firm calls ``keep`` afterwards.
"""

from django.db import transaction

from missions.fields.firm_names import skeletons
from missions.models import Company, FirmKey, FirmKeyKind
from missions.publication.names_in_text import (
    FORMS_BEFORE,
    FORMS_BEHIND,
    LEAST,
    numbers_of,
    spellings_of_address,
)

LENGTHS = range(LEAST, 7)  # letters of a start: of a longer name the first six, a shorter one whole
FACTS = ["name_ko", "name_en", "email", "telephone", "registration_number"]
LONGEST = 250  # letters of a name that are compared
BATCH = 500


def keep(*firms):
    """Bring the keys of firms that were just written up to what these are, and to all that they ever were."""
    for start in range(0, len(firms), BATCH):
        _write([firm.pk for firm in firms[start : start + BATCH]])


def rebuild():
    """Write the keys of every firm anew, deleted ones included as long as their history is kept. Returns how many."""
    known = set(Company.objects.values_list("pk", flat=True)) | set(
        Company.history.order_by().values_list("id", flat=True).distinct()
    )
    FirmKey.objects.exclude(firm__in=Company.history.order_by().values("id")).exclude(
        firm__in=Company.objects.values("pk")
    ).delete()
    firms = sorted(known)
    for start in range(0, len(firms), BATCH):
        _write(firms[start : start + BATCH])
    return FirmKey.objects.count()


@transaction.atomic
def _write(firms):
    due = set()
    for table, key in ((Company.objects.filter(pk__in=firms), "pk"), (Company.history.filter(id__in=firms), "id")):
        for firm, *facts in table.order_by().values_list(key, *FACTS).distinct():
            due.update((firm, *key) for key in _keys(*facts))
    stored = {
        (firm, *key): pk
        for pk, firm, *key in FirmKey.objects.filter(firm__in=firms).values_list("pk", "firm", "kind", "start", "value")
    }
    FirmKey.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in due]).delete()
    new = [FirmKey(firm=firm, kind=kind, start=start, value=value) for firm, kind, start, value in due - stored.keys()]
    FirmKey.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)


def _keys(name_ko, name_en, email, telephone, registration_number):
    """Kind, start and value of each key of a firm. A name of two letters is in too much to count by itself."""
    for letters in (*skeletons(name_ko), *skeletons(name_en)):
        if len(letters) >= LEAST:
            yield FirmKeyKind.NAME, letters[: LENGTHS[-1]], letters[:LONGEST]
        else:
            for start in (*(form + letters for form in FORMS_BEFORE), *(letters + form for form in FORMS_BEHIND)):
                yield FirmKeyKind.SHORT, start[: LENGTHS[-1]], letters
    for spelling in spellings_of_address(email):
        yield FirmKeyKind.EMAIL, spelling[: LENGTHS[-1]], email
    for digits in numbers_of(telephone):
        yield FirmKeyKind.TELEPHONE, digits, digits
    if registration_number:
        yield FirmKeyKind.REGISTRATION, registration_number, registration_number
