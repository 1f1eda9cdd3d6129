"""CSV for spreadsheets: UTF-8 with its mark, no cell that a spreadsheet would run, capped.

Each row ends with the licence and the sentence that names the source, so that it keeps them wherever it is put.
"""

import csv
import io
from itertools import islice

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from missions.fields.cells import harmless
from missions.lists.whole_files import sent_whole
from missions.models import LoadedRow

CAP = 50_000
CHUNK = 500


SOURCE = gettext_lazy(
    "“SME support bodies at missions abroad”, this site. Each record names the publications behind it."
)
INVENTED = gettext_lazy("Contains records that were invented for trying this site out: not to be cited.")


def source_to_name():
    """The source that whoever uses the data names, or that invented records are among them and nothing is cited."""
    return INVENTED if LoadedRow.any_invented() else SOURCE


def rights():
    """Licence and source in one line, in the language of the reader."""
    return f"{licence()} · {_('Source')}: {source_to_name()}"


def download_name(name):
    """The name of a file, which says so where invented records are in it."""
    return f"invented-{name}" if LoadedRow.any_invented() else name


def licence():
    """The words of the licence, or that its type is still to be stated."""
    return settings.OPEN_LICENCE or _("open licence (KOGL); its type is not stated yet")


def terms():
    """Licence and source in both languages, as programs read them."""
    told, source = {"url": settings.OPEN_LICENCE_URL or None}, source_to_name()
    for language in ("ko", "en"):
        with override(language):
            told |= {f"name_{language}": str(licence()), f"source_to_be_named_{language}": str(source)}
    return told


def csv_response(request, name, head, rows):
    """A download in the language of the reader, of however many rows."""
    parts = (text.encode() for text in _chunks(head, rows, get_language()))
    response = sent_whole(request, parts, "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{download_name(name)}.csv"'
    if settings.OPEN_LICENCE_URL:
        response["Link"] = f'<{settings.OPEN_LICENCE_URL}>; rel="license"'
    return response


def _chunks(head, rows, language):
    rows = iter(rows)
    with override(language):
        ends = [" ".join(filter(None, [licence(), settings.OPEN_LICENCE_URL])), str(source_to_name())]
        licence_head, source_head = _("Licence"), _("Source to be named")
        text = _lines([[*head, f"{licence_head} [licence]", f"{source_head} [source_to_be_named]"]])
    yield "\ufeff" + text
    while True:
        with override(language):
            text = _lines([*row, *ends] for row in islice(rows, CHUNK))
        if not text:
            return
        yield text


def _lines(rows):
    text = io.StringIO()
    csv.writer(text).writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue()
