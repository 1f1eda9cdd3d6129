"""Days, amounts and telephone numbers as people write them: read rightly or asked back, never something else."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from missions.fields.amounts import amount
from missions.fields.typed_days import FirstOfMonthField, day
from missions.fields.validators import telephone
from missions.models import Difficulty
from tests import make
from tests.admin.test_filing import FILED, file


def refusal(read, typed):
    """What is said of a value that is not read."""
    with pytest.raises(ValidationError) as refused:
        read(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-11-20", "20261120", "2026/11/20", "2026.11.20", "2026.11.20.", "2026. 11. 20.", "2026년 11월 20일"),
        *("2026년11월20일", "２０２６－１１－２０", "2026–11–20".replace("–", "-"), "20 November 2026", "Nov 20, 2026"),
    ],
)
def test_a_day_is_read_as_koreans_write_it(typed):
    assert day(typed) == datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed", ["11/20/2026", "20.11.2026", "11-20-2026", "2026", "2026112", "내일", "2026-11/20", "٢٠٢٦-١١-٢٠"]
)
def test_a_day_in_another_order_is_refused_in_a_sentence(typed):
    assert "연, 월, 일" in refusal(day, typed)


@pytest.mark.parametrize("typed", ["26.11.20", "26-11-20", "261120", "26년 11월 20일", "26/11/20."])
def test_a_year_of_two_digits_is_asked_back(typed):
    assert "2026-11-20" in refusal(day, typed)


@pytest.mark.parametrize("typed", ["2026-02-30", "20261301", "2026년 0월 1일"])
def test_a_day_that_is_in_no_calendar_is_refused(typed):
    assert "없는 날짜" in refusal(day, typed)


@pytest.mark.parametrize("typed", ["2026-11", "2026.11.", "202611", "2026년 11월", "2026/11", "2026-11-01"])
def test_a_month_is_read_as_koreans_write_it(typed):
    assert FirstOfMonthField().clean(typed) == datetime.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5억", 500_000_000),
        ("3천만", 30_000_000),
        ("1만 5천", 15_000),
        ("1,200,000.50", "1200000.50"),
        ("1억 2,500만", 125_000_000),
        ("2조 3천억 원", 2_300_000_000_000),
        ("1.5억", 150_000_000),
        ("만", 10_000),
        ("3백50만 원", 3_500_000),
        ("５００만", 5_000_000),
        ("1억 25000000", 125_000_000),
        ("0", 0),
        ("12천", 12_000),
    ],
)
def test_an_amount_is_read_as_koreans_write_it(typed, meant):
    assert amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["1,50", "$5", "약 5억", "만억", "3만 5억", "5억 3억", "1.200.000", "-1", "원", "1e9", "NaN", "오억"]
)
def test_what_is_no_amount_is_refused(typed):
    assert "5억" in refusal(amount, typed)


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("1억 5천", "150,000,000"),
        ("2조 3백", "2,030,000,000,000"),
        ("1억5백", "105,000,000"),
        ("1억 5000", "100,005,000"),
    ],
)
def test_an_amount_that_may_be_two_is_asked_back(typed, one):
    assert one in refusal(amount, typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０２－１２３４－５６７８", "02-1234-5678"),
        ("010–1234–5678", "010-1234-5678"),
        ("+1-213-385-9300", "+1-213-385-9300"),
        ("(213) 385-9300 ext. 12", "(213) 385-9300 ext. 12"),
        ("1588-1234", "1588-1234"),
        ("031-123 4567 (내선 2)", "031-123 4567 (내선 2)"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_kept_as_it_is_dialled(typed, kept):
    assert telephone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["1012345678", "10-1234-5678", "212345678", "2-123-4567", "3112345678", "1.01235E+09"]
)
def test_a_telephone_number_from_which_a_spreadsheet_took_something_is_asked_back(typed):
    assert "스프레드시트" in refusal(telephone, typed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reported_on": "03/02/2026"}, "reported_on"),
        ({"value_amount": "1억 5천", "value_currency": "KRW"}, "value_amount"),
        ({"firm_name_ko": "한빛", "firm_telephone": "1012345678"}, "firm_telephone"),
        ({"firm_name_ko": "한빛", "firm_telephone": "담당자에게"}, "firm_telephone"),
    ],
)
def test_the_form_asks_back_and_keeps_what_was_typed(client, programme, values, field):
    client.force_login(make.officer(make.body()))

    response = file(client, **values)

    assert field in response.context["adminform"].form.errors and not Difficulty.objects.exists()
    assert f'value="{values[field]}"' in response.content.decode()


@pytest.mark.django_db
def test_what_is_typed_in_korean_ways_is_filed(client, programme):
    client.force_login(make.officer(make.body()))

    file(client, **FILED | {"reported_on": "2026년 3월 2일", "value_amount": "5억", "value_currency": "KRW"})

    record = Difficulty.objects.get()
    assert (record.reported_on, record.value_amount) == (make.DAY, 500_000_000)
