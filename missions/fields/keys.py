"""Public keys of records: part of their addresses, and the same wherever the records are loaded again.

Rows of the data files bring keys of their own, with a hyphen. All others get random letters, which have none, so that
the two never meet. They say nothing of the record: its body, its day and its number may still be corrected.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

ALPHABET = "2346789cdfghjkmnprtvwxy"  # those of status codes: no vowels, nothing that looks like another
LETTERS = 10  # among a hundred thousand rows two are the same once in ten thousand databases


def new_key():
    """A key that nobody chose."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))


def public_key():
    """The column of the key of a record. Nobody types it."""
    return models.SlugField(_("key"), unique=True, editable=False, default=new_key)
