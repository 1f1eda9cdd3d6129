"""Where a request comes from."""

import ipaddress

from django.conf import settings

UNKNOWN = "0.0.0.0"  # noqa: S104 - of a request by a socket of the machine


def address(request):
    """The address of the client. Behind a proxy it is what that proxy wrote last; nothing that a client can write."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or given
    try:
        return str(ipaddress.ip_address(given.strip("[]")))
    except ValueError:
        return UNKNOWN


def browser(request):
    """What the browser says of itself, shortened."""
    return request.headers.get("User-Agent", "").replace("\0", "")[:120]
