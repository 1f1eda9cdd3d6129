"""Copies of files for the public: made when an item is published, erased when it is withdrawn."""

import io

from django.utils.translation import gettext as _

from missions.files import storing
from missions.files.attaching import why_not_open
from missions.files.cleaning import public_copy
from missions.files.unfit import Unfit
from missions.models import PublicFile


def offered(item):
    """The files of an item, each with what its copy would still tell, and why there can be none."""
    for attachment in item.attachments.present():
        try:
            yield attachment, _copy(attachment)[1], ""
        except Unfit as unfit:
            yield attachment, "", str(unfit)


def _copy(attachment):
    """The content for the public, and what it still tells. Raises ``Unfit``."""
    if why_not := why_not_open(attachment):
        raise Unfit(why_not)
    try:
        with storing.opened(attachment.stored_as) as file:
            return public_copy(file.read(), attachment.kind)
    except FileNotFoundError:
        raise Unfit(_("The content of this file is lost. Tell whoever runs this site.")) from None


def make_public(item, attachments):
    """Write copies of some files of an item. Returns their rows. Raises ``Unfit`` where there can be none.

    To be asked in the transaction that publishes the item.
    """
    return [_kept(item, attachment) for attachment in attachments]


def _kept(item, attachment):
    content = io.BytesIO(_copy(attachment)[0])
    return PublicFile.objects.create(
        key=attachment.key,
        information=item,
        name=attachment.name,
        kind=attachment.kind,
        size=len(content.getvalue()),
        sha256=storing.checksum(content),
        stored_as=storing.keep(content, storing.PUBLIC),
    )


def take_back(item):
    """Erase the copies of an item, once the transaction is written that withdraws it."""
    files = item.public_files.all()
    storing.erase(*files.values_list("stored_as", flat=True), where=storing.PUBLIC)
    files.delete()
