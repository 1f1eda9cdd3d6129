"""Whom it concerns that a virus was found in a file."""

from missions.messages.notices import notify, posted_to
from missions.models import Because, NoticeKind, User


def tell(attachment):
    """Tell whoever added a file, and whoever works on its difficulty; of one that left, the people of the body.

    Nobody gets the content any more: somebody must ask for the file again.
    """
    record = attachment.difficulty or attachment.meeting or attachment.information
    told = {"by": None, "event": f"infected:{attachment.pk}", "step": "infected"}
    notify(NoticeKind.INFECTED, record, [attachment.added_by], because=Because.ADDED, **told)
    if attachment.difficulty and record.owner:
        notify(NoticeKind.INFECTED, record, [record.owner], because=Because.OWNER, **told)
    elif attachment.difficulty:
        notify(NoticeKind.INFECTED, record, User.objects.handling(record.holder), because=Because.HOLDER, **told)
    elif record.body and not attachment.added_by.is_active:
        notify(NoticeKind.INFECTED, record, posted_to(record.body), because=Because.POSTED, **told)
