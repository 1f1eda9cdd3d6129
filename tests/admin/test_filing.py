"""Filing is one page: the firm is found before it is made, and the firm leaves with a receipt."""

import re
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import progress, relays, workflow
from missions.models import Body, Company, Difficulty, Mission
from tests import make
from tests.forms import signed_in

pytestmark = pytest.mark.usefixtures("programme")
ADD = "admin:missions_difficulty_add"
NUMBER = "123-45-67891"
FILED = {
    "country": "VN",
    "type": "customs",
    "title": "통관 보류",
    "account": "서류 보완 요구를 받았습니다.",
    "report_source": "firm",
    "reported_on": "2026-03-02",
}


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(client, body):
    """The client is signed in as an officer of the body, who reads English."""
    user = make.staff("mission_officer", body, language="en")
    client.force_login(user)
    return user


def file(client, **values):
    return client.post(reverse(ADD), FILED | values)


def asked(response):
    """The firms that the page offers, and the answer that none of them is meant."""
    assert response.status_code == 200 and not Difficulty.objects.exists()
    form = response.context["adminform"].form
    return form.candidates, form.none_of_them


@pytest.mark.parametrize(
    "typed", ["한빛", "빛전", "hanbit", "Electronics", "전자 한빛", "한 빛", "123-45", "1234567891", NUMBER, "45-67"]
)
def test_the_chooser_finds_a_firm_by_what_is_known_of_it(client, body, officer, typed):
    firm = make.company(body, name_ko="(주)한빛전자", name_en="Hanbit Electronics", registration_number="1234567891")
    make.company(body, name_ko="바다식품", name_en="Sea Foods", registration_number="2208162517")
    make.company(make.body(), name_ko="한빛전자 전자", name_en="Hanbit Electronics")
    wanted = {"app_label": "missions", "model_name": "difficulty", "field_name": "company", "term": typed}

    found = client.get(reverse("admin:autocomplete"), wanted).json()["results"]

    assert found == [{"id": str(firm.pk), "text": "(주)한빛전자 · Hanbit Electronics · 123-45-67891"}]


@pytest.mark.parametrize("typed", ["\x00", "가" * 20_000, "%", "_", "'", "()"])
def test_nothing_sought_breaks_the_chooser(client, body, officer, typed):
    make.company(body, name_ko="바다식품")

    assert client.get(reverse("admin:missions_company_changelist"), {"q": typed}).status_code in (200, 302, 400)


def test_a_firm_that_is_not_known_is_made_with_its_difficulty(client, body, officer):
    response = file(
        client,
        firm_name_ko="한빛전자",
        firm_registration_number=NUMBER,
        firm_contact="김대리",
        firm_email="a@example.com",
        firm_shares_with_mission="on",
    )

    record = Difficulty.objects.get()
    firm = record.company
    assert response.status_code == 302 and record.holder == body
    assert (firm.name_ko, firm.registration_number, firm.body) == ("한빛전자", "1234567891", body)
    assert (firm.contact, firm.email, firm.shares_with_mission) == ("김대리", "a@example.com", True)
    assert firm.history.get().history_user == officer


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("(주)한빛전자", "한빛전자 주식회사"),
        ("한빛 전자", "㈜한빛전자"),
        ("한빛전자 부산공장", "한빛전자"),
        ("Hanbit Electronics", "HANBIT ELECTRONICS Co., Ltd."),
    ],
)
def test_a_firm_of_that_name_is_offered_and_can_be_chosen(client, body, officer, known, typed):
    firm = make.company(body, name_ko=known)

    first = file(client, firm_name_ko=typed)
    candidates, _none = asked(first)
    page = first.content.decode()
    assert candidates == [firm] and "Is it this firm?" in page and known in page
    assert f'value="{typed}"' in page and FILED["account"] in page and FILED["title"] in page

    file(client, firm_name_ko=typed, same_firm=firm.pk)
    assert Difficulty.objects.get().company == firm and Company.objects.count() == 1


