"""Sessions in the database that remember when their person signed in, whatever signed them in."""

import time
from contextlib import nullcontext

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored

from portal.outage import if_possible, trouble

BEGAN, USED = "began", "used"  # moments, in seconds from 1970


class SessionStore(Stored):
    """The table of Django; ``clearsessions`` empties it of what is over."""

    def save(self, must_create=False):
        """Note the moment of signing in with the first that is written of a person's session.

        A session that is there goes on where nothing can be written. Django calls any error that its session was
        deleted meanwhile, also that of a database that is gone.
        """
        if SESSION_KEY in self:
            self.setdefault(BEGAN, time.time())
        with nullcontext() if must_create else if_possible():
            try:
                super().save(must_create)
            except UpdateError as error:
                failed = error.__context__ if trouble(error) else error
                raise failed from failed.__cause__
