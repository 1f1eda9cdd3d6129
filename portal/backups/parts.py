"""The files that a backup is made of: hashed, and encrypted where there is a key, while they are written and read.

An encrypted part is a row of pieces, each sealed by AES-256-GCM under the number of the part, its own number, and
whether it is the last: pieces that are changed, moved, left out or taken from another part do not open. The key follows
from the secret and from a salt that each backup has of its own, so that no number is ever used twice under one key.
"""

import hashlib
import hmac
import io
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.management.base import CommandError

PIECE = 1 << 20  # bytes
TAG = 16  # bytes that sealing adds to a piece


def secret():
    """What the environment gives to encrypt with; empty where it gives nothing. Raises ``CommandError``."""
    if not settings.BACKUP_KEY_FILE:
        return settings.BACKUP_KEY
    try:
        found = Path(settings.BACKUP_KEY_FILE).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"BACKUP_KEY_FILE cannot be read: {error}") from error
    if not found:
        raise CommandError(f"BACKUP_KEY_FILE names an empty file: {settings.BACKUP_KEY_FILE}")
    return found


class Cover:
    """Signs the manifest of one backup, and seals its parts where there is a secret."""

    def __init__(self, secret, salt=None):
        self.salt = salt or secrets.token_bytes(16)
        keys = hashlib.scrypt(secret.encode(), salt=self.salt, n=1 << 15, r=8, p=1, maxmem=1 << 26) if secret else b""
        self.box, self.key = AESGCM(keys[:32]) if secret else None, keys[32:]

    def signature(self, text):
        """Of a manifest. Without a secret it is a checksum, which tells of accidents and not of intentions."""
        return hmac.new(self.key, text, "sha256").hexdigest()


def nonce(number, count, last):
    """What a piece is sealed under: its part, its place in it, and whether it is the last."""
    return number.to_bytes(4) + count.to_bytes(7) + last.to_bytes()


def _for_its_owner(path, flags):
    return os.open(path, flags, 0o600)


class Written(io.RawIOBase):
    """A part on its way to the disk, where it is once it is closed: ``size`` and ``digest`` are those of the file."""

    def __init__(self, path, cover, number):
        self.file, self.box, self.number = open(path, "xb", opener=_for_its_owner), cover.box, number  # noqa: SIM115
        self.count, self.size, self.digest, self.rest = 0, 0, hashlib.sha256(), bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.rest += data
        while len(self.rest) > PIECE:
            self._put(bytes(self.rest[:PIECE]), last=False)
            del self.rest[:PIECE]
        return len(data)

    def _put(self, piece, *, last):
        if self.box:
            piece = self.box.encrypt(nonce(self.number, self.count, last), piece, None)
        self.file.write(piece)
        self.digest.update(piece)
        self.count, self.size = self.count + 1, self.size + len(piece)

    def close(self):
        if not self.closed:
            self._put(bytes(self.rest), last=True)
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
        super().close()


class Read(io.RawIOBase):
    """The content of a part. Raises ``CommandError`` where a piece does not open."""

    def __init__(self, path, cover, number):
        self.file, self.box, self.number = path.open("rb"), cover.box, number
        self.count, self.rest, self.ahead = 0, memoryview(b""), self._piece()

    def _piece(self):
        return self.file.read(PIECE + (TAG if self.box else 0))

    def readable(self):
        return True

    def readinto(self, room):
        if not self.rest and self.ahead:
            piece, self.ahead = self.ahead, self._piece()
            if self.box:
                try:
                    piece = self.box.decrypt(nonce(self.number, self.count, not self.ahead), piece, None)
                except InvalidTag as error:
                    raise CommandError(f"{self.file.name} was changed.") from error
            self.count, self.rest = self.count + 1, memoryview(piece)
        size = min(len(room), len(self.rest))
        room[:size], self.rest = self.rest[:size], self.rest[size:]
        return size

    def close(self):
        self.file.close()
        super().close()
