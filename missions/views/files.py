"""Files of published records."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from missions.files import storing
from missions.files.downloads import as_download
from missions.models import PublicFile


def public_file(request, key):
    """A file of a published item, as a download. With the item it is gone."""
    file = get_object_or_404(PublicFile.objects.published(), key=key)
    try:
        return as_download(storing.opened(file.stored_as, storing.PUBLIC), file)
    except FileNotFoundError:
        raise Http404 from None
