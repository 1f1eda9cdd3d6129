"""Static files of two releases lie in one folder, and every node serves both."""

import gzip
import os
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from portal import static_files

STYLES = "body { background: url(icon.svg) }"


@pytest.fixture
def release(tmp_path, settings, monkeypatch):
    """Collect the files of a release: ``release("one", styles)`` gives what its pages name, by plain names."""
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_USE_FINDERS = False

    def collect(name, styles=STYLES):
        sources = tmp_path / name
        sources.mkdir(exist_ok=True)
        (sources / "portal.css").write_text(styles + " /* long enough to be worth compressing */" * 20)
        (sources / "icon.svg").write_text("<svg/>")
        settings.STATICFILES_DIRS = [str(sources)]
        monkeypatch.setattr(static_files, "sources", lambda: f"{abs(hash(name)):032x}"[:32])
        storage = static_files.StaticFilesOfReleases()
        monkeypatch.setattr("django.contrib.staticfiles.management.commands.collectstatic.staticfiles_storage", storage)
        call_command("collectstatic", interactive=False, verbosity=0)
        return static_files.StaticFilesOfReleases().hashed_files

    return collect


def server():
    return static_files.StaticFiles(lambda request: HttpResponse(status=404))


def get(node, name, **headers):
    answer = node(RequestFactory().get(f"/static/{name}", headers=headers))
    with getattr(answer, "file_to_stream", nullcontext()):  # closing the answer would look at the database
        return answer, b"".join(answer)


def test_a_node_of_the_release_before_serves_files_of_the_next_that_came_after_it_began(release):
    first = release("one")
    node = server()
    assert get(node, first["portal.css"])[0].status_code == 200

    second = release("two", "body { color: red }")
    answer, content = get(node, second["portal.css"])

    assert second["portal.css"] != first["portal.css"] and answer.status_code == 200
    assert answer["Content-Type"] == 'text/css; charset="utf-8"' and "immutable" in answer["Cache-Control"]
    assert content.startswith(b"body { color: red }")
    packed = get(node, second["portal.css"], accept_encoding="gzip")
    assert packed[0]["Content-Encoding"] == "gzip" and gzip.decompress(packed[1]) == content


def test_files_of_the_release_before_stay_and_are_not_written_again(release, settings):
    first = release("one")
    found = Path(settings.STATIC_ROOT).iterdir()
    lay = {path: path.stat().st_ino for path in found if static_files.HASHED.search(path.name)}
    release("two", "body { color: red }")
    release("one")

    assert release("one") == first and len(lay) >= 4
    assert {path: path.stat().st_ino for path in lay} == lay


def test_a_file_without_a_hash_is_served_whole_after_it_changed(release):
    release("one")
    node = server()
    get(node, "portal.css")
    release("two", "body { color: red; background: black; margin: 0 }" * 9)

    answer, content = get(node, "portal.css")
    assert content.count(b"margin") == 9 and int(answer["Content-Length"]) == len(content)


def test_files_that_only_a_release_of_long_ago_names_go(release, settings):
    names = {name: release(name, f"body {{ margin: {number} }}") for number, name in enumerate(["one", "two"])}
    month = time.time() - 40 * 24 * 60 * 60
    for path in Path(settings.STATIC_ROOT).glob("staticfiles.*"):
        os.utime(path, (month, month))
    names["three"] = release("three", "body { margin: 3 }")
    left = {name for name, files in names.items() if (Path(settings.STATIC_ROOT) / files["portal.css"]).exists()}

    assert len(left) == 2 and "three" in left
    assert get(server(), names["three"]["icon.svg"])[0].status_code == 200


@pytest.mark.parametrize("name", ["../one/portal.css", "%2e%2e/one/portal.css", "a\0b.css", "", ".", "portal.css/"])
def test_nothing_but_files_of_the_folder_is_found(release, name):
    release("one")
    assert get(server(), name)[0].status_code == 404
