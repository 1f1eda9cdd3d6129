"""The settings of attached files: where they lie, how large and how many, and who scans them."""

from pathlib import Path

import environ

env = environ.Env()
FILES_ROOT = Path(env.str("FILES_ROOT", default=str(Path(__file__).resolve().parent.parent / "var" / "files")))
FILE_MOST_BYTES = env.int("FILE_MOST_MB", default=20) * 1024 * 1024  # of one file
FILES_MOST_A_RECORD = env.int("FILES_MOST_A_RECORD", default=30)
FILES_MOST_AT_ONCE = 10
UPLOAD_MOST_BYTES = 3 * FILE_MOST_BYTES  # of everything that is sent at once
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")


def storage(name):
    """Where files lie: a folder that nobody but the portal reads, and no web server serves."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(FILES_ROOT / name),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


FILE_STORAGES = {"files": storage("private"), "public_files": storage("public")}