def test_another_firm_of_that_name_is_made_when_none_is_meant_and_only_of_those_shown(client, body, officer):
    make.company(body, name_ko="한빛전자")
    _candidates, none = asked(file(client, firm_name_ko="한빛전자"))
    make.company(body, name_ko="한빛전자 둘")

    candidates, again = asked(file(client, firm_name_ko="한빛전자", same_firm=none))
    assert len(candidates) == 2

    assert file(client, firm_name_ko="한빛전자", same_firm=again).status_code == 302
    assert Company.objects.count() == 3


@pytest.mark.parametrize("typed", ["１２３ － ４５ － ６７８９１", "123 – 45 – 67891", "123 . 45 . 67891"])
def test_a_number_is_read_however_long_it_is_typed(client, body, officer, typed):
    file(client, firm_name_ko="한빛전자", firm_registration_number=typed)

    assert Company.objects.get().registration_number == "1234567891"


def test_a_firm_of_that_number_is_chosen_and_never_made_twice(client, body, officer):
    firm = make.company(body, name_ko="바다식품", registration_number="1234567891")

    candidates, none = asked(file(client, firm_name_ko="산들식품", firm_registration_number=NUMBER))
    assert candidates == [firm]
    refused = file(client, firm_name_ko="산들식품", firm_registration_number=NUMBER, same_firm=none)
    assert "firm_registration_number" in refused.context["adminform"].form.errors
    assert Company.objects.count() == 1


def test_what_a_known_firm_lacked_is_added_and_what_differs_is_kept_and_told(client, body, officer):
    firm = make.company(body, name_ko="한빛전자", telephone="02-1")
    values = {"firm_name_ko": "한빛전자", "firm_contact": "김대리", "firm_telephone": "02-2", "same_firm": firm.pk}

    page = client.post(reverse(ADD), FILED | values, follow=True).content.decode()

    firm.refresh_from_db()
    assert (firm.contact, firm.telephone) == ("김대리", "02-1")
    assert "Telephone: 02-2" in page


def test_a_guess_at_whom_to_contact_at_another_bodys_firm_is_not_answered(client, body, officer):
    home = make.body()
    clerk = make.officer(home)
    firm = make.company(home, name_ko="한빛전자", contact="김대리", telephone="02-2")
    record = workflow.review(make.difficulty(home, clerk, company=firm), by=clerk)
    relays.relay(record, by=clerk, to=body, kind="information", asked="참고하십시오.")

    for typed in ("김대리", "박과장"):
        values = {"firm_name_ko": "한빛전자", "firm_contact": typed, "same_firm": firm.pk, "title": typed}
        response = client.post(reverse(ADD), FILED | values, follow=True)
        assert f"Contact person: {typed}" in response.content.decode()


def test_another_bodys_firm_is_never_offered_and_never_named(client, body, officer):
    other = make.company(make.body(), name_ko="비밀전자", contact="박비밀", registration_number="1234567891")

    by_number = file(client, firm_name_ko="한빛전자", firm_registration_number=NUMBER)
    form = by_number.context["adminform"].form
    assert form.candidates == [] and not Difficulty.objects.exists() and Company.objects.count() == 1
    assert "secretariat" in str(form.errors["firm_registration_number"])
    for hidden in ("비밀전자", "박비밀", other.body.code, other.body.name_ko):
        assert hidden not in by_number.content.decode()

    assert file(client, firm_name_ko="비밀전자", same_firm=other.pk).status_code == 302
    assert Difficulty.objects.get().company != other


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"firm_name_ko": "한빛전자", "firm_registration_number": "123-45-67890"}, "firm_registration_number"),
        ({"firm_name_en": "Hanbit"}, "firm_name_ko"),
        ({"firm_contact": "김대리"}, "firm_name_ko"),
        ({"firm_name_ko": "한빛전자", "firm_email": "없음"}, "firm_email"),
        ({"firm_name_ko": "가" * 20_000}, "firm_name_ko"),
        ({"firm_name_ko": "한빛전자", "title": ""}, "title"),
    ],
)
def test_a_refused_filing_makes_no_firm_and_keeps_every_word(client, body, officer, values, field):
    response = file(client, **values)

    assert response.status_code == 200 and field in response.context["adminform"].form.errors
    assert not Company.objects.exists() and not Difficulty.objects.exists()
    for word in filter(None, (FILED | values).values()):
        assert word in response.content.decode()


