"""How often the public may ask what comes by POST: enough for typing, too little for trying everything."""

import hashlib
import hmac
import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from portal.accounts import origin
from portal.middleware import is_asked_by_post

log = logging.getLogger(__name__)


class FewQuestions(MiddlewareMixin):
    """Answer 429, before anything is looked up, to whoever asks too often; and to all while everybody together does.

    Questions are counted in the cache: by process, unless processes share one (``CACHE_URL``). Of an address the cache
    has a keyed hash for as long as it counts. Where the cache fails, questions are answered: codes are not guessable,
    and the limits only keep whoever tries from being a burden.
    """

    of_address, address_seconds = 20, 600
    of_all, all_seconds = 300, 60

    def process_view(self, request, view, args, kwargs):
        """Count the question."""
        if request.method != "POST" or not is_asked_by_post(view):
            return None
        network = origin.network(origin.address(request))
        who = hmac.digest(settings.SECRET_KEY.encode(), network.encode(), hashlib.sha256).hex()
        if self._exceeded(who, self.of_address, self.address_seconds):
            return self._refused(request, self.address_seconds)
        if self._exceeded("all", self.of_all, self.all_seconds):
            return self._refused(request, self.all_seconds)
        return None

    def _exceeded(self, who, most, seconds):
        key = f"questions:{who}:{int(time.time()) // seconds}"
        try:
            cache.add(key, 0, 2 * seconds)
            return cache.incr(key) > most
        except ValueError:  # gone from a full cache in the meantime
            return False
        except Exception as error:  # noqa: BLE001 - each cache has errors of its own
            log.warning("The cache does not count questions: %s", error)
            return False

    def _refused(self, request, seconds):
        answer = render(request, "429.html", {"is_public": True}, status=429)
        answer["Retry-After"] = str(seconds - int(time.time()) % seconds)
        answer["Cache-Control"] = "no-store"
        return answer
