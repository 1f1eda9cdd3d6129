"""Telephone numbers: told from formulas, and dialled one by one."""

import pytest

from missions.fields.telephones import is_telephone, telephones
from missions.lists.csv_files import harmless


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("+1-213-385-9300", ["tel:+12133859300"]),
        ("(213) 385-9300 ext. 12", ["tel:2133859300;ext=12"]),
        ("+49 69 9567520 / +49 69 95675210", ["tel:+49699567520", "tel:+496995675210"]),
        ("02-1234-5678, 내선 34", ["tel:0212345678;ext=34"]),
        ("+82 (0)2 2100 2114; 02-2100-2115", ["tel:+82221002114", "tel:0221002115"]),
        ("+84 24 3831 5110~6", [""]),
        ("see the web site", [""]),
    ],
)
def test_each_number_of_a_text_has_an_address_that_can_be_dialled(text, addresses):
    assert [each.address for each in telephones(text)] == addresses


@pytest.mark.parametrize(
    "text", ["+1-213-385-9300", "+84 24 3831 5110", "+49 (69) 956752-0", "+1 213 385 9300 ext. 12"]
)
def test_a_number_stands_in_a_file_as_it_is_written(text):
    assert is_telephone(text) and harmless(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "+1+cmd|' /C calc'!A0",
        "+1+1",
        "+SUM(1)",
        "+12",
        "-1-213-385-9300",
        "=+12133859300",
        "+1-213-385-9300\n=1+1",
        "\t+12133859300",
        "＋12133859300",
    ],
)
def test_what_a_spreadsheet_could_run_is_still_stopped(text):
    assert harmless(text) == f"'{text}"
