"""While a difficulty is being filed, similar ones are shown: to those who may see them, the solved ones first."""

import pytest
from django.urls import reverse

from missions.difficulties import relays, workflow
from missions.models import Difficulty, Outcome
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
HINTS = "admin:missions_difficulty_similar"


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(client, body):
    """The client is signed in as an officer of the body."""
    user = make.officer(body)
    client.force_login(user)
    return user


def hints(client, text, **values):
    response = client.post(reverse(HINTS), {"text": text, **values})
    assert response.status_code == 200
    return response.json()["cases"]


def references(client, text, **values):
    return [case["reference"] for case in hints(client, text, **values)]


def solved(record, outcome=Outcome.RESOLVED):
    Difficulty.objects.filter(pk=record.pk).update(**make.closed(outcome))
    return record


@pytest.mark.parametrize(
    ("filed", "typed"),
    [
        ("반덤핑관세가 부과되었습니다", "관세 문제로 도움을 청합니다"),
        ("통관지연으로 납기를 놓쳤습니다", "통관이 안 되고 있습니다"),
        ("Shipment held by customs at the port", "Our shipment is held"),
        ("Battery certification was refused", "certification of batteries refused again"),
    ],
)
def test_a_sentence_finds_what_shares_its_telling_words(client, officer, body, filed, typed):
    record = make.difficulty(body, officer, account=filed)
    others = [
        make.difficulty(body, officer, account=text) for text in ("상표 분쟁을 겪고 있습니다", "The visa was late")
    ]

    found = references(client, typed)
    assert record.reference in found
    assert not {other.reference for other in others} & set(found)


def test_solved_cases_come_first_and_each_says_where_it_stands(client, officer, body):
    still_open = make.difficulty(body, officer, title="할랄 인증서 반려", account="할랄 인증서가 반려됨")
    done = solved(make.difficulty(body, officer, title="할랄 인증서 지연", account="인증"))
    text = make.case(body, title_ko="할랄 인증서 취득", outcome=Outcome.RESOLVED)

    found = hints(client, "할랄 인증서")

    assert {case["reference"] for case in found[:2]} == {done.reference, text.reference}
    assert found[2]["reference"] == still_open.reference
    by_reference = {case["reference"]: case for case in found}
    assert by_reference[done.reference]["standing"] == "종결 · 해결"
    assert by_reference[done.reference]["country"] == "베트남"
    change = reverse("admin:missions_difficulty_change", args=[still_open.pk])
    assert by_reference[still_open.reference]["url"] == change
    again = reverse("admin:missions_difficulty_step", args=[still_open.pk, "again"])
    assert by_reference[still_open.reference]["same"] == again
    assert by_reference[text.reference]["same"] == ""
    assert client.get(by_reference[text.reference]["url"]).status_code == 200


def test_one_that_is_closed_is_linked_or_reopened_and_takes_no_further_report(client, officer, body):
    record = solved(make.difficulty(body, officer, title="할랄 인증서 지연"))

    (found,) = hints(client, "할랄 인증서")

    reopen = reverse("admin:missions_difficulty_step", args=[record.pk, "reopen"])
    assert (found["same"], found["reopen"], found["link"]) == ("", reopen, record.pk)
    posted = {"title": "또 지연", "account": "다시 늦어집니다.", "firm_name_ko": "한빛전자"}
    begun = client.post(reopen, posted).context["form"].initial
    assert begun == {"reason": "한빛전자\n또 지연\n다시 늦어집니다."}
    again = client.post(reverse("admin:missions_difficulty_step", args=[record.pk, "again"]), posted)
    assert "종결된 수출애로" in again.context["why_not"] and "다시 늦어집니다." in again.content.decode()


def test_one_that_another_body_closed_is_linked_and_not_reopened(client, officer, body):
    home = make.body()
    clerk = make.officer(home)
    record = workflow.review(make.difficulty(home, clerk, title="할랄 인증서 지연"), by=clerk)
    relays.relay(record, by=clerk, to=body, kind="information", asked="참고하십시오.")

    (found,) = hints(client, "할랄 인증서", country="VN")
    assert found["same"] and found["link"] is None
    solved(record)
    (found,) = hints(client, "할랄 인증서", country="VN")

    assert (found["same"], found["reopen"], found["link"]) == ("", "", record.pk)


