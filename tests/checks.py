"""What must hold of the sources without running the suite; ``./run check`` calls this."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import messages, words

ROOT = Path(__file__).parent.parent
WIDEST = 120  # columns, as in Python; the pictures below static are data
SOURCES = {"templates": ["html", "txt"], "portal/static": ["css", "js"]}

DEPLOYMENT = {
    "DEBUG": "0",
    "FACE": "staff",
    "SECRET_KEY": "k7-" + "check-deploy-only" * 4,
    "ALLOWED_HOSTS": "portal.example.kr",
    "DATABASE_URL": "sqlite://:memory:",
}
PYTHON = [sys.executable, "-m"]
MANAGE = [sys.executable, "manage.py"]
COMMANDS = {
    "ruff check": [*PYTHON, "ruff", "check", "--quiet", "--output-format=concise", "."],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "--quiet", "--output-format=concise", "."],
    "djlint of the templates": [*PYTHON, "djlint", "--quiet", "--lint", "templates"],
    "migrations for every change of a model": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "migrations beside the release before": [*PYTHON, "tests.migrations"],
    "deployment settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "deployment settings of the public face": [
        "env",
        "FACE=public",
        *MANAGE,
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
    ],
}


def complaint(command):
    """What a command printed if it failed, else nothing."""
    environment = {**os.environ, **DEPLOYMENT}
    ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return (ran.stdout.strip() or f"exit status {ran.returncode}") if ran.returncode else ""


def wide_lines():
    """Where a line of a template, a stylesheet or a script is longer than one of Python may be."""
    for folder, endings in SOURCES.items():
        for path in sorted(path for ending in endings for path in (ROOT / folder).rglob(f"*.{ending}")):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                if len(line) > WIDEST:
                    yield f"{path.relative_to(ROOT)}:{number}: {len(line)} columns"


def main():
    """Print a line for each check, and what is wrong below it. Programs run side by side, one a core."""
    checks = {name: (lambda command=command: complaint(command)) for name, command in COMMANDS.items()}
    checks["width of templates, stylesheets and scripts"] = lambda: "\n".join(wide_lines())
    checks["messages complete"] = lambda: "\n".join(messages.gaps())
    checks["messages of Django known"] = lambda: "\n".join(messages.strangers())
    checks["words of docs/words.md"] = lambda: "\n".join(words.found())
    checks["compiled messages current"] = lambda: "\n".join(messages.outdated())
    failed = []
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for name, wrong in zip(checks, pool.map(lambda check: check(), checks.values()), strict=True):
            print(f"{'FAILED' if wrong else 'ok':8}{name}", flush=True)
            if wrong:
                failed.append(name)
                print(wrong, flush=True)
    if failed:
        print(f"{len(failed)} of {len(checks)} checks failed: {', '.join(failed)}")
    else:
        print(f"All {len(checks)} checks passed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