def test_a_refused_filing_folds_nothing_over_what_was_typed_or_is_wrong(client, body, officer):
    page = file(client, firm_name_ko="한빛전자", place="하노이", hurts_on="someday", title="")

    assert folds(page) == ["Similar difficulties"]
    assert len(folds(client.get(reverse(ADD)))) == 4


def folds(response):
    """Headings of the closed folds of a page."""
    return re.findall(r"<details><summary>\s*<h2[^>]*>([^<]*)", response.content.decode())


def test_a_firm_chosen_and_another_described_is_asked_about(client, body, officer):
    firm = make.company(body)

    response = file(client, company=firm.pk, firm_name_ko="한빛전자")
    assert "company" in response.context["adminform"].form.errors and not Difficulty.objects.exists()


def test_a_number_that_is_known_leaves_no_way_to_register_its_firm_again(client, body, officer):
    make.company(body, registration_number="1234567891")
    known = file(client, firm_name_ko="한빛", firm_registration_number=NUMBER)
    assert asked(known)[1] == "" and "same-firm-1" in known.content.decode()
    assert "same-firm-none" not in known.content.decode()

    make.company(body, name_ko="한빛")
    other = file(client, firm_name_ko="한빛", firm_registration_number="123-45-67890")
    assert "same-firm-none" in other.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_file_for_the_same_new_firm_at_once_make_it_once():
    body, start = Body.objects.get(code="LAX"), threading.Barrier(2, timeout=20)
    clients, answers = [signed_in(make.officer(body)) for _ in range(2)], []

    def file_at_once(client):
        start.wait()
        answers.append(client.post(reverse(ADD), FILED | {"firm_name_ko": "한빛", "firm_registration_number": NUMBER}))
        connection.close()

    threads = [threading.Thread(target=file_at_once, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Company.objects.filter(registration_number="1234567891").count() == Difficulty.objects.count() == 1


def receipt(client, record):
    return client.get(reverse("admin:missions_difficulty_receipt", args=[record.pk]))


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_is_filed_once_and_the_second_time_leads_there(programme):
    body = make.body()
    user, firm = make.staff("mission_officer", body, language="en"), make.company(body)
    clients, answers = [signed_in(user) for _ in range(2)], []

    def send(client):
        answers.append(file(client, company=firm.pk))
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    record = Difficulty.objects.get()
    first, second = sorted(answers, key=lambda answer: -answer.status_code)
    assert (first.status_code, second.status_code) == (302, 200)
    page = second.content.decode()
    link = f'<a href="{reverse("admin:missions_difficulty_change", args=[record.pk])}">{record.reference}'
    assert f"You filed this a moment ago: {link}" in page and FILED["account"] in page
    assert file(clients[0], company=firm.pk, title="다른 건").status_code == 302


def test_filing_leads_to_the_difficulty_and_offers_its_receipt(client, body, officer):
    response = client.post(reverse(ADD), FILED, follow=True)

    record = Difficulty.objects.get()
    address = reverse("admin:missions_difficulty_receipt", args=[record.pk])
    assert response.redirect_chain[-1][0] == reverse("admin:missions_difficulty_change", args=[record.pk])
    assert response.content.decode().count(f'href="{address}"') == 2


def test_what_may_be_a_slip_is_filed_and_told(client, body, officer):
    reached = file(client, hurts_on="2026-03-01")
    assert reached.status_code == 302
    page = client.get(reached.url).content.decode()
    assert "No firm was named." in page and "before the day of the report: 1 March 2026" in page

    reached = file(
        client, title="통관 지연", hurts_on="2026-03-02", firm_name_ko="한빛전자", firm_telephone="02-123-4567"
    )
    page = client.get(reached.url).content.decode()
    assert "No firm was named" not in page and "before the day of the report" not in page


def test_the_receipt_says_what_was_filed_in_both_languages_and_what_happens_next(client, body, officer):
    Body.objects.filter(pk=body.pk).update(contact_ko="대표전화 1번", contact_en="Telephone one")
    record = make.difficulty(body, officer, company=make.company(body, name_ko="바다식품", name_en="Sea Foods"))

    page = receipt(client, record).content.decode()

    korean, english = page.split('<section lang="ko"')[1].split('<section lang="en"')
    today = timezone.localdate(record.events.get().at)
    for part, words in (
        (
            korean,
            ["접수증", "바다식품", "베트남", "대표전화 1번", body.name_ko, "2근무일", "10근무일", f"{today.year}년"],
        ),
        (english, ["Receipt", "Sea Foods", "Vietnam", "Telephone one", body.name_en, "2 working days", "10 working"]),
    ):
        for word in [*words, record.reference, record.title]:
            assert word in part, word


def test_an_urgent_receipt_promises_the_shorter_clocks(client, body, officer):
    record = make.difficulty(body, officer, is_urgent=True, urgent_reason="내일 선적")

    page = receipt(client, record).content.decode()

    assert "1근무일" in page and "3근무일" in page and "within 1 working day and answers within 3 working days" in page


def test_the_receipt_tells_nothing_of_the_way_of_the_difficulty_or_of_other_firms(client, body, officer):
    other = make.company(body, name_ko="다른기업")
    make.difficulty(body, officer, company=other, title="다른 애로")
    record = make.difficulty(
        body, officer, account="내부 경위", steps_taken="내부 조치", urgent_reason="내부 사유", is_urgent=True
    )
    workflow.accept(record, by=officer, owner=officer)
    progress.wait(record, by=officer, waiting_on="company", note="내부 메모", until=make.tomorrow())
    relays.relay(record, by=officer, to=make.body(name_ko="내부 수신"), kind="help", asked="내부 부탁")

    page = receipt(client, record).content.decode()

    assert not [word for word in ("내부", "다른기업", "다른 애로") if word in page]


def test_the_receipt_is_for_those_who_may_open_the_difficulty(client, body, officer):
    record = make.difficulty(body, officer)

    client.force_login(make.officer(make.body()))
    assert receipt(client, record).status_code == 404
    client.force_login(make.staff("auditor"))
    assert receipt(client, record).status_code == 200
    client.force_login(make.staff(posted_to=body))
    assert receipt(client, record).status_code == 403
    client.logout()
    assert receipt(client, record).status_code == 302


def test_a_body_without_a_public_contact_gives_its_missions_and_where_that_lacks_says_so(client, body, officer):
    record = make.difficulty(body, officer)

    assert "기록 없음" in receipt(client, record).content.decode()
    Mission.objects.filter(pk=body.mission_id).update(telephone="+84 1")
    page = receipt(client, record).content.decode()
    assert "기록 없음" not in page and "+84 1" in page and body.mission.name_en in page


def test_whoever_may_not_file_is_told_who_may_and_is_asked_to_send_nothing_again(client, body):
    for user in (make.staff("ministry"), make.staff("mission_officer")):
        client.force_login(user)
        for response in (client.get(reverse(ADD)), client.post(reverse(ADD), FILED)):
            page = response.content.decode()
            assert response.status_code == 403 and "부처 담당자" in page and "다시 보내" not in page

    client.force_login(make.staff("auditor"))
    page = client.get(reverse("admin:missions_meeting_add")).content.decode()
    assert "권한" in page and "다시 보내" not in page
    assert "다시 보내" in client.post(reverse("admin:missions_meeting_add"), {}).content.decode()
