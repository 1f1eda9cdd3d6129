"""Addresses of public pages. Reversing a name takes Django longer than all else in a line of a list."""

from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

_known = {}


def page_of(name, key=None):
    """The address, in the language in force, of the page ``name`` of the record with a key, or of a list.

    Django is asked once for each page and language; the keys of all records stand in the same place.
    """
    page = name, key is None, get_language(), get_script_prefix()
    if page not in _known:
        _known[page] = _asked(name, key)
    before, after = _known[page]
    return before if key is None else f"{before}{quote(str(key))}{after}"


def _asked(name, key):
    if key is None:
        return reverse(f"missions:{name}"), ""
    before, _key, after = reverse(f"missions:{name}", args=[key]).rpartition(quote(str(key)))
    return before, after
