"""Where the content of files lies: in the storages “files” and “public_files”, under random names.

Content is written before its row and erased after it, so a crash leaves content without a row, never the other way
round. ``sweep`` finds it.
"""

import datetime
import hashlib
import secrets

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

PIECE = 256 * 1024
SPARED_FOR = datetime.timedelta(days=1)  # what is being uploaded has no row yet
FILES, PUBLIC = "files", "public_files"


def checksum(file):
    """The SHA-256 of an open file, which stands at its beginning afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def keep(file, where=FILES):
    """Write the content of an open file under a random name, which is returned."""
    token = secrets.token_hex(20)
    return storages[where].save(f"{token[:2]}/{token}", File(file))


def opened(stored_as, where=FILES):
    """The content, as an open file. Raises ``FileNotFoundError`` where it is lost."""
    return storages[where].open(stored_as, "rb")


def erase(*names, where=FILES):
    """Erase content, once the transaction is written that took it from its rows. What fails is left to ``sweep``."""
    for name in filter(None, names):
        transaction.on_commit(lambda name=name: storages[where].delete(name), robust=True)


def sweep(known, where=FILES, now=None):
    """Erase content older than a day whose name is not among those that are ``known``. Returns how many."""
    storage, before = storages[where], (now or timezone.now()) - SPARED_FOR
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return 0  # nothing was ever uploaded
    names = [f"{folder}/{name}" for folder in folders for name in storage.listdir(folder)[1]]
    lost = [name for name in names if name not in known and storage.get_modified_time(name) < before]
    for name in lost:
        storage.delete(name)
    return len(lost)
