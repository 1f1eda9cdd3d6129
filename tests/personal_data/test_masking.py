"""Contacts of firms on the desk: masked until one asks, and who asked is kept."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from missions.models import AccessRecord, AccessReview, Body, Company, SignIn
from tests import make
from tests.forms import address, change, opened, signed_in, text

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]
WORDS = ["김해양", "010-1234-5678", "haeyang@bada.kr"]


@pytest.fixture
def lax():
    return Body.objects.get(code="LAX")


@pytest.fixture
def firm(lax):
    return make.company(lax, name_ko="바다식품", contact=WORDS[0], telephone=WORDS[1], email=WORDS[2])


def words_on(response):
    return [word for word in WORDS if word in text(response)]


def show(client, firm):
    return client.post(reverse("admin:missions_company_contact", args=[firm.pk]), follow=True)


def test_a_contact_is_masked_until_it_is_shown_by_a_click_that_is_recorded(lax, firm):
    officer = make.officer(lax)
    client = signed_in(officer)

    page = client.get(address(firm))
    assert words_on(page) == []
    assert all(masked in text(page) for masked in ("김**", "***-****-**78", "h******@bada.kr"))
    assert AccessRecord.objects.count() == 0
    assert words_on(show(client, firm)) == WORDS
    assert words_on(client.get(address(firm))) == WORDS

    record = AccessRecord.objects.get()
    kept = (record.by, record.by_name, record.company, record.company_name, record.kind, record.address)
    assert kept == (officer, str(officer), firm, "바다식품", "contact", "127.0.0.1")


def test_a_name_beside_a_telephone_number_is_masked_too(lax):
    firm = make.company(lax, telephone="김해양 과장 010-1234-5678 내선 12")
    page = text(signed_in(make.officer(lax)).get(address(firm)))

    assert "김** 과* ***-****-**** 내* 12" in page and "해양" not in page


def test_a_contact_is_masked_again_after_ten_minutes(lax, firm, monkeypatch):
    client = signed_in(make.officer(lax))
    show(client, firm)
    later = timezone.now().timestamp() + 601
    monkeypatch.setattr("missions.admin.contacts.time.time", lambda: later)

    assert words_on(client.get(address(firm))) == []


def test_opening_the_address_of_the_click_shows_and_records_nothing(lax, firm):
    client = signed_in(make.officer(lax))
    page = client.get(reverse("admin:missions_company_contact", args=[firm.pk]), follow=True)

    assert words_on(page) == [] and AccessRecord.objects.count() == 0


def test_a_firm_is_saved_without_its_contact_being_shown_and_keeps_it(lax, firm):
    client = signed_in(make.officer(lax))
    assert change(client, address(firm), region="부산").status_code == 302

    firm.refresh_from_db()
    assert [firm.region, firm.contact, firm.telephone, firm.email] == ["부산", *WORDS]


def test_what_was_typed_into_a_shown_contact_is_saved_after_the_time_has_run_out(lax, firm, monkeypatch):
    client = signed_in(make.officer(lax))
    show(client, firm)
    form = opened(client, address(firm)) | {"contact": "이바다"}
    later = timezone.now().timestamp() + 601
    monkeypatch.setattr("missions.admin.contacts.time.time", lambda: later)

    assert client.post(address(firm), form).status_code == 302
    assert Company.objects.get(pk=firm.pk).contact == "이바다"
    assert AccessRecord.objects.count() == 2


def test_another_body_without_the_firms_consent_cannot_show_the_contact(lax, firm):
    han = Body.objects.get(code="HAN")
    record = make.difficulty(lax, make.officer(lax), company=firm)
    record.holder = han
    record.save()
    client = signed_in(make.officer(han))

    assert words_on(client.get(address(firm))) == []
    assert client.post(reverse("admin:missions_company_contact", args=[firm.pk])).status_code == 403
    assert AccessRecord.objects.count() == 0


def test_a_stranger_finds_no_such_firm(firm):
    client = signed_in(make.officer(make.body()))

    assert client.post(reverse("admin:missions_company_contact", args=[firm.pk])).status_code == 404


def test_the_history_of_a_firm_is_masked_as_its_page_is(lax, firm):
    client = signed_in(make.officer(lax))
    show(client, firm)
    change(client, address(firm), contact="이바다")
    history = reverse("admin:missions_company_history", args=[firm.pk])
    assert "김해양" in text(client.get(history))

    other = signed_in(make.officer(lax))
    assert words_on(other.get(history)) == [] and "김**" in text(other.get(history))


def test_firms_offered_when_filing_show_a_masked_contact(lax, firm):
    client = signed_in(make.officer(lax))
    page = client.post(reverse("admin:missions_difficulty_add"), {"firm_name_ko": "바다식품", "title": "통관 보류"})

    assert "김**" in text(page) and words_on(page) == []


@pytest.mark.parametrize("change_of", ["update", "delete"])
def test_no_access_record_is_changed_or_deleted(lax, firm, change_of):
    show(signed_in(make.officer(lax)), firm)
    table = "missions_accessrecord"
    statement = {"update": f"UPDATE {table} SET by_name = 'x'", "delete": f"DELETE FROM {table}"}[change_of]
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AccessRecord.objects.get().by_name != "x"


LAST_MONTH = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
PAGE = "/admin/accesses/?month={:%Y-%m}"


def shown_last_month(user, firm):
    record = AccessRecord(by=user, by_name=str(user), company=firm, company_name=firm.name_ko, kind="contact")
    moment = timezone.now().replace(year=LAST_MONTH.year, month=LAST_MONTH.month, day=15)
    field = AccessRecord._meta.get_field("at")
    field.auto_now_add, record.at = False, moment
    record.save()
    field.auto_now_add = True


@pytest.mark.parametrize("role", ["ministry", "auditor"])
def test_a_month_is_looked_through_once_after_it_has_ended(lax, firm, role):
    officer = make.officer(lax)
    shown_last_month(officer, firm)
    reviewer = make.staff(role)
    client, page = signed_in(reviewer), PAGE.format(LAST_MONTH)

    assert str(officer) in text(client.get(page)) and "바다식품" in text(client.get(page))
    assert client.post(page, {"finding": ""}).status_code == 200 and not AccessReview.objects.exists()
    client.post(page, {"finding": "이상 없음"})
    client.post(page, {"finding": "다른 의견"})

    review = AccessReview.objects.get()
    assert (review.by, review.finding, review.month) == (reviewer, "이상 없음", LAST_MONTH.replace(day=1))
    assert "이상 없음" in text(client.get(page))


def test_the_present_month_cannot_be_looked_through_yet(lax, firm):
    client = signed_in(make.staff("auditor"))
    client.post(PAGE.format(timezone.localdate()), {"finding": "이상 없음"})

    assert not AccessReview.objects.exists()


def test_nobody_looks_through_their_own_accesses(lax, firm):
    ministry = make.staff("ministry")
    shown_last_month(ministry, firm)
    page = signed_in(ministry).post(PAGE.format(LAST_MONTH), {"finding": "이상 없음"})

    assert "이상 없음" in text(page) and not AccessReview.objects.exists()


@pytest.mark.parametrize("role", ["mission_officer", "domestic_secretariat", "approver"])
def test_others_do_not_see_the_access_records(lax, role):
    client = signed_in(make.staff(role, lax))

    assert client.get("/admin/accesses/").status_code == 403
    assert client.get("/admin/keys/").status_code == 403


def test_sign_ins_of_the_month_stand_beside_the_accesses(lax):
    make.officer(lax)
    for outcome, account in (("signed_in", "lax"), ("wrong", "lax"), ("wrong", "")):
        SignIn.objects.create(account=account, address="203.0.113.7", method="password", outcome=outcome)
    page = text(signed_in(make.staff("auditor")).get("/admin/accesses/"))

    assert "계정별 로그인" in page and "없는 계정" in page and ">lax</th>" in page


def test_behind_a_proxy_an_access_is_kept_with_the_address_that_the_proxy_saw(lax, firm, settings):
    settings.BEHIND_PROXY = True
    client = signed_in(make.officer(lax))
    client.post(
        reverse("admin:missions_company_contact", args=[firm.pk]), headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"}
    )

    assert AccessRecord.objects.get().address == "203.0.113.7"
