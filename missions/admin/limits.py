"""How often one person may ask what answers while they type: enough for typing, too little for trying everything."""

import time

from django.core.cache import cache
from django.http import JsonResponse
from django.utils.translation import gettext as _

MOST = 120  # questions a person a minute, by kind


def refused(request, kind):
    """The answer to somebody who asks too often, or None. ``kind``: which question it is.

    Questions are counted in the cache: by process, unless processes share one (``CACHE_URL``).
    """
    minute = int(time.time()) // 60
    key = f"asked:{kind}:{request.user.pk}:{minute}"
    cache.add(key, 0, 120)
    try:
        count = cache.incr(key)
    except ValueError:  # gone from a full cache in the meantime
        return None
    if count <= MOST:
        return None
    answer = JsonResponse({"error": _("You ask too often. Wait a minute, then go on.")}, status=429)
    answer["Retry-After"] = "60"
    return answer
