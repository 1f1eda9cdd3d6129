"""Single sign-on: whom a provider of OpenID Connect lets in, and whom it does not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from missions.models import SignIn, User
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
SIGN_IN = "/admin/login/"


class Provider(BaseHTTPRequestHandler):
    """A provider that says of everybody what ``person`` is."""

    person = {}

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            self._say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorise",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/person",
                    "jwks_uri": f"{base}/keys",
                }
            )
        else:
            self._say(self.person)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "x", "token_type": "Bearer"})

    def _say(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings):
    """A provider that runs, and settings that name it; ``provider(sub=…, email=…)`` says who comes."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "desk", "name": "모의 통합 로그인", "client_id": "portal", "secret": "x"}
    app["settings"] = {"server_url": f"http://127.0.0.1:{server.server_port}"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    settings.OIDC_NAME = app["name"]
    yield lambda **person: setattr(Provider, "person", person)
    server.shutdown()
    server.server_close()


def come(client, goal=""):
    """Go to the provider and come back."""
    gone = client.get(reverse("openid_connect_login", args=["desk"]), {"next": goal} if goal else {})
    assert gone.status_code == 302, gone.content.decode()[:2000]
    asked = parse_qs(urlsplit(gone.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = urlsplit(asked["redirect_uri"][0]).path
    return client.get(back, {"code": "x", "state": asked["state"][0]}, follow=True)


def test_a_verified_address_of_an_account_lets_in_and_the_key_does_from_then_on(client, provider):
    officer = make.staff("mission_officer", make.body(), email="kim@mofa.example.kr")
    provider(sub="k-1", email="Kim@mofa.example.kr", email_verified=True)
    assert "모의 통합 로그인" in client.get(SIGN_IN).content.decode()
    page = come(client, "/admin/missions/body/")

    assert page.request["PATH_INFO"] == "/admin/missions/body/" and page.context["user"] == officer
    client.post("/admin/logout/")
    provider(sub="k-1", email="renamed@mofa.example.kr", email_verified=False)
    assert come(client).context["user"] == officer
    assert SignIn.objects.first().method == "openid_connect"


@pytest.mark.parametrize(
    ("person", "change"),
    [
        ({"sub": "k", "email": "kim@mofa.example.kr", "email_verified": False}, {}),
        ({"sub": "k", "email": "kim@mofa.example.kr"}, {}),
        ({"sub": "k"}, {}),
        ({"sub": "k", "email": "other@mofa.example.kr", "email_verified": True}, {}),
        ({"sub": "k", "email": "kim@mofa.example.kr", "email_verified": True}, {"is_active": False}),
        ({"sub": "k", "email": "kim@mofa.example.kr", "email_verified": True}, {"is_staff": False}),
    ],
)
def test_nobody_else_is_let_in_and_no_account_is_made(client, provider, person, change):
    officer = make.staff("mission_officer", make.body(), email="kim@mofa.example.kr")
    User.objects.filter(pk=officer.pk).update(**change)
    before = User.objects.count()
    provider(**person)
    page = come(client)

    assert page.request["PATH_INFO"] == SIGN_IN and "전자우편 주소의 업무 화면 계정이 없습니다" in page.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert client.get("/admin/").status_code == 302


def test_an_address_that_two_accounts_have_lets_in_neither(client, provider):
    for _ in range(2):
        make.staff("auditor", email="kim@mofa.example.kr")
    provider(sub="k", email="kim@mofa.example.kr", email_verified=True)

    assert come(client).request["PATH_INFO"] == SIGN_IN


def test_an_account_that_was_closed_since_is_not_let_in_by_its_key(client, provider):
    officer = make.staff("auditor", email="kim@mofa.example.kr")
    provider(sub="k", email="kim@mofa.example.kr", email_verified=True)
    come(client)
    client.post("/admin/logout/")
    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert come(client).request["PATH_INFO"] == SIGN_IN and client.get("/admin/").status_code == 302


def test_the_second_factor_is_asked_for_all_the_same(client, provider, settings):
    settings.REQUIRE_MFA = True
    make.staff("auditor", email="kim@mofa.example.kr", password=make_password("a pass phrase"))
    provider(sub="k", email="kim@mofa.example.kr", email_verified=True)

    assert come(client).request["PATH_INFO"] == "/admin/account/"
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("given", [{}, {"code": "x"}, {"code": "x", "state": "forged"}, {"error": "access_denied"}])
def test_coming_back_with_something_made_up_leads_to_the_sign_in_page(client, provider, given):
    page = client.get(reverse("openid_connect_callback", args=["desk"]), given, follow=True)

    assert page.request["PATH_INFO"] == SIGN_IN and "통합 로그인에 실패했습니다" in page.content.decode()


def test_a_provider_that_does_not_answer_is_told_and_the_password_is_another_way(client, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:1"
    page = client.get(reverse("openid_connect_login", args=["desk"]), follow=True)

    assert page.request["PATH_INFO"] == SIGN_IN and "통합 로그인에 실패했습니다" in page.content.decode()


def test_without_settings_there_is_no_single_sign_on(client):
    assert "통합 로그인" not in client.get(SIGN_IN).content.decode()
    assert client.get(reverse("openid_connect_login", args=["desk"])).status_code == 404


def test_no_account_is_joined_to_somebody_elses_key(client, provider):
    officer = make.staff("auditor")
    client.force_login(officer)
    provider(sub="k", email="stranger@mofa.example.kr", email_verified=True)
    gone = client.get(reverse("openid_connect_login", args=["desk"]), {"process": "connect"})
    asked = parse_qs(urlsplit(gone.url).query)
    client.get(urlsplit(asked["redirect_uri"][0]).path, {"code": "x", "state": asked["state"][0]})

    assert not SocialAccount.objects.exists()
