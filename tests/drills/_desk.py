"""Somebody at the desk, over HTTP, through forms: a browser without a screen."""

import http.client
from urllib.parse import urlencode, urlsplit

from tests import forms
from tests.drills._portal import HOST

PATIENCE = 60  # seconds
BOUNDARY = "drill-drill-drill"


class Unanswered(Exception):
    """No answer came, or one of a server in trouble: what was asked is done or not."""


class Answer:
    """An answer: what ``tests.forms`` reads, and where it leads."""

    def __init__(self, status, headers, content):
        self.status, self.content = status, content
        self.location = urlsplit(headers.get("Location", "")).path

    @property
    def acknowledged(self):
        """Whether it says that what was posted is done: it leads on, and not to the sign-in page."""
        return self.status == 302 and "/login" not in self.location


class Person:
    """A browser of somebody who is signed in."""

    def __init__(self, port, user, cookies):
        self.port, self.user, self.cookies = port, user, dict(cookies)

    def ask(self, address, body=None, kind="application/x-www-form-urlencoded"):
        """One request. Raises ``Unanswered``."""
        said = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Connection": "close"}
        said |= {"Referer": f"https://{HOST}{address}", "Accept-Language": "ko"}
        said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            said["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET" if body is None else "POST", address, body, said)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(repr(error)) from error
        finally:
            connection.close()
        for given in answer.headers.get_all("Set-Cookie") or ():
            name, _sign, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 500:
            raise Unanswered(f"{answer.status} for {address}")
        return Answer(answer.status, answer.headers, content)

    def post(self, address, typed):
        """Open the page of a form, type into it, and send it."""
        page = self.ask(address)
        try:
            standing = forms.entries(page)
        except ValueError:  # no form: it may not be sent, or not any more
            return page
        return self.ask(address, urlencode(standing | typed, doseq=True))

    def press(self, page, address, **typed):
        """Send a small form that stands on another page: it needs the token of this browser only."""
        if "csrfmiddlewaretoken" not in typed:
            typed["csrfmiddlewaretoken"] = self.token(page)
        return self.ask(address, urlencode(typed, doseq=True))

    def send_file(self, address, name, content):
        """Send a file by the only form of its page."""
        parts = {
            'name="csrfmiddlewaretoken"': self.token(address),
            f'name="file"; filename="{name}"\r\nContent-Type: text/csv': content,
        }
        lines = [
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n{part}" for head, part in parts.items()
        ]
        body = "\r\n".join([*lines, f"--{BOUNDARY}--\r\n"]).encode()
        return self.ask(address, body, f"multipart/form-data; boundary={BOUNDARY}")

    def token(self, address):
        """What the forms of a page carry against forged posts."""
        _head, found, rest = self.ask(address).content.decode().partition('name="csrfmiddlewaretoken" value="')
        if not found:
            raise AssertionError(f"{address} has no form")
        return rest.partition('"')[0]
