"""What is public as soon as it is saved names no firm, and whoever writes numbers into it is told so."""

import pytest
from django.urls import reverse

from missions.models import Meeting
from missions.publication.names_in_text import contacts_in
from tests import forms, make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(client, body):
    """The client is signed in as an officer of the body."""
    user = make.officer(body)
    client.force_login(user)
    return user


def saved(client, row, **values):
    """Type values into the form of a row; its errors, and the messages on the next page."""
    response = client.post(forms.address(row), forms.opened(client, forms.address(row)) | values, follow=True)
    shown = response.context.get("adminform")
    return dict(shown.form.errors) if shown else {}, " ".join(map(str, response.context["messages"]))


@pytest.mark.parametrize(
    "words", ["바다식품이 겪은 일", "BADA FOODS reported", "02.1234.5678", "sea@bada.example", "123-45-67891"]
)
def test_a_public_text_names_no_firm_of_its_body(client, body, officer, words):
    numbers = {"telephone": "02-1234-5678", "email": "sea@bada.example", "registration_number": "1234567891"}
    make.company(body, name_ko="㈜바다식품", name_en="Bada Foods Co., Ltd.", **numbers)
    row = make.meeting(body)

    errors, _said = saved(client, row, summary_ko=words)
    assert set(errors) == {"summary_ko"} and "공개" in errors["summary_ko"][0]

    form = forms.opened(client, forms.address(row))
    form.pop("is_published")
    assert client.post(forms.address(row), form | {"summary_ko": words}).status_code == 302
    assert set(saved(client, row, is_published="on")[0]) == {"summary_ko"}


def test_a_firm_that_agrees_is_named_but_not_its_numbers_nor_its_contact(client, body, officer):
    make.company(body, name_ko="바다식품", contact="김해양 과장", telephone="02-1234-5678", may_be_named=True)

    errors, _said = saved(client, make.meeting(body), summary_ko="바다식품 02-1234-5678 김해양")
    assert [error.count("바다식품") for error in errors["summary_ko"]] == [0, 0]
    assert {"02-1234-5678", "김해양"} == {word for word in ("02-1234-5678", "김해양") if word in str(errors)}

    assert saved(client, make.meeting(body), summary_ko="바다식품의 김해양 전무")[0].keys() == {"summary_ko"}
    assert saved(client, make.meeting(body), summary_ko="바다식품, 그리고 김해양 사람들")[0] != {}
    assert saved(client, make.meeting(body), summary_ko="바다식품의 일")[0] == {}
    assert Meeting.objects.filter(summary_ko="바다식품의 일").exists()
    assert saved(client, make.meeting(body), summary_ko="김해양 참사관")[0] == {}  # no firm is told of


def test_a_name_that_two_firms_bear_is_free_only_when_both_agree(client, body, officer):
    make.company(body, name_ko="바다식품", may_be_named=True)
    other = make.company(make.body(), name_ko="바다식품")
    assert saved(client, make.meeting(body), summary_ko="바다식품")[0].keys() == {"summary_ko"}

    other.may_be_named = True
    other.save()

    assert saved(client, make.meeting(body), summary_ko="바다식품")[0] == {}


def test_a_meeting_between_the_ministries_names_no_firm_at_all(client, body):
    make.company(body, name_ko="바다식품")
    client.force_login(make.staff("ministry"))

    assert set(saved(client, make.meeting(kind="strategy_meeting"), summary_ko="바다식품의 건")[0]) == {"summary_ko"}


def test_a_topic_of_a_published_meeting_names_no_firm(client, body, officer):
    make.company(body, name_ko="바다식품")
    meeting = make.meeting(body, is_published=False)
    topic = {"agenda-TOTAL_FORMS": 1, "agenda-0-order": 1, "agenda-0-kind": "difficulty"}
    topic["agenda-0-topic_ko"] = "바다식품 통관"
    published = client.post(
        forms.address(meeting), forms.opened(client, forms.address(meeting)) | topic | {"is_published": "on"}
    )
    assert "바다식품" in published.context["inline_admin_formsets"][0].formset.forms[0].errors["topic_ko"][0]
    assert not Meeting.objects.get(pk=meeting.pk).agenda.exists()

    assert forms.change(client, forms.address(meeting), **topic).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).agenda.exists()


def test_whoever_publishes_a_number_or_an_address_is_told(client, body, officer):
    row = make.meeting(body, is_published=False)

    assert "010-2345" not in saved(client, row, summary_ko="홍길동 010-2345-6789")[1]
    errors, said = saved(client, row, is_published="on")

    assert errors == {} and "010-2345-6789" in said
    assert "010-2345" not in saved(client, row)[1]
    item = make.relayed(body, "sent", text_ko="문의 hong@example.org")
    client.force_login(make.secretary())
    page = reverse("admin:missions_localinformation_way", args=[item.pk, "publish"])
    assert client.get(page).context["contacts"] == ["hong@example.org"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("홍길동 010-2345-6789", ["010-2345-6789"]),
        ("전화 02 1234 5678, +84 24 3771 0404", ["02 1234 5678", "+84 24 3771 0404"]),
        ("０１０－２３４５－６７８９", ["010-2345-6789"]),
        ("문의: hong.gildong@mofa.go.kr 로", ["hong.gildong@mofa.go.kr"]),
        ("2024-05-02부터 2024. 12. 3.까지 1,234,567달러, HS 8507.60, 통관 0.5%", []),
    ],
)
def test_what_reads_like_a_number_or_an_address_is_seen(text, found):
    assert contacts_in(text) == found
