"""Writes the list of sign-ins."""

from missions.models import SignIn, User
from portal.accounts import origin


def known(account):
    """The name of an account as it was typed, if there is such an account; else nothing."""
    return account if "\0" not in account and User.objects.filter(username=account).exists() else ""


def keep(request, account, method, outcome):
    """One line of the list; ``account`` is the name as typed."""
    SignIn.objects.create(
        account=known(account),
        address=origin.address(request),
        method=method,
        outcome=outcome,
        user_agent=origin.browser(request),
    )
