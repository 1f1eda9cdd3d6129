"""References such as LAX-26-7K3: short enough to read out on the telephone."""

import secrets

from django.utils import timezone

ALPHABET = "34679CDFGHJKMNPRTVWXY"  # no vowels, nothing that looks like another: 0O 1IL 2Z 5S 8B
LETTERS = 3


def make_reference(code, taken, *, today=None):
    """A reference for the filing body ``code`` that ``taken(reference)`` does not know; its year is Korea's."""
    year = (today or timezone.localdate()).year % 100
    return unused(f"{code}-{year:02d}-", taken)


def unused(start, taken):
    """A text that begins so, ends in random letters, and is not taken. Every third clash adds a letter."""
    clashes = 0
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS + clashes // 3))
        reference = f"{start}{letters}"
        if not taken(reference):
            return reference
        clashes += 1
