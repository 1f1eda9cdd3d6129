"""Static files of several releases in one folder, served to all of them.

While a release is brought in, a page that one node made names files which another node is asked for. So the folder
holds the files of both, each under a name with its hash, and each release has a list of its own. What lies there under
such a name is never written again: a reader may be in the middle of it.
"""

import contextlib
import json
import os
import re
import secrets
import time
from pathlib import Path

from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from portal.release import sources

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+(\.gz|\.br)?$|^staticfiles\.[0-9a-f]{32}\.json$")
LIST = "staticfiles.*.json"
KEPT_FOR = 30 * 24 * 60 * 60  # seconds; and always the last two releases


def written(path, content):
    """Write a file so that nobody ever finds half of it; one with a hash in its name is left as it is."""
    path = Path(path)
    if HASHED.search(path.name) and path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class AtomicCompressor(Compressor):
    """Compresses beside a file as whitenoise does, written in one go."""

    def write_data(self, path, data, suffix, stat_result):
        """Keep the moment of the file beside it."""
        written(path + suffix, data)
        os.utime(path + suffix, (stat_result.st_atime, stat_result.st_mtime))
        return path + suffix


class StaticFilesOfReleases(CompressedManifestStaticFilesStorage):
    """What ``collectstatic`` writes to: it adds the files of this release to those of the releases before."""

    @property
    def manifest_name(self):
        """The list of this release. Those of others lie beside it."""
        return f"staticfiles.{sources()}.json"

    def get_modified_time(self, name):
        """Nothing is up to date by its time: a file of one release may be older than the copy of another's."""
        raise NotImplementedError

    def delete(self, name):
        """Leave a file where it is until another takes its place."""

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        written(self.path(name), b"".join(content.chunks()))
        return name

    def create_compressor(self, **kwargs):
        return AtomicCompressor(**kwargs)

    def save_manifest(self):
        """Wait until all that the list names is there, compressed too."""

    def post_process(self, *args, **kwargs):
        """Write the list last; then forget releases of long ago."""
        yield from super().post_process(*args, **kwargs)
        if not kwargs.get("dry_run"):
            super().save_manifest()
            os.utime(self.path(self.manifest_name))
            self.forget_old_releases()

    def forget_old_releases(self):
        """Remove files that only releases name which were collected more than a month ago, the last two left out."""
        lists = sorted(Path(self.location).glob(LIST), key=lambda path: path.stat().st_mtime, reverse=True)
        old = [path for path in lists[2:] if time.time() - path.stat().st_mtime > KEPT_FOR]
        kept = {name for path in lists if path not in old for name in _named(path)}
        gone = {name for path in old for name in _named(path)} - kept
        for path in old:
            path.unlink(missing_ok=True)
        for name in gone:
            for ending in ("", ".gz", ".br"):
                with contextlib.suppress(OSError):
                    Path(self.path(name + ending)).unlink()


def _named(path):
    return json.loads(path.read_text())["paths"].values()


class StaticFiles(WhiteNoiseMiddleware):
    """Serves static files as they lie in the folder, also those that came after this process began.

    A name with a hash is looked up once. Any other is looked up each time, because its length changes with it.
    """

    def find_file(self, url):
        """The file behind an address, or None."""
        if url in self.files:
            return self.files[url]
        found = super().find_file(url) if "\0" not in url else None
        if found and HASHED.search(url):
            self.files[url] = found
        return found

    def immutable_file_test(self, path, url):
        """Whether browsers may keep it for ever, whichever release it is of."""
        return bool(HASHED.search(url))
