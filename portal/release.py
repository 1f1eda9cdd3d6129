"""What this release is: its version, and a name for exactly these sources."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_OF = ("missions", "portal", "templates")


@cache
def version():
    """The version that ``pyproject.toml`` states, for instance 1.0.0."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@cache
def sources(root=ROOT):
    """A name for the files that this process was started with: another one whenever any of them is another."""
    files = [path for folder in MADE_OF for path in (root / folder).rglob("*.*")]
    found = hashlib.sha256()
    for path in sorted([*files, root / "requirements.txt"]):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:32]
