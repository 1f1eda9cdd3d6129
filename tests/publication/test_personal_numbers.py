"""Nobody's resident, foreigner or passport number is kept, in whatever text; numbers that only look alike are."""

import pytest
from django.urls import reverse

from missions.models import Difficulty, LocalInformation
from missions.publication.personal_numbers import personal_number
from tests import forms, make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("주민번호 880123-1234567", "880123-1234567"),
        ("８８０１２３－１２３４５６７", "880123-1234567"),
        ("88\u200b0123-123\u00ad4567", "880123-1234567"),
        ("030405 4123456", "030405 4123456"),
        ("외국인 900101–5123456", "900101–5123456"),
        ("8801231234564", "8801231234564"),  # the last digit follows from the others
        ("여권번호 M12345678", "M12345678"),
        ("passport no. m123a4567", "m123a4567"),
        ("여권(PM1234567)", "PM1234567"),
    ],
)
def test_a_personal_number_is_seen(text, found):
    assert personal_number(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "8801234567890",  # the bar code of goods from Korea
        "8801231234567",  # thirteen digits, of which the last is not right
        "881323-1234567",  # no such day
        "990101-3123456",  # not born yet
        "0901.21-0000, 8507.60.0000",
        "123-45-67891",
        "110111-2487050",  # a corporation's, which reads like a day of January 1911
        "법인 110111-8012348",
        "02-1234-5678, 010-1234-5678, +82-2-2100-2114",
        "계약번호 M12345678",
        "2024-05-02부터 2024. 12. 3.까지 1,234,567달러",
        "880123-12345678",
    ],
)
def test_a_number_that_only_looks_alike_is_not(text):
    assert personal_number(text) == ""


def test_no_form_keeps_one_whoever_reads_it(client):
    body = make.body()
    client.force_login(make.officer(body))
    record, row = make.difficulty(body), make.information(body, is_published=False)
    number = "880123-1234567"

    assert number in str(forms.complaints(forms.change(client, forms.address(row), text_ko=f"홍 {number}")))
    filed = {"country": "VN", "type": "customs", "title": "통관 보류", "account": number, "report_source": "firm"}
    answer = client.post(reverse("admin:missions_difficulty_add"), filed | {"reported_on": "2026-03-02"})
    assert number in str(forms.complaints(answer))
    close = reverse("admin:missions_difficulty_step", args=[record.pk, "close"])
    closed = forms.change(client, close, outcome="advice", solution=f"여권 M12345678, {number}")
    assert number in str(closed.context["form"].errors["solution"])

    assert not Difficulty.objects.filter(account__contains=number).exists()
    assert not Difficulty.objects.exclude(outcome="").filter(pk=record.pk).exists()
    assert not LocalInformation.objects.filter(text_ko__contains=number).exists()
