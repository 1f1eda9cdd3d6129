"""The copy of a file that the public gets: without author, firm, place and time that programs wrote beside the content.

Pictures keep what is shown, documents lose their properties, a PDF loses its document information where that stands
readable. What cannot be taken out is said to whoever publishes. Comments and tracked changes tell who said what before
the text was final: a document with any is not published.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from missions.files import pdf, pictures
from missions.files.unfit import Unfit
from missions.models import FileKind

OFFICE = (FileKind.DOCX, FileKind.XLSX, FileKind.PPTX)
COMMENTS = re.compile(
    r"(^|/)(comments\d*\.xml|commentsExtended\.xml|threadedComments/|comments/|revisions/)", re.IGNORECASE
)
TRACKED = re.compile(rb"<w:(ins|del|moveFrom|moveTo)[ >]")
PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
EMPTY = {
    "docProps/core.xml": f'<?xml version="1.0" encoding="UTF-8"?><coreProperties xmlns="{PACKAGE}"/>',
    "docProps/app.xml": f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{EXTENDED}"/>',
    "docProps/custom.xml": f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{CUSTOM}"/>',
}
THUMBNAIL = re.compile(rb'<Relationship [^>]*Target="/?docProps/thumbnail\.[^>]*/>')
HWPX_SAYS = re.compile(rb"<opf:metadata>.*?</opf:metadata>", re.DOTALL)
HWPX_EMPTY = b"<opf:metadata><opf:title/><opf:language>ko</opf:language></opf:metadata>"
NEVER = (1980, 1, 1, 0, 0, 0)
INFORMATION = re.compile(rb"/(Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|CreationDate|ModDate)\b")
STRING = re.compile(rb"\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
PACKET = re.compile(rb"<\?xpacket begin.*?<\?xpacket end[^>]*\?>", re.DOTALL)


def public_copy(content, kind):
    """A copy of content that was taken, and what it still tells, in a sentence; an empty text for nothing.

    Raises ``Unfit`` where it is not for the public.
    """
    if kind == FileKind.PNG:
        return pictures.bare_png(content), ""
    if kind == FileKind.JPEG:
        return pictures.bare_jpeg(content), ""
    if kind in OFFICE:
        return _packed_anew(content, _office_part), ""
    if kind == FileKind.HWPX:
        return _packed_anew(content, _hwpx_part), ""
    if kind == FileKind.PDF:
        return _bare_pdf(content)
    return content, _("The document information (author, dates) stays in an hwp. An hwpx or a PDF tells less.")


def _packed_anew(content, changed):
    """The container with each part as ``changed`` gives it; without those of which it gives None."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            kept = None if part.is_dir() else changed(part.filename, old.read(part))
            if kept is not None:
                fresh = zipfile.ZipInfo(part.filename, NEVER)
                fresh.compress_type = part.compress_type
                new.writestr(fresh, kept)
    return written.getvalue()


def _office_part(name, content):
    if COMMENTS.search(name) or (name.startswith("word/") and TRACKED.search(content)):
        raise Unfit(_("It has comments or tracked changes. Accept them and remove the comments, then add it anew."))
    if name.startswith("docProps/thumbnail."):
        return None
    if name == "_rels/.rels":
        return THUMBNAIL.sub(b"", content)
    return EMPTY.get(name, content)


def _hwpx_part(name, content):
    return HWPX_SAYS.sub(HWPX_EMPTY, content) if name.endswith(".hpf") else content


def _bare_pdf(content):
    """The PDF with spaces where its information stood, so that everything in it stays in its place."""
    bare = bytearray(content)
    for found in INFORMATION.finditer(content):
        if said := STRING.match(content, found.end()):
            bare[said.start(1) + 1 : said.end(1) - 1] = b" " * (len(said[1]) - 2)
    for found in PACKET.finditer(content):
        bare[found.start() : found.end()] = b" " * len(found[0])
    is_packed = any(INFORMATION.search(objects) for objects in pdf.packed_objects(content))
    told = _("The document information (author, dates) is packed in this PDF and stays in it.")
    return bytes(bare), told if is_packed else ""
