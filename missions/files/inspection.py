"""What a file is, by its content and its name together, and whether it is taken."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.files import hwp, names, office, pdf, pictures, zips
from missions.files.unfit import Unfit, mixed
from missions.models import FileKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 1024  # bytes in which readers of PDF look for its beginning
# What to do with a kind that is not taken, and how names of such files end.
INSTEAD = {
    gettext_lazy("Save it as docx, xlsx, pptx or PDF."): "doc xls ppt rtf odt ods odp",
    gettext_lazy("Save it without macros, as docx, xlsx or pptx."): "docm xlsm pptm dotm xlsb",
    gettext_lazy("Unpack it and add the files one by one."): "zip 7z rar egg alz",
    gettext_lazy("Save the picture as PNG or JPEG."): "gif bmp webp heic tif tiff svg",
}
ENDINGS = {**{kind.value: kind for kind in FileKind}, "jpeg": FileKind.JPEG}


def inspected(file, name):
    """The kind of an open file and its cleaned name. Raises ``Unfit`` where it is not taken.

    ``file`` can be read and sought, and is read from its beginning again afterwards.
    """
    name = names.cleaned(name)
    said = ENDINGS.get(names.ending(name))
    if said is None:
        taken = _("Only these kinds of files are taken: %(kinds)s.") % {"kinds": ", ".join(ENDINGS)}
        told = [str(told) for told, endings in INSTEAD.items() if names.ending(name) in endings.split()]
        raise Unfit(" ".join([taken, *told]))
    size = file.seek(0, 2)
    if size == 0:
        raise Unfit(_("The file is empty."))
    if size > settings.FILE_MOST_BYTES:
        most = filesizeformat(settings.FILE_MOST_BYTES)
        raise Unfit(_("The file is larger than %(most)s. Make its pictures smaller, or divide it.") % {"most": most})
    kind = _kind(file, size)
    file.seek(0)
    if not kind:
        raise Unfit(_("The content is of none of the kinds that are taken, whatever the name says."))
    if kind != said:
        raise Unfit(
            _("The name says %(said)s, the content is %(kind)s. Give the file its right ending.")
            % {"said": said.label, "kind": kind.label}
        )
    return kind, name


def _kind(file, size):
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(pdf.HEAD):
        return pdf.check(_whole(file))
    if pdf.HEAD in head:
        raise Unfit(mixed())
    if head.startswith(zips.HEAD):
        return office.kind_of(file, size)
    if head.startswith(pictures.PNG):
        return pictures.check_png(_whole(file))
    if head.startswith(pictures.JPEG):
        return pictures.check_jpeg(_whole(file))
    if head.startswith(OLE):
        return hwp.kind_of(_whole(file))
    return ""


def _whole(file):
    file.seek(0)
    return file.read()
