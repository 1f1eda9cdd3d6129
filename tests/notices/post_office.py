"""A mail server of the suite, which can be stopped and started, refuses some addresses and breaks off at others."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller


class PostOffice:
    """What it took, as messages, in the order of time.

    By the beginning of their address: ``nobody`` is refused for good, ``busy`` for the present; at ``gone`` it breaks
    off before the mail, at ``lost`` when it has the mail and has not said so.
    """

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.taken, self.controller = [], None

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
        self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - as the server calls it
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("busy"):
            return "451 4.3.2 try again later"
        if address.startswith("gone"):
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(email.message_from_bytes(envelope.content, policy=policy.default))
        if envelope.rcpt_tos[0].startswith("lost"):
            server.transport.close()
        return "250 OK"

    def texts(self):
        """What each mail says, subject first."""
        return [f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}" for mail in self.taken]


@pytest.fixture
def post(settings):
    """The server, running, and the settings that lead to it."""
    office = PostOffice()
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DESK_ADDRESS = "https://desk.example"
    yield office
    office.stop()
