"""Reads parts in XML without what XML can do to a reader: no type declarations, so no entities that swell or fetch."""

from xml.parsers import expat

from django.utils.translation import gettext as _

from missions.files.unfit import Unfit, damaged


def walk(content, begin=None, text=None):
    """Read a part; ``begin`` is told each element and its attributes without prefixes, ``text`` what stands in them.

    Raises ``Unfit`` where it is no XML, or declares a type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_arguments):
        raise Unfit(_("A part of the file declares an XML document type, which no office program writes."))

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    if begin:
        parser.StartElementHandler = lambda name, given: begin(_bare(name), {_bare(k): v for k, v in given.items()})
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Unfit(damaged()) from None


def _bare(name):
    return name.rpartition(" ")[2]
