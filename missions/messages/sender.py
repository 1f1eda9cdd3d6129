"""Hands mails over to a mail server, one after the other, until none is due or no server answers."""

import logging
import smtplib
from collections import Counter

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from missions.messages import outbox
from missions.messages.mails import compose
from missions.models import Mail

log = logging.getLogger("missions.messages")
DJANGOS, OURS = "django.core.mail.backends.smtp.EmailBackend", "missions.messages.smtp.Backend"


def send_due(stop=lambda: False):
    """Send all mails that are due. ``stop`` is asked between two of them. Returns how many came to which end."""
    ends = Counter()
    outbox.look_for_lost()
    if not Mail.objects.due(timezone.now()).exists():
        return ends
    connection = get_connection(OURS if settings.EMAIL_BACKEND == DJANGOS else None)
    try:
        connection.open()
        while not stop() and (mail := outbox.claim()):
            ends[_send(mail, connection)] += 1
    except (smtplib.SMTPException, OSError) as error:
        log.error("No e-mail can be sent: %s", _said(error))
        outbox.no_server(_said(error))
        ends["no server"] += 1
    finally:
        _close(connection)
    return ends


def _send(mail, connection):
    """Send one claimed mail, and write down what became of it. Raises where the server is lost for all others too."""
    try:
        message = compose(mail)
        if message is None:
            outbox.empty(mail)
            return "empty"
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _answered(mail, code, said)
    except smtplib.SMTPDataError as error:
        return _answered(mail, error.smtp_code, error.smtp_error)
    except (smtplib.SMTPNotSupportedError, ValueError) as error:  # an address that cannot be written to
        outbox.refused(mail, _said(error))
        return "refused"
    except (smtplib.SMTPException, OSError) as error:
        if getattr(getattr(connection, "connection", None), "in_data", False):
            outbox.uncertain(mail, _said(error))
        else:
            outbox.unsent(mail, _said(error))
        raise
    outbox.sent(mail)
    return "sent"


def _answered(mail, code, said):
    """What a server’s answer means: 5xx for good, 4xx for the present (RFC 5321, 4.2.1)."""
    reason = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    if 500 <= code < 600:
        outbox.refused(mail, reason)
        return "refused"
    outbox.not_yet(mail, reason)
    return "not yet"


def _said(error):
    return f"{type(error).__name__}: {error}"


def _close(connection):
    try:
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("The mail server was gone when it was left: %s", _said(error))
