"""What was typed when a session ended: it comes back to whoever typed it, and to nobody else."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from missions.models import Body, Company, Difficulty, LocalInformation, Meeting
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
SIGN_IN, STAY, SESSIONS = "/admin/login/", "/admin/account/stay/", "/admin/account/sessions/"
PASSWORD = "a pass phrase"
KEPT = "입력한 내용은 한 시간 동안 보관되며"
NOT_SAVED = "아직 저장되지 않았습니다"


@pytest.fixture
def clock(monkeypatch):
    """Moves the time on: ``clock(seconds)``."""
    now = [1_790_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(body):
    return make.staff("mission_officer", body, password=make_password(PASSWORD))


@pytest.fixture
def colleague(body):
    return make.staff("mission_officer", body, password=make_password(PASSWORD))


@pytest.fixture
def browser():
    """A browser, whose forms need their token."""
    return Client(enforce_csrf_checks=True)


def token(response):
    return response.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def sign_in(browser, account, goal=""):
    """Fill in the sign-in page, and follow."""
    page = browser.get(SIGN_IN, {"next": goal} if goal else {}, follow=True)
    sent = {"login": account.username, "password": PASSWORD, "csrfmiddlewaretoken": token(page), "next": goal}
    return browser.post(SIGN_IN, sent, follow=True)


def enters(browser):
    return browser.get("/admin/").status_code == 200


def filing(browser, body):
    """The filing form, with a text nobody wants to type twice."""
    address = reverse("admin:missions_difficulty_add")
    return address, {"title": "통관이 늦어집니다", "account": "Z 서류를 세 번 보완했습니다."}


def step(browser, body):
    record = make.difficulty(body)
    return reverse("admin:missions_difficulty_step", args=[record.pk, "again"]), {
        "firm": "Z 다른 기업",
        "note": "Z 원산지 증명서를 기다립니다.",
    }


def meeting(browser, body):
    found = Meeting.objects.create(body=body, status="held", held_on=make.DAY, held_precision="day")
    return reverse("admin:missions_meeting_change", args=[found.pk]), {"summary_ko": "Z 회의 요지를 길게 적었습니다."}


def information(browser, body):
    return reverse("admin:missions_localinformation_add"), {
        "title_ko": "Z 제도가 바뀌었습니다",
        "text_ko": "Z 긴 글입니다.",
    }


def files(browser, body):
    record = make.difficulty(body)
    return reverse("admin:missions_difficulty_files", args=[record.pk]), {"note": "Z 세관 공문과 번역문입니다."}


def contact(browser, body):
    firm = make.company(body, contact="김하나", email="a@z.example")
    page = reverse("admin:missions_company_change", args=[firm.pk])
    shown = reverse("admin:missions_company_contact", args=[firm.pk])
    browser.post(shown, {"csrfmiddlewaretoken": token(browser.get(page))})
    return page, {"contact": "Z 새 담당자", "email": "new@z.example"}


def begun(browser, officer, body, form):
    """Open a form as its officer, and type; the address, and all that a browser would send."""
    sign_in(browser, officer)
    address, typed = form(browser, body)
    page = browser.get(address)
    posted = forms.entries(page) | typed | {"csrfmiddlewaretoken": token(page)}
    return address, posted, typed


def count():
    return [model.objects.count() for model in (Difficulty, Meeting, LocalInformation, Company)]


FORMS = [filing, step, meeting, information, files, contact]


@pytest.mark.parametrize("ending", ["idle", "ended elsewhere", "signed out", "expired"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_typed_when_a_session_ended_comes_back_and_is_not_saved(browser, officer, body, clock, form, ending):
    address, posted, typed = begun(browser, officer, body, form)
    if ending == "idle":
        clock(2 * 60 * 60)
    elif ending == "ended elsewhere":
        UserSession.objects.get(user=officer).end()
    elif ending == "signed out":
        browser.post("/admin/logout/", {"csrfmiddlewaretoken": posted["csrfmiddlewaretoken"]})
    else:
        Session.objects.all().delete()
    before = count()
    asked = browser.post(address, posted, follow=True)
    assert asked.request["PATH_INFO"] == SIGN_IN and KEPT in asked.content.decode()
    page = sign_in(browser, officer, asked.context["redirect_field_value"])

    assert page.request["PATH_INFO"] == address and NOT_SAVED in page.content.decode() and count() == before
    back = forms.entries(page)
    assert {name: back[name] for name in typed} == typed
    assert {name for name in posted if posted[name] and name not in back} <= {"csrfmiddlewaretoken"}


def test_what_came_back_can_be_saved_then(browser, officer, body, clock):
    address, posted, typed = begun(browser, officer, body, meeting)
    clock(2 * 60 * 60)
    asked = browser.post(address, posted, follow=True)
    page = sign_in(browser, officer, asked.context["redirect_field_value"])
    assert not Meeting.objects.filter(summary_ko=typed["summary_ko"]).exists()
    saved = browser.post(address, forms.entries(page) | {"csrfmiddlewaretoken": token(page)})

    assert saved.status_code == 302, forms.complaints(saved)
    assert Meeting.objects.filter(summary_ko=typed["summary_ko"]).exists()


def test_a_part_that_was_added_comes_back_with_the_rest(browser, officer, body, clock):
    address, posted, _typed = begun(browser, officer, body, meeting)
    posted |= {"agenda-TOTAL_FORMS": "1", "agenda-0-order": "1", "agenda-0-topic_ko": "Z 안건입니다"}
    clock(2 * 60 * 60)
    asked = browser.post(address, posted, follow=True)
    page = sign_in(browser, officer, asked.context["redirect_field_value"])

    assert forms.entries(page)["agenda-0-topic_ko"] == "Z 안건입니다"


def test_what_somebody_else_saved_meanwhile_stands_beside_what_comes_back(browser, officer, body, clock):
    address, posted, _typed = begun(browser, officer, body, meeting)
    clock(2 * 60 * 60)
    asked = browser.post(address, posted, follow=True)
    Meeting.objects.filter(body=body).update(summary_ko="Z 다른 사람의 요지")
    page = sign_in(browser, officer, asked.context["redirect_field_value"]).content.decode()

    assert "Z 다른 사람의 요지" in page and "Z 회의 요지를 길게 적었습니다." in page


@pytest.mark.parametrize("form", FORMS)
def test_it_comes_back_to_nobody_else(browser, officer, colleague, body, clock, form):
    address, posted, typed = begun(browser, officer, body, form)
    clock(2 * 60 * 60)
    asked = browser.post(address, posted, follow=True)
    goal = asked.context["redirect_field_value"]
    seen = [sign_in(browser, colleague, goal), browser.get(goal)]
    browser.post("/admin/logout/", {"csrfmiddlewaretoken": token(seen[1])})
    seen.append(sign_in(browser, officer, goal))

    assert not any(words in page.content.decode() for page in seen for words in typed.values() if " " in words)


def test_a_form_that_one_person_opened_is_not_shown_to_another_who_signed_in_since(browser, officer, colleague, body):
    address, posted, typed = begun(browser, officer, body, filing)
    browser.post("/admin/logout/", {"csrfmiddlewaretoken": posted["csrfmiddlewaretoken"]})
    sign_in(browser, colleague)
    response = browser.post(address, posted, follow=True)

    assert response.status_code == 403 and typed["account"] not in response.content.decode()
    assert not any("typed" in one.get_decoded() for one in Session.objects.all())


def test_a_form_opened_before_signing_in_again_in_another_tab_comes_back_at_once(browser, officer, body, clock):
    address, posted, typed = begun(browser, officer, body, filing)
    clock(2 * 60 * 60)
    sign_in(browser, officer)
    page = browser.post(address, posted, follow=True)

    assert page.request["PATH_INFO"] == address and NOT_SAVED in page.content.decode()
    assert forms.entries(page)["account"] == typed["account"] and not Difficulty.objects.filter(**typed).exists()


@pytest.mark.parametrize("forged", [None, "", "x" * 64, "another browser"])
def test_a_post_from_elsewhere_is_not_kept(browser, officer, body, clock, forged):
    address, posted, _typed = begun(browser, officer, body, filing)
    if forged == "another browser":
        forged = token(Client().get(SIGN_IN))
    posted["csrfmiddlewaretoken"] = forged
    if forged is None:
        del posted["csrfmiddlewaretoken"]
    clock(2 * 60 * 60)
    response = browser.post(address, posted, follow=True)

    assert KEPT not in response.content.decode()
    assert not any("typed" in one.get_decoded() for one in Session.objects.all())


def test_it_lies_encrypted_and_without_passwords_and_is_gone_after_use_and_after_an_hour(
    browser, officer, body, clock, settings
):
    settings.SESSION_IDLE_MINUTES = 10
    root = make.staff(is_superuser=True, password=make_password(PASSWORD))
    sign_in(browser, root)
    address = reverse("admin:missions_user_add")
    typed = {"username": "z-new", "name": "Z 새 사람", "password1": "Zsecret of them", "password2": "Zsecret of them"}
    posted = forms.entries(browser.get(address)) | typed
    posted["csrfmiddlewaretoken"] = token(browser.get(address))
    for waits in (0, 59 * 60, 61 * 60):
        clock(11 * 60)
        asked = browser.post(address, posted, follow=True)
        goal = asked.context["redirect_field_value"]
        (stored,) = [one.get_decoded()["typed"] for one in Session.objects.all() if "typed" in one.get_decoded()]
        (form,) = stored.values()
        assert "Z 새 사람" not in str(form) and "Zsecret" not in str(form)
        clock(waits)
        page = sign_in(browser, root, goal)
        assert ("Z 새 사람" in page.content.decode()) == (waits < 3600)
        assert "Zsecret" not in page.content.decode()
        assert "Z 새 사람" not in browser.get(goal).content.decode()
        posted["csrfmiddlewaretoken"] = token(browser.get(address))


def test_too_much_is_not_kept_and_several_forms_are(browser, officer, body, clock):
    address, posted, _typed = begun(browser, officer, body, filing)
    clock(2 * 60 * 60)
    huge = browser.post(address, posted | {"account": "가" * 400_000}, follow=True)
    assert KEPT not in huge.content.decode()
    goals = []
    for number in range(4):
        asked = browser.post(address, posted | {"title": f"통관 {number} 번째"}, follow=True)
        goals.append(asked.context["redirect_field_value"])
    sign_in(browser, officer)
    shown = [browser.get(goal).content.decode() for goal in goals]

    assert [f"통관 {number} 번째" in page for number, page in enumerate(shown)] == [False, True, True, True]


def test_a_page_that_cannot_be_filled_shows_what_was_typed_to_copy(browser, officer, body, clock):
    sign_in(browser, make.staff("ministry", password=make_password(PASSWORD)))
    page = browser.get("/admin/counters/")
    posted = {"csrfmiddlewaretoken": token(page), "note": "Z 여러 낱말로 적은 글입니다"}
    clock(2 * 60 * 60)
    asked = browser.post("/admin/counters/", posted, follow=True)
    owner = Body.objects.first() and asked.context["redirect_field_value"]
    account = type(officer).objects.filter(groups__name="ministry", username__startswith="z").last()
    page = sign_in(browser, account, owner).content.decode()

    assert "Z 여러 낱말로 적은 글입니다" in page and "필요한 내용을 복사해" in page
