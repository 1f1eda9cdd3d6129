"""The Korean messages: whether they say everything the code asks for, and are compiled.

The sources are written in English, so Korean is the one language. A second catalogue says messages of Django's own
in other words; gettext finds these nowhere in the sources.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib

ROOT = Path(__file__).parent.parent
CATALOGUE = Path("portal/locale/ko/LC_MESSAGES/django.po")
OF_DJANGO = [Path(f"portal/locale_of_django/ko/LC_MESSAGES/{domain}.po") for domain in ("django", "djangojs")]
WITH_MESSAGES = ["manage.py", "pyproject.toml", "missions", "portal", "templates"]


def gaps():
    """One line for each message that the catalogue lacks, leaves open or no longer needs.

    gettext collects the messages anew in a copy of the sources, and merges them into the
    catalogue there: what the sources ask for beyond it comes out empty or fuzzy, and what
    they stopped asking for comes out obsolete.
    """
    if not (ROOT / CATALOGUE).exists():
        return [f"{CATALOGUE} does not exist"]
    with tempfile.TemporaryDirectory() as copy:
        for name in WITH_MESSAGES:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, Path(copy, name))
        command = [sys.executable, "manage.py", "makemessages", "--locale=ko", "--verbosity=0"]
        ran = subprocess.run(command, cwd=copy, env={**os.environ, "DEBUG": "1"}, capture_output=True, text=True)
        if ran.returncode:
            return [ran.stdout + ran.stderr]
        merged = polib.pofile(Path(copy, CATALOGUE))
    kinds = {
        "untranslated": merged.untranslated_entries(),
        "to be confirmed (fuzzy)": merged.fuzzy_entries(),
        "no longer used": merged.obsolete_entries(),
    }
    found = [f"{kind}: {entry.msgid!r}" for kind, entries in kinds.items() for entry in entries]
    known = {entry.msgid for entry in merged}
    found += [f"not collected, take it out of the f-string: {text!r}" for text in sorted(asked_for() - known)]
    collect = "./run manage makemessages --locale=ko --ignore=var --ignore=tests --no-obsolete --no-location --no-wrap"
    help_for_it = f"This helps: {collect}\nThen translate what has no words and confirm what is fuzzy"
    return [*found, help_for_it] if found else []


def asked_for():
    """Every text that the code hands to a function of gettext, also where gettext itself does not look."""
    functions = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    found = set()
    for path in (path for name in ("missions", "portal") for path in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions:
                text = node.args[1 if node.func.id.startswith("p") else 0]
                found |= {text.value} if isinstance(text, ast.Constant) else set()
    return found


def strangers():
    """One line for each message of the second catalogue that Django does not ask for, or that says nothing."""
    found = []
    for written in OF_DJANGO:
        known = set()
        for path in Path(django.__file__).parent.rglob(f"locale/en/LC_MESSAGES/{written.name}"):
            known |= {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in polib.pofile(path)}
        for entry in polib.pofile(ROOT / written):
            if (entry.msgctxt, entry.msgid, entry.msgid_plural) not in known:
                found.append(f"{written}: Django has no message {entry.msgid!r}")
            elif not entry.translated():
                found.append(f"{written}: untranslated: {entry.msgid!r}")
    return found


def outdated():
    """One line for each compiled catalogue that does not say what the written one says."""
    found = []
    for written in [CATALOGUE, *OF_DJANGO]:
        compiled = ROOT / written.with_suffix(".mo")
        said = texts(polib.pofile(ROOT / written).translated_entries())
        if not compiled.exists() or said != texts(polib.mofile(compiled)):
            found.append(f"{compiled.relative_to(ROOT)} is not current")
    return [*found, "This helps: ./run manage compilemessages --locale=ko"] if found else []


def texts(entries):
    """Every message with its translation, whatever the order."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or ""): entry.msgstr_plural or entry.msgstr for entry in entries
    }