def test_a_difficulty_is_filed_with_a_closed_one_linked_as_similar(client, officer, body):
    record = solved(make.difficulty(body, officer))
    hidden = make.difficulty(make.body())
    values = {"country": "VN", "type": "customs", "title": "또", "account": "글", "report_source": "firm"}
    values |= {"reported_on": "2026-03-02"}
    add = reverse("admin:missions_difficulty_add")
    assert client.post(add, values | {"similar": [hidden.pk]}).status_code == 200

    assert client.post(add, values | {"similar": [record.pk]}).status_code == 302

    filed = Difficulty.objects.get(title="또")
    assert list(filed.similar.all()) == [record] and filed.stage == "received"


def test_the_same_country_and_type_weigh_more(client, officer, body):
    near = make.difficulty(body, officer, account="라벨 표기 위반", country_id="US", type_id="customs")
    far = make.difficulty(body, officer, account="라벨 표기 위반")

    assert references(client, "라벨 표기", country="US", type="customs") == [near.reference, far.reference]
    assert references(client, "라벨 표기", country="VN") == [far.reference, near.reference]


def test_same_country_and_type_come_before_the_same_type_and_that_before_more_words(client, officer, body):
    words = {"title": "통관 지연", "account": "라벨 표기 위반 과태료"}
    there = make.difficulty(body, officer, title="표기", account="라벨 표기 위반", country_id="IN", type_id="customs")
    such = make.difficulty(body, officer, **words, country_id="US", type_id="customs")
    same_words = make.difficulty(body, officer, **words, country_id="IN", type_id="tariff")
    few_words = make.difficulty(body, officer, title="표기", account="표기", country_id="IN", type_id="tariff")

    found = references(client, "라벨 표기 위반 과태료", country="IN", type="customs")
    assert found == [there.reference, such.reference, same_words.reference] and few_words.reference not in found


@pytest.mark.parametrize("chosen", ["", "ID"])
def test_the_name_of_the_country_finds_nothing_by_itself(client, officer, body, chosen):
    named = make.difficulty(body, officer, title="과일", account="인도네시아에서 과일을 팔지 못합니다", country_id="ID")
    other = make.difficulty(body, officer, title="할랄", account="할랄 인증이 없습니다", country_id="MY")
    near = make.difficulty(body, officer, title="할랄", account="할랄 인증이 없습니다", country_id="ID")

    assert references(client, "인도네시아 할랄 인증", country=chosen) == [near.reference, other.reference]
    assert references(client, "인도네시아", country=chosen) == []
    assert references(client, "과일 인도네시아", country=chosen) == [named.reference]


def test_another_bodys_officer_learns_nothing(client, body):
    record = make.difficulty(body, title="극비 반도체장비", account="극비 반도체장비")
    make.case(body, "draft", title_ko="극비 반도체장비")
    make.case(body, "awaiting", title_ko="극비 반도체장비")
    make.case(body, "withdrawn", title_ko="극비 반도체장비")
    client.force_login(make.officer(make.body()))

    response = client.post(reverse(HINTS), {"text": "극비 반도체장비"})

    assert response.json()["cases"] == []
    assert record.reference not in response.content.decode()


def test_only_those_who_file_may_ask_and_only_by_post(client, officer):
    assert client.get(reverse(HINTS), {"text": "관세"}).status_code == 405
    client.force_login(make.staff("auditor"))
    assert client.post(reverse(HINTS), {"text": "관세"}).status_code == 403
    client.logout()
    assert client.post(reverse(HINTS), {"text": "관세"}).status_code == 302


@pytest.mark.parametrize("text", ["", " ", "?!", "가", "a", "' | !", "\x00", "관" * 20_000, "⛴ \ud7ff 𠮷"])
def test_nothing_typed_breaks_it(client, officer, body, text):
    make.difficulty(body, officer)

    assert hints(client, text, country="\x00", type="'") == []


def test_at_most_eight_are_shown_at_a_cost_that_does_not_grow(client, officer, body, django_assert_max_num_queries):
    for _ in range(12):
        make.difficulty(body, officer, account="포장재 규제")

    with django_assert_max_num_queries(11):
        assert len(references(client, "포장재 규제")) == 8


def test_words_too_common_to_tell_are_asked_for_together(client, officer, body, monkeypatch):
    monkeypatch.setattr("missions.search.similar.COMMON", 1)
    records = [
        make.difficulty(body, officer, account=account) for account in ("수출 계약", "수출 계약", "수출", "계약")
    ]

    assert set(references(client, "수출 계약")) == {record.reference for record in records[:2]}


def test_the_form_that_files_asks_for_hints_and_the_others_do_not(client, officer, body):
    record = make.difficulty(body, officer)
    asks = f'data-similar="{reverse(HINTS)}"'

    assert asks in client.get(reverse("admin:missions_difficulty_add")).content.decode()
    assert asks not in client.get(reverse("admin:missions_difficulty_change", args=[record.pk])).content.decode()
