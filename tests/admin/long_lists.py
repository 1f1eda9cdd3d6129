"""A long list of urgent difficulties as a file, in steps short enough for a test."""

import csv
import io

import pytest
from django.core.files.storage import storages

from missions.admin import export_files
from missions.files import storing
from tests import make

START = "/admin/missions/difficulty/export/"
COLUMNS = ["reference", "title", "reported_on", "since", "company_name", "contact"]
ASKED = {"format": "csv", "column": COLUMNS, "reason": "간담회 초청"}


@pytest.fixture
def short_steps(monkeypatch, django_capture_on_commit_callbacks):
    """Pieces of two rows, one a step.

    Content goes once a transaction is written; in a test none is, so it is done here at its end.
    """
    monkeypatch.setattr(export_files, "AT_ONCE", 3)
    monkeypatch.setattr(export_files, "PIECE", 2)
    monkeypatch.setattr(export_files, "SECONDS", 0)
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def body():
    """The body of who asks."""
    return make.body()


@pytest.fixture
def officer(body, client):
    """Somebody who sees five urgent difficulties of two firms, and one that is not urgent."""
    officer = make.officer(body)
    firms = [make.company(body, name_ko=f"Z기업 {name}", contact=f"김{name}") for name in ("가", "나")]
    urgent = {"is_urgent": True, "urgent_reason": "선적"}
    for number in range(5):
        make.difficulty(body, officer, title=f"=건 {number}", company=firms[number % 2], **urgent)
    make.difficulty(body, officer, title="급하지 않은 건")
    make.difficulty(make.body(), title="남의 건", **urgent)
    client.force_login(officer)
    return officer


@pytest.fixture
def before():
    """What lies in the store at first."""
    return kept()


@pytest.fixture
def other(officer, client):
    """The same person in a second window."""
    window = type(client)()
    window.force_login(officer)
    return window


def begin(client, narrowed="?is_urgent__exact=1", **asked):
    """The address of the page of a file."""
    answer = client.post(f"{START}{narrowed}", ASKED | asked)
    assert answer.status_code == 302
    return answer["Location"]


def go_on(client, page, steps=20):
    """Do what the script of the page does. Returns what the page says in the end."""
    shown = client.get(page).content.decode()
    while "data-goes-on" in shown and steps:
        assert client.post(page).status_code == 302
        shown, steps = client.get(page).content.decode(), steps - 1
    return shown


def rows(client, page):
    """What a file has that is made, without its heads."""
    answer = client.get(f"{page}file/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))[1:]


def kept():
    """The names of everything in the store of private files."""
    storage = storages[storing.FILES]
    return {f"{folder}/{name}" for folder in storage.listdir("")[0] for name in storage.listdir(folder)[1]}
