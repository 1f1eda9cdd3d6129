"""The public face has no desk and no way to sign in; what it serves leads to neither."""

import os
import subprocess
import sys

import pytest
from django.urls import URLPattern, get_resolver

from tests import face

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out("faces")]


def addresses_of_the_desk():
    """Every address of the staff face below /admin/, and what other packages call their sign-in."""

    def found(resolver, start):
        for entry in resolver.url_patterns:
            path = start + str(entry.pattern)
            yield from [path] if isinstance(entry, URLPattern) else found(entry, path)

    desk = [entry for entry in get_resolver().url_patterns if str(entry.pattern).startswith("admin/")]
    patterns = [path for entry in desk for path in found(entry, str(entry.pattern))]
    return sorted(
        {"/" + _filled(pattern) for pattern in patterns} | {"/accounts/login/", "/login/", "/admin", "/ko/admin/"}
    )


def _filled(pattern):
    """A pattern as an address, with 1 wherever something stands for a part of it."""
    parts = [("1" if "<" in part or "(" in part else part.strip("^$")) for part in pattern.split("/")]
    return "/".join(parts)


@pytest.fixture(scope="module")
def public(django_db_setup, django_db_blocker):
    """What a process of the public face answers, and what it has loaded."""
    with django_db_blocker.unblock():
        desk = [[method, path] for path in addresses_of_the_desk() for method in ("GET", "POST")]
        further = [["GET", "/robots.txt"], ["POST", "/ko/"], ["GET", "/ko/nowhere/"], ["GET", "/api/v1/missions"]]
        told = face.process("public", {"requests": desk + further})
        told["desk"] = dict(zip(map(tuple, desk), told["answers"], strict=False))
        told["further"] = told["answers"][len(desk) :]
        return told


def test_every_address_of_the_desk_is_not_found_in_the_sites_look(public):
    assert len(public["desk"]) > 200
    for (method, path), answer in public["desk"].items():
        assert answer["status"] == 404, (method, path)
        assert 'class="site-name"' in answer["text"] and not answer["cookies"], (method, path)


def test_every_public_address_answers_without_a_cookie_and_without_a_way_to_the_desk(public, site):
    assert len(site.all) > 150
    for address, page in site.all.items():
        assert page.status == 200 and not page.sets_cookie, address
        assert 'href="/admin' not in page.text and "csrfmiddlewaretoken" not in page.text, address
    robots, posted, nowhere, api = public["further"]
    assert "admin" not in robots["text"] and "Sitemap:" in robots["text"]
    assert (posted["status"], nowhere["status"]) == (405, 404)
    assert (api["status"], api["headers"]["Content-Type"], api["cookies"]) == (200, "application/json", [])


def test_the_public_face_loads_neither_the_desk_nor_sessions_nor_a_sign_in(public, site):
    unwanted = ("missions.admin", "django.contrib.sessions", "django.contrib.messages.middleware", "allauth")
    unwanted += ("django.contrib.auth.middleware", "django.contrib.auth.views", "django.contrib.auth.urls")
    assert [name for name in {*public["modules"], *site.modules} if name.startswith(unwanted)] == []


def test_the_staff_face_has_the_desk_shows_what_the_public_reads_and_answers_no_program():
    told = face.process("staff", {"requests": [["GET", "/admin/"], ["GET", "/ko/"], ["GET", "/api/v1/"]]})["answers"]

    assert [answer["status"] for answer in told] == [302, 200, 404]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"FACE": "all"}, "FACE=all is not possible here."),
        ({"FACE": "Public"}, "FACE=Public is not possible here."),
        ({}, "FACE is not set."),
    ],
)
def test_it_refuses_to_start_without_one_of_two_faces_and_says_what_to_set(values, said):
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "z.example", **values}
    command = [sys.executable, "manage.py", "check"]
    ran = subprocess.run(command, cwd=face.ROOT, env=environment, capture_output=True, text=True)

    assert ran.returncode and said in ran.stderr
    assert "Set FACE=public" in ran.stderr and "FACE=staff" in ran.stderr and "DEBUG=1" in ran.stderr


def test_a_development_machine_has_both_in_one_process():
    environment = {"PATH": os.environ["PATH"], "DEBUG": "1"}
    asked = (
        "from django.conf import settings; import portal.urls; print(settings.FACE, portal.urls.urlpatterns[0].pattern)"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", asked]
    ran = subprocess.run(command, cwd=face.ROOT, env=environment, capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["all", "admin/"]
