"""Locks out for a while whoever was wrong too often: an account, and the address from which accounts are tried.

Counted in the cache, each try before it is looked at, so that a thousand at once are no more than a thousand in a row.
What somebody typed as the name of an account counts whether there is such an account or not: a lock tells of none.
"""

import hashlib
import logging
import math
import time
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from missions.models import SignInMethod, SignInOutcome
from portal.accounts import origin, record

log = logging.getLogger("portal.sign_in")


class Try:
    """One try of an account by one method, from where a request comes.

    ``account`` is the name as typed, or None where a passkey is to tell whose it is: then only the address is counted,
    so that nobody locks an account by what they send. Making one counts it. Raises ``ValidationError``, which tells
    for how long, where account or address is locked.
    """

    def __init__(self, request, account, method):
        self.request, self.account, self.method = request, account or "", method
        kind = "password" if method == SignInMethod.PASSWORD else "code"
        address = origin.address(request)
        self.of_address = _key("address", origin.network(address))
        self.limits = {self.of_address: (settings.TRIES_OF_ADDRESS, f"address {address}")}
        if account is not None:
            named = f"account {record.known(account) or '(unknown)'}"
            self.limits[_key(kind, account.strip().casefold())] = (settings.TRIES, named)
        self.counts = {}
        for key in self.limits:
            self._refuse_locked(key)
        for key, (most, _of) in self.limits.items():
            self.counts[key] = _counted(key)
            if self.counts[key] > most:
                self._lock(key)
                self._refuse_locked(key)

    def wrong(self):
        """Record it; the last one that was allowed locks."""
        record.keep(self.request, self.account, self.method, SignInOutcome.WRONG)
        for key, (most, _of) in self.limits.items():
            if self.counts[key] >= most:
                self._lock(key)

    def right(self):
        """Forget the tries of the account; of the address, which may be trying others too, only this one."""
        cache.delete_many(self.limits.keys() - {self.of_address})
        with suppress(ValueError):  # the count has ended by itself
            cache.decr(self.of_address)

    def _lock(self, key):
        seconds = settings.LOCKED_MINUTES * 60
        if cache.add(f"{key}:locked", time.time() + seconds, seconds):
            record.keep(self.request, self.account, self.method, SignInOutcome.LOCKED)
            most, of = self.limits[key]
            log.warning("Locked for %s minutes after %s wrong tries: %s", settings.LOCKED_MINUTES, most, of)

    def _refuse_locked(self, key):
        until = cache.get(f"{key}:locked")
        if until is None:
            return
        minutes = max(1, math.ceil((until - time.time()) / 60))
        raise ValidationError(
            ngettext(
                "There were too many wrong tries. Signing in is locked for %(minutes)d more minute, with the right "
                "password and code too.",
                "There were too many wrong tries. Signing in is locked for %(minutes)d more minutes, with the right "
                "password and code too.",
                minutes,
            )
            % {"minutes": minutes},
            code="locked",
        )


def unlock(account):
    """Let an account try again, whose person has shown otherwise who they are."""
    for kind in ("password", "code"):
        key = _key(kind, account.strip().casefold())
        cache.delete_many([key, f"{key}:locked"])


def _counted(key):
    """The number of this try. A count ends by itself, before a lock that came of it does."""
    if cache.add(key, 1, settings.LOCKED_MINUTES * 60):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two
        cache.set(key, 1, settings.LOCKED_MINUTES * 60)
        return 1


def _key(kind, who):
    return f"lockout:{kind}:{hashlib.sha256(who.encode(errors='replace')).hexdigest()}"
