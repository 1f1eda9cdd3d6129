"""Ways in that the portal does not have: nothing that comes in is run, read back as an object, or asks other hosts."""

import re

from django.apps import apps
from django.db.models import FileField

from tests.test_structure import ROOT, imported, sources

NOBODY = frozenset()
# Modules by which data become code, commands or requests to other hosts, with the only files that may import them.
NARROW = {
    "random": {"missions/demo/__init__.py"},  # invented data; everything else takes ``secrets``
    "requests": {"portal/accounts/single_sign_on.py"},  # the errors of the one provider that the settings name
    # whether a port of this machine is free; the scanner for viruses that the settings name
    "socket": {"portal/port.py", "missions/files/scanning.py"},
    "smtplib": {"missions/messages/sender.py", "missions/messages/smtp.py"},  # the mail server that the settings name
    # parts of documents, by a reader that refuses every document type; workbooks, none of them with a DOCTYPE
    "xml": {"missions/files/parts.py", "missions/sheets/merged.py", "missions/sheets/reading.py"},
    **dict.fromkeys(["pickle", "marshal", "shelve", "subprocess", "ctypes", "lxml", "yaml"], NOBODY),
    **dict.fromkeys(["httpx", "http", "urllib3", "ftplib", "telnetlib", "ldap"], NOBODY),
    "urllib": NOBODY,  # but for its parser of addresses
}


def test_no_module_runs_reads_back_or_asks_other_hosts_but_the_few_that_are_named():
    users = {name: set() for name in NARROW}
    for path in sources("missions", "portal"):
        for module in imported(path):
            top = module.partition(".")[0]
            if top in users and not module.startswith("urllib.parse"):
                users[top].add(str(path.relative_to(ROOT)))

    assert {name: found - NARROW[name] for name, found in users.items()} == dict.fromkeys(NARROW, NOBODY)


def test_no_view_but_one_that_changes_nothing_goes_without_the_token_against_forged_posts():
    """ADR 45 says why that one does."""
    without = [path for path in sources("missions", "portal") if "csrf_exempt" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in without] == ["missions/views/status.py"]
    assert not re.search(r"save\(|create\(|update\(|delete\(", without[0].read_text())


def test_nothing_is_printed_unescaped_but_plain_text_and_one_drawing():
    loose = {
        str(path.relative_to(ROOT))
        for folder in (ROOT / "templates", ROOT / "missions", ROOT / "portal")
        for path in folder.rglob("*.*")
        if path.suffix in {".html", ".svg", ".xml", ".txt"}
        and re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text())
    }
    pages = {path for path in loose if not path.endswith(".txt")}

    assert pages == {"templates/mfa/totp/activate_form.html"}  # the code that an app reads, drawn by allauth


def test_no_table_keeps_a_path_of_a_file_that_somebody_could_name():
    assert [
        str(field) for model in apps.get_models() for field in model._meta.fields if isinstance(field, FileField)
    ] == []
