"""Where a request comes from."""

import ipaddress

from django.conf import settings

from portal.networks import within

SEVERAL = 64  # bits of an IPv6 address that one customer of a network has at least
UNKNOWN = "0.0.0.0"  # noqa: S104 - of a request by a socket of the machine


def address(request):
    """The address of the client. Behind a proxy it is what that proxy wrote last; nothing that a client can write.

    Where proxies stand behind one another, ``TRUSTED_PROXIES`` has their networks: it is the last address that is none
    of theirs, and without one of theirs at the other end what is written counts for nothing.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_PROXY:
        return _clean(given)
    written = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if not settings.TRUSTED_PROXIES:
        return _clean(written[-1] if written else given)
    hops = [*written, *([given] if given else [])]  # a proxy that comes by a socket of the machine has no address
    while len(hops) > 1 and within(_clean(hops[-1]), settings.TRUSTED_PROXIES):
        hops.pop()
    return _clean(hops[-1] if hops else "")


def _clean(given):
    try:
        found = ipaddress.ip_address(given.strip("[]"))
    except ValueError:
        return UNKNOWN
    return str(getattr(found, "ipv4_mapped", None) or found)


def network(address):
    """The address as it is counted: of IPv6 the part that one customer has."""
    found = ipaddress.ip_address(address)
    return address if found.version == 4 else str(ipaddress.ip_network((found, SEVERAL), strict=False))


def browser(request):
    """What the browser says of itself, shortened."""
    return request.headers.get("User-Agent", "").replace("\0", "")[:120]
