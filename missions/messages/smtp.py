"""A conversation with a mail server that remembers whether a mail was being handed over when it broke off."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend


class _Remembering:
    """Mixed into a session of the standard library: ``in_data`` once the server was asked to take the mail’s text."""

    in_data = False

    def mail(self, sender, options=()):
        self.in_data = False
        return super().mail(sender, options)

    def data(self, msg):
        self.in_data = True
        return super().data(msg)


class Session(_Remembering, smtplib.SMTP):
    """A plain session, or one that begins TLS later."""


class SecureSession(_Remembering, smtplib.SMTP_SSL):
    """A session by TLS from the start."""


class Backend(EmailBackend):
    """Django’s way of sending by SMTP, by such sessions."""

    @property
    def connection_class(self):
        return SecureSession if self.use_ssl else Session
