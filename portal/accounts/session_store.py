"""Sessions in the database that remember when their person signed in, whatever signed them in."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Stored

BEGAN, USED = "began", "used"  # moments, in seconds from 1970


class SessionStore(Stored):
    """The table of Django; ``clearsessions`` empties it of what is over."""

    def save(self, must_create=False):
        """Note the moment of signing in with the first that is written of a person's session."""
        if SESSION_KEY in self:
            self.setdefault(BEGAN, time.time())
        super().save(must_create)
