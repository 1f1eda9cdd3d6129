"""Whether a document of Word, Excel, PowerPoint or Hangul (hwpx) is only a document.

Refused are macros, embedded objects that may hold programs, and whatever is fetched from elsewhere once the document
is opened: templates, frames, linked workbooks and pictures. A link that a reader has to click stays.
"""

import io
import re

from django.utils.translation import gettext as _

from missions.files import parts, zips
from missions.files.scripts import does_something
from missions.files.unfit import Unfit, holds, locked, macros, objects
from missions.models import FileKind

MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": FileKind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": FileKind.XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": FileKind.PPTX,
}
CONTENT_TYPES, HWPX_TYPE = "[Content_Types].xml", "application/hwp+zip"
MACROS = re.compile(r"vbaProject|vbaData|macrosheets/|dialogsheets/|(^|/)(activeX|customUI)/", re.IGNORECASE)
MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
EMBEDDED_DOCUMENT = re.compile(r"(^|/)embeddings/[^/]+\.(docx|xlsx|pptx)$", re.IGNORECASE)
OBJECTS = re.compile(r"(^|/)(embeddings|ObjectPool)/", re.IGNORECASE)
ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
FOREIGN = (*ARCHIVES, b"MZ", b"\x7fELF", b"#!")  # archives and programs
CLICKED = re.compile(r"(https?|mailto|tel):|[#?]", re.IGNORECASE)
FETCHING_FIELDS = re.compile(r"(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)


def kind_of(file, size):
    """The kind of a ZIP container; an empty text for one that is none of ours. Raises ``Unfit`` for a hostile one."""
    return _examined(file, size, is_embedded=False)


def _examined(file, size, *, is_embedded):
    container = zips.opened(file, size)
    names = container.namelist()
    if names and names[0] == "mimetype" and not is_embedded:
        return _hwpx(container)
    if CONTENT_TYPES not in names:
        return ""
    _refuse_macros(names)
    kind = ""
    for name, content in zips.read_all(container):
        if name == CONTENT_TYPES:
            kind = _main_kind(content)
        elif EMBEDDED_DOCUMENT.search(name) and not is_embedded:
            _examined(io.BytesIO(content), len(content), is_embedded=True)
        else:
            _refuse_part(name, content)
    return kind


def _refuse_macros(names):
    if any(MACROS.search(name) for name in names):
        raise Unfit(macros())
    if any(OBJECTS.search(name) and not EMBEDDED_DOCUMENT.search(name) for name in names):
        raise Unfit(objects())


def _main_kind(content):
    types = set()
    parts.walk(content, begin=lambda name, given: types.add(given.get("ContentType", "")))
    if any(MACRO_TYPES.search(each) for each in types):
        raise Unfit(macros())
    kinds = {MAIN[each] for each in types if each in MAIN}
    return kinds.pop() if len(kinds) == 1 else ""


def _refuse_part(name, content):
    if content.startswith(FOREIGN):
        raise Unfit(holds(name))
    if name.endswith(".rels"):
        parts.walk(content, begin=_refuse_outside)
    elif name.endswith(".xml"):
        fields = _Fields()
        parts.walk(content, begin=fields.begin, text=fields.text)
        fields.refuse_fetching()


def _refuse_outside(name, given):
    if name != "Relationship" or given.get("TargetMode", "").lower() != "external":
        return
    is_link = given.get("Type", "").endswith("/hyperlink") and CLICKED.match(given.get("Target", "").strip())
    if not is_link:
        raise Unfit(
            _(
                "Opened, the document would fetch something from elsewhere: a template, a picture or another workbook. "
                "Break the links, or save it as PDF."
            )
        )


class _Fields:
    """The codes of the fields of a part, one within another, of which some fetch or start something."""

    def __init__(self):
        self.open, self.codes, self.within = [""], [], False

    def begin(self, name, given):
        self.within = name == "instrText"
        if name == "fldSimple":
            self.codes.append(given.get("instr", ""))
        elif name in ("ddeLink", "oleLink"):
            self.codes.append("LINK ")
        elif name == "fldChar" and given.get("fldCharType") == "begin":
            self.open.append("")
        elif name == "fldChar" and given.get("fldCharType") == "end" and len(self.open) > 1:
            self.codes.append(self.open.pop())

    def text(self, words):
        if self.within:
            self.open[-1] += words

    def refuse_fetching(self):
        if any(FETCHING_FIELDS.match(code.strip(' "')) for code in [*self.codes, *self.open]):
            raise Unfit(_("A field of the document fetches or starts something (DDE, LINK, INCLUDE). Remove it."))


def _hwpx(container):
    """The kind of a container that begins as a document of Hangul does."""
    kind = ""
    for name, content in zips.read_all(container):
        if name == "mimetype":
            kind = FileKind.HWPX if content.strip() == HWPX_TYPE.encode() else ""
        elif name.startswith("Scripts/"):
            if does_something(_decoded(content)):
                raise Unfit(macros())
        elif content.startswith(FOREIGN):
            raise Unfit(holds(name))
        elif re.search(r"\.(ole|bin|exe|dll|js|vbs)$", name, re.IGNORECASE):
            raise Unfit(objects())
        elif name.endswith((".xml", ".hpf", ".rdf")):
            parts.walk(content, begin=_refuse_locked)
    return kind


def _refuse_locked(name, given):
    if name == "encryption-data":
        raise Unfit(locked())


def _decoded(content):
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
