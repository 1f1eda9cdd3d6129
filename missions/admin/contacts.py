"""Contacts of firms: masked until somebody asks to see one, which is written down."""

import time

from missions.admin.scope import ScopedDelta
from missions.models import Access
from missions.personal_data import accesses
from missions.personal_data.masking import MASKED

COLUMNS = ("masked_contact", "masked_telephone", "masked_email")  # of the form, while the contact is masked
SHOWN_FOR = 10 * 60  # seconds
KEPT = "contacts_shown"  # in the session: until when, by the key of the firm


def is_shown(request, firm):
    """Whether this person asked for the contact of this firm a short while ago."""
    until = request.session.get(KEPT, {}).get(str(firm.pk), 0)
    return until > time.time() and firm.is_reachable_by(request.user)


def may_show(request, firm):
    """Whether the contact is masked for somebody who may read it."""
    return firm.is_reachable_by(request.user) and not is_shown(request, firm)


def show(request, firm):
    """Show the contact of a firm for ten minutes, and write down who saw it, when and from where."""
    accesses.record(Access.CONTACT, firm, by=request.user, address=request.origin)
    now = time.time()
    still = {key: until for key, until in request.session.get(KEPT, {}).items() if until > now}
    request.session[KEPT] = still | {str(firm.pk): now + SHOWN_FOR}


class MaskedDelta(ScopedDelta):
    """Words of a firm's history in which its contact is masked."""

    def prepare_delta_change_value(self, change, value):
        """The value of a changed field, fit to show."""
        value = super().prepare_delta_change_value(change, value)
        return MASKED[change.field](str(value)) if change.field in MASKED else value
