"""Where a request comes from."""

import ipaddress

from django.conf import settings

SEVERAL = 64  # bits of an IPv6 address that one customer of a network has at least
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


def network(address):
    """The address as it is counted: of IPv6 the part that one customer has."""
    found = ipaddress.ip_address(address)
    return address if found.version == 4 else str(ipaddress.ip_network((found, SEVERAL), strict=False))


def browser(request):
    """What the browser says of itself, shortened."""
    return request.headers.get("User-Agent", "").replace("\0", "")[:120]
