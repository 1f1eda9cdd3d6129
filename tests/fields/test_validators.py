"""Single values that are checked by their own arithmetic."""

import pytest
from django.core.exceptions import ValidationError

from missions.difficulties.references import ALPHABET, make_reference
from missions.fields.validators import validate_hs_codes, validate_registration_number, validate_time_zone

# Made up, with the check digit worked out by hand: 1·1+2·3+3·7+4·1+5·3+6·7+7·1+8·3+9·5 = 165, tens of 45 = 4, 169 → 1.
VALID = "1234567891"


def test_a_registration_number_with_the_right_last_digit_passes():
    validate_registration_number(VALID)
    for written in (
        "123-45-67891",
        "１２３－４５－６７８９１",
        "123–45–67891",
        "123 45 67891",
        "123.45.67891",
        "123\u200945\u200967891",
    ):
        validate_registration_number(written)


@pytest.mark.parametrize(
    "number", [VALID[:9] + digit for digit in "023456789"] + ["123456789", "12345678911", "000-00-00000"]
)
def test_any_other_registration_number_is_refused(number):
    with pytest.raises(ValidationError):
        validate_registration_number(number)


@pytest.mark.parametrize(
    "codes",
    [
        "01",
        "8507.60, 85",
        "",
        "3304 3305",
        "0901.21-0000",
        "８５０７．６０",
        "85;86/87、88",
        "0901－21 ／ ０９０２",
        "3304.99.1000 8507.60",
    ],
)
def test_hs_codes_pass(codes):
    validate_hs_codes(codes)


@pytest.mark.parametrize("codes", ["1", "12345678901", "85ab"])
def test_what_is_no_hs_code_is_refused_by_name(codes):
    with pytest.raises(ValidationError, match="HS 코드가 아닙니다"):
        validate_hs_codes(codes)


@pytest.mark.parametrize(("codes", "perhaps"), [("901", "0901"), ("85, 330499000", "0330499000"), ("８5.0", "0850")])
def test_an_odd_number_of_digits_is_asked_back(codes, perhaps):
    with pytest.raises(ValidationError, match=perhaps):
        validate_hs_codes(codes)


def test_an_error_names_the_code_as_it_was_typed():
    with pytest.raises(ValidationError, match=r"8507\.6x-0"):
        validate_hs_codes("85, 8507.6x-0")


def test_time_zones_are_those_of_the_database():
    validate_time_zone("Asia/Ho_Chi_Minh")
    with pytest.raises(ValidationError):
        validate_time_zone("Asia/Hanoi")


def test_a_reference_grows_when_its_short_forms_are_taken():
    tried = []

    def taken(reference):
        tried.append(reference)
        return len(reference) < len("LAX-26-") + 5

    reference = make_reference("LAX", taken)

    assert len(reference.rsplit("-", 1)[1]) == 5
    assert set("".join(entry.rsplit("-", 1)[1] for entry in tried)) <= set(ALPHABET)
    assert not set("01258ILOSZB") & set(ALPHABET)
