"""The folder of one backup: its parts, and ``manifest.json``, which says what they are and is written last.

While it is being written the folder is called ``….partial``; it gets its name when all of it is on the disk.
"""

import contextlib
import hashlib
import hmac
import io
import json
import os
import shutil

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from portal.backups.parts import Cover, Read, Written, secret

FORMAT = 1
MANIFEST = "manifest.json"
UNFINISHED = ".partial"


def synced(folder):
    """Have the disk know the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Making:
    """A backup that is being written."""

    def __init__(self, place):
        self.place, self.made_at, self.cover, self.parts = place, timezone.now(), Cover(secret()), []
        self.name = f"portal-{self.made_at:%Y%m%d-%H%M%S-%f}"
        self.folder = place / f"{self.name}{UNFINISHED}"

    @contextlib.contextmanager
    def part(self, name):
        """A file to write a part into."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with Written(path, self.cover, len(self.parts)) as file:
            yield file
        self.parts.append({"name": name, "size": file.size, "sha256": file.digest.hexdigest()})

    def finish(self, told):
        """Write the manifest and give the folder its name. Returns it."""
        manifest = {"format": FORMAT, "made_at": self.made_at.isoformat(), "portal": settings.VERSION, **told}
        manifest |= {"encrypted": bool(self.cover.box), "salt": self.cover.salt.hex(), "parts": self.parts}
        manifest["signature"] = self.cover.signature(plain(manifest))
        with (self.folder / MANIFEST).open("x") as file:
            json.dump(manifest, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        for folder in {self.folder, *(path.parent for path in self.folder.rglob("*"))}:
            synced(folder)
        whole = self.folder.rename(self.place / self.name)
        synced(self.place)
        return whole


def plain(manifest):
    """What of a manifest is signed."""
    return json.dumps({name: value for name, value in manifest.items() if name != "signature"}, sort_keys=True).encode()


@contextlib.contextmanager
def making(place):
    """A backup in this folder, of which nothing is left where anything goes wrong."""
    backup = Making(place)
    place.mkdir(parents=True, exist_ok=True)
    backup.folder.mkdir(mode=0o700)
    try:
        yield backup
    except BaseException:
        shutil.rmtree(backup.folder, ignore_errors=True)
        raise


def drop_older(place, keep):
    """Delete all backups here but the latest ``keep``, and what broken ones left more than a day ago. Returns them."""
    whole = sorted(path.parent for path in place.glob(f"portal-*/{MANIFEST}") if path.parent.suffix != UNFINISHED)
    yesterday = timezone.now().timestamp() - 24 * 60 * 60
    old = [path.rename(path.with_suffix(UNFINISHED)) for path in whole[:-keep]]
    for path in [*old, *(path for path in place.glob(f"portal-*{UNFINISHED}") if path.stat().st_mtime < yesterday)]:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


class Backup:
    """A backup that was made. Raises ``CommandError`` for one that is not whole, or for another key."""

    def __init__(self, folder, *, may_be_plain=False):
        self.folder = folder
        if folder.suffix == UNFINISHED:
            raise CommandError(f"{folder} was never finished.")
        try:
            self.told = json.loads((folder / MANIFEST).read_text())
            known = self.told["format"] == FORMAT
        except FileNotFoundError as error:
            raise CommandError(f"{folder} is no backup: it has no {MANIFEST}.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{folder / MANIFEST} is damaged: it cannot be read.") from error
        if not known:
            raise CommandError(f"{folder} is of a form that these sources do not read: {self.told['format']}.")
        encrypted, given = self.told["encrypted"], secret()
        if encrypted and not given:
            raise CommandError(f"{folder} is encrypted. Set BACKUP_KEY or BACKUP_KEY_FILE to the key it was made with.")
        if given and not encrypted and not may_be_plain:
            raise CommandError(
                f"{folder} is not encrypted, and BACKUP_KEY is set: anybody could have changed it. "
                "--plain takes it anyway."
            )
        self.cover = Cover(given if encrypted else "", bytes.fromhex(self.told["salt"]))
        if not hmac.compare_digest(self.cover.signature(plain(self.told)), self.told["signature"]):
            reason = "BACKUP_KEY is not the key it was made with, or it was changed" if encrypted else "it was changed"
            raise CommandError(f"{folder / MANIFEST} does not bear its signature: {reason}.")
        self.numbers = {part["name"]: number for number, part in enumerate(self.told["parts"])}

    def check(self):
        """Read every part to its end and compare it with the manifest."""
        for part in self.told["parts"]:
            try:
                with (self.folder / part["name"]).open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            except FileNotFoundError as error:
                raise CommandError(f"{self.folder} lacks a part: {part['name']}.") from error
            if digest != part["sha256"]:
                raise CommandError(f"{self.folder / part['name']} is damaged: its checksum is another.")

    def part(self, name):
        """The content of a part, as an open file."""
        return io.BufferedReader(Read(self.folder / name, self.cover, self.numbers[name]), 1 << 16)
