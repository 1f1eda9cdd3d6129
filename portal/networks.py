"""Networks that a setting names, and whether an address lies in one."""

import ipaddress

from django.core.exceptions import ImproperlyConfigured


def networks(name, given):
    """The networks of a setting: addresses, or networks such as 10.1.0.0/16. Raises ``ImproperlyConfigured``."""
    try:
        return [ipaddress.ip_network(text, strict=False) for text in given]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} needs addresses or networks such as 10.1.0.0/16: {error}") from None


def within(address, known):
    """Whether an address lies in one of these networks."""
    found = ipaddress.ip_address(address)
    return any(found in network for network in known)
