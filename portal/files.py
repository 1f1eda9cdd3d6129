"""The settings of attached files: where they lie, how large and how many, and who scans them."""

import importlib.util
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
FILES_ROOT = Path(env.str("FILES_ROOT", default=str(Path(__file__).resolve().parent.parent / "var" / "files")))
FILE_MOST_BYTES = env.int("FILE_MOST_MB", default=20) * 1024 * 1024  # of one file
FILES_MOST_A_RECORD = env.int("FILES_MOST_A_RECORD", default=30)
FILES_MOST_AT_ONCE = 10
UPLOAD_MOST_BYTES = 3 * FILE_MOST_BYTES  # of everything that is sent at once
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")


def storage(name):
    """Where files lie: in a bucket where the environment names one, else in a folder that no web server serves.

    Raises ``ImproperlyConfigured`` for a bucket without the package that speaks to it.
    """
    if bucket := env.str("FILES_S3_BUCKET", default=""):
        return _bucket(bucket, name)
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(FILES_ROOT / name),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _bucket(bucket, name):
    if importlib.util.find_spec("storages") is None:
        raise ImproperlyConfigured(
            "FILES_S3_BUCKET is set, but django-storages is not installed: pip install 'django-storages[s3]>=1.14'"
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": name,
            "endpoint_url": env.str("FILES_S3_URL", default="") or None,
            "region_name": env.str("FILES_S3_REGION", default="") or None,
            "access_key": env.str("FILES_S3_KEY", default="") or None,
            "secret_key": env.str("FILES_S3_SECRET", default="") or None,
            "default_acl": None,  # what the bucket says: private
            "file_overwrite": False,
        },
    }


FILE_STORAGES = {"files": storage("private"), "public_files": storage("public")}
