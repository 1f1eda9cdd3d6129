"""A file that is not taken, and what is said where several kinds of files share a reason."""

from django.utils.translation import gettext as _


class Unfit(Exception):
    """A file cannot be taken. The message says why and what to do, fit to show to staff."""


def damaged():
    """Of a file that does not reach its end, or does not hold together."""
    return _("The file is damaged or was cut off. Open it, save it again, and choose it anew.")


def mixed():
    """Of a file that is two things at once."""
    return _("The file holds something else before or behind its content. Open it, save it again, and choose it anew.")


def locked():
    """Of a file that cannot be looked into."""
    return _("The file is locked with a password, so it cannot be checked. Save it without one.")


def packed():
    """Of a file that is packed as no usual program does it."""
    return _("The file is packed in an unusual way. Open it, save it again, and choose it anew.")


def swollen():
    """Of a file that is small only as long as it is packed."""
    return _("Unpacked, the file would be far too large (a “zip bomb”). Remove large or repeated content and save it.")


def macros():
    """Of a document with macros or scripts."""
    return _("The document has macros. Save it without them (docx, xlsx, pptx), or as PDF.")


def objects():
    """Of a document with objects of other programs in it."""
    return _("An object of another program is embedded in the document. Remove it, or save the document as PDF.")


def holds(name):
    """Of a document in which a part is an archive or a program."""
    return _("The document holds an archive or a program (%(name)s). Remove it.") % {"name": name[-60:]}
