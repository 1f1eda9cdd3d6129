"""From which database the public face reads: a replica as long as it is current, else the primary.

The choice is made once a request, so that the page version and the page are of one database: a page of a replica that
is behind is kept under the version that this replica has. ``docs/adr/0074-public-pages-from-a-replica.md``.
"""

import contextlib
import logging
import time
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections

from portal import outage

PRIMARY, REPLICA = "default", "replica"
ASKED_EVERY = 1  # seconds for which an answer holds
LEFT_ALONE = 5  # seconds without asking a database that did not answer: each page would wait for it
# Whether it receives what the primary writes, and how many seconds it is behind in what it received. A server that was
# made the primary receives nothing and is behind nobody. Any role may ask this.
STATE = """
    SELECT NOT pg_is_in_recovery() OR EXISTS (SELECT FROM pg_stat_wal_receiver),
        CASE WHEN NOT pg_is_in_recovery() OR coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true)
        THEN 0 ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float END
"""

log = logging.getLogger(__name__)
_chosen = ContextVar("chosen", default=PRIMARY)


class Router:
    """Reading goes where the request goes, writing to the primary. ``migrate`` has nothing to do on a replica."""

    def db_for_read(self, model, **hints):
        """The database that was chosen for this request; the primary outside of one."""
        return _chosen.get()

    def db_for_write(self, model, **hints):
        """The only one that can be written."""
        return PRIMARY

    def allow_relation(self, *records, **hints):
        """Both hold the same rows."""
        return True

    def allow_migrate(self, database, *names, **hints):
        """The replica follows by itself."""
        return database == PRIMARY


class Databases:
    """What one process knows of its two databases."""

    def __init__(self):
        self.choice, self.asked_again_at = PRIMARY, 0  # by the monotonic clock, as all that follows
        self.left_alone_until = dict.fromkeys((PRIMARY, REPLICA), 0)

    def choose(self):
        """The database from which the next page is read."""
        if time.monotonic() >= self.asked_again_at:
            before, self.choice = self.choice, self._asked()
            self.asked_again_at = time.monotonic() + ASKED_EVERY
            if self.choice != before:
                outage.forget()  # what was known was said of the other one
                log.warning("Public pages are read from the %s.", "replica" if self.choice == REPLICA else "primary")
        return self.choice

    def choose_again(self):
        """The same, asked at once, since something failed."""
        self.asked_again_at = 0
        return self.choose()

    def lag(self):
        """Whether the replica receives anything, and how many seconds it is behind; None where it does not answer."""
        receives, behind = self._answer(REPLICA, STATE) or (False, None)
        return receives, behind

    def _asked(self):
        receives, behind = self.lag()
        is_near = behind is not None and behind <= settings.REPLICA_MAX_LAG
        if receives and is_near:
            return REPLICA
        # It is behind, or cut off and knows nothing of what was written since. Where the primary does not answer
        # either, nothing newer can be read, and most likely nothing newer is written.
        return PRIMARY if self._answer(PRIMARY, "SELECT 1") or not is_near else REPLICA

    def _answer(self, alias, question):
        """One row; None where the database does not answer. A connection that was there and broke gets a second try."""
        if time.monotonic() < self.left_alone_until[alias]:
            return None
        connection = connections[alias]
        was_open = connection.connection is not None
        connection.health_check_done = True  # the question is one
        for _ in range(1 + was_open):
            with contextlib.suppress(Error), connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()
            connection.close()
        self.left_alone_until[alias] = time.monotonic() + LEFT_ALONE
        return None


class ReadsFromReplica:
    """Chooses a database for each request to the public face.

    A page that failed because its database went away meanwhile is made again from the other one. What is streamed reads
    after this has ended, so that the choice stays until the thread gets its next request.
    """

    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.databases = Databases()

    def __call__(self, request):
        """Choose, and answer."""
        chosen = self.databases.choose()
        _chosen.set(chosen)
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and (response.status_code >= 500 or outage.is_known()):
            other = self.databases.choose_again()
            if other != chosen:
                _chosen.set(other)
                return self.get_response(request)
        return response
