"""Encrypts what must not lie readable in the database, with a key that follows from one of the settings."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _box(purpose, *secrets):
    keys = [hashlib.blake2b(secret.encode(), digest_size=32, person=purpose.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def second_factors():
    """The box for secrets of second factors: by ``MFA_KEY``, so that these outlive a change of ``SECRET_KEY``."""
    return _box("second factor", settings.MFA_KEY or settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def typed():
    """The box for what was typed when a session ended."""
    return _box("typed words", settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


__all__ = ["InvalidToken", "second_factors", "typed"]
