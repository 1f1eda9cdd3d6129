"""The content of attached files, as one archive.

It is written once, under random names, before its row: whatever a row of the database names was there when the database
was read, unless somebody has removed it since.
"""

import re
import shutil
import tarfile

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.core.management.base import CommandError

from missions.files import storing
from missions.models import Attachment, PublicFile

ROWS = {storing.FILES: Attachment, storing.PUBLIC: PublicFile}
ASKED = {
    where: f"SELECT stored_as, sha256 FROM {model._meta.db_table} WHERE stored_as <> '' ORDER BY stored_as"  # noqa: S608
    for where, model in ROWS.items()
}
NAME = re.compile(r"(files|public_files)/([0-9a-f]{2}/\w+)")
PART = "files.tar"


def elsewhere():
    """Whether the content lies in a bucket, which is not for this program to copy."""
    return not all(isinstance(storages[where], FileSystemStorage) for where in ROWS)


def save(backup, named):
    """Write the content that some rows name: by storage, names with their checksums. Returns what is to be told."""
    if elsewhere():
        return None
    told = {"count": 0, "bytes": 0, "lost": [], "damaged": []}
    with backup.part(PART) as part, tarfile.open(mode="w|", fileobj=part, format=tarfile.PAX_FORMAT) as archive:
        for where, rows in named.items():
            for name, digest in rows:
                _add(archive, where, name, digest, told)
    return told


def _add(archive, where, name, digest, told):
    try:
        file = storing.opened(name, where)
    except FileNotFoundError:
        if ROWS[where].objects.filter(stored_as=name).exists():  # else it was removed while the backup was made
            told["lost"].append(f"{where}/{name}")
        return
    with file:
        if storing.checksum(file) != digest:
            told["damaged"].append(f"{where}/{name}")
        entry = tarfile.TarInfo(f"{where}/{name}")
        entry.size = file.size
        archive.addfile(entry, file)
    told["count"], told["bytes"] = told["count"] + 1, told["bytes"] + entry.size


def must_be_empty():
    """Raise ``CommandError`` where files would be written beside others."""
    if elsewhere():
        raise CommandError("The backup has files, and FILES_S3_BUCKET leads to a bucket. Restore it without that.")
    for where in ROWS:
        storage = storages[where]
        if storage.exists("") and any(storage.listdir(folder)[1] for folder in ["", *storage.listdir("")[0]]):
            raise CommandError(f"{storage.location} has files. Nothing is written over: let FILES_ROOT name another.")


def clear():
    """Take away what ``load`` wrote into empty folders."""
    for where in ROWS:
        shutil.rmtree(storages[where].location, ignore_errors=True)


def load(backup):
    """Write the content where files of records lie. Returns how many there were."""
    count = 0
    with backup.part(PART) as part, tarfile.open(mode="r|", fileobj=part) as archive:
        for entry in archive:
            found = NAME.fullmatch(entry.name)
            if not found or not entry.isfile():
                raise CommandError(f"{PART} has what no backup has: {entry.name}")
            where, name = found.groups()
            if storages[where].save(name, File(archive.extractfile(entry))) != name:
                raise CommandError(f"{PART} has {entry.name} twice.")
            count += 1
    return count
