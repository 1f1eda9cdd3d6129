"""Whether a registration number is known elsewhere: told by few, recorded questions only."""

import pytest
from django.urls import reverse

from missions.models import AccessRecord, Body, Company
from missions.personal_data.numbers import MOST
from tests import make
from tests.forms import opened, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")
WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def number(serial):
    """A registration number whose last digit fits."""
    digits = [int(digit) for digit in f"{serial:09d}"]
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) + digits[8] * 5 // 10
    return f"{serial:09d}{(10 - total % 10) % 10}"


KNOWN = number(123456780)


@pytest.fixture
def officer():
    lax = Body.objects.get(code="LAX")
    make.company(Body.objects.get(code="HAN"), name_ko="바다식품", registration_number=KNOWN)
    return make.officer(lax)


def register(client, digits):
    page = reverse("admin:missions_company_add")
    return client.post(page, opened(client, page) | {"name_ko": f"새 기업 {digits}", "registration_number": digits})


def file(client, digits):
    words = {"title": "통관 보류", "firm_name_ko": f"새 기업 {digits}", "firm_registration_number": digits}
    page = reverse("admin:missions_difficulty_add")
    return client.post(page, opened(client, page) | words)


@pytest.mark.parametrize("way", [register, file])
def test_a_number_of_another_bodys_firm_says_only_whom_to_ask_and_is_recorded(officer, way):
    page = text(way(signed_in(officer), f"{KNOWN[:3]}-{KNOWN[3:5]}-{KNOWN[5:]}"))

    assert "국내 사무국에 문의하십시오" in page and "바다식품" not in page and "HAN" not in page
    record = AccessRecord.objects.get()
    assert (record.by, record.kind, record.reason, record.company_name) == (officer, "number", KNOWN, "바다식품")


@pytest.mark.parametrize("way", [register, file])
def test_after_so_many_numbers_a_day_a_known_and_an_unknown_one_are_answered_alike(officer, way):
    client = signed_in(officer)
    for serial in range(MOST):
        register(client, number(serial + 1))
    assert Company.objects.filter(body__code="LAX").count() == MOST
    told = [text(way(client, digits)).count("더 이상 조회하지 않습니다") for digits in (KNOWN, number(500))]

    assert told == [1, 1] and AccessRecord.objects.count() == MOST
    assert not Company.objects.filter(registration_number=number(500)).exists()


def test_the_same_number_sent_again_is_one_question(officer):
    client = signed_in(officer)
    for _ in range(3):
        register(client, KNOWN)

    assert AccessRecord.objects.count() == 1


def test_a_firm_that_one_sees_is_no_question(officer):
    make.company(Body.objects.get(code="LAX"), registration_number=number(7))
    page = text(register(signed_in(officer), number(7)))

    assert "목록에서 기업을 고르거나" in page and not AccessRecord.objects.exists()


def test_a_number_with_a_typing_error_is_no_question(officer):
    wrong = KNOWN[:-1] + str((int(KNOWN[-1]) + 1) % 10)
    register(signed_in(officer), wrong)

    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("question", ["choices", "similar"])
def test_who_asks_more_often_than_anybody_types_waits_a_minute(officer, monkeypatch, question):
    monkeypatch.setattr("missions.admin.limits.time.time", lambda: 1_800_000_000)
    monkeypatch.setattr("missions.admin.limits.MOST", 3)
    client = signed_in(officer)
    chooser = {"app_label": "missions", "model_name": "difficulty", "field_name": "country", "term": "베트남"}
    ask = {
        "choices": lambda: client.get("/admin/autocomplete/", chooser),
        "similar": lambda: client.post(reverse("admin:missions_difficulty_similar"), {"text": "통관"}),
    }[question]
    answers = [ask() for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    monkeypatch.setattr("missions.admin.limits.time.time", lambda: 1_800_000_060)
    assert ask().status_code == 200
