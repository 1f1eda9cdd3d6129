"""Addresses and words that are put together without asking Django each time say what Django says."""

import pytest
from django.urls import reverse
from django.utils import translation

from missions.fields.addresses import page_of
from missions.models import Meeting, MeetingStatus

PAGES = [
    ("body", "LAX", "SFO"),
    ("mission", "hanoi", "los-angeles"),
    ("case", "poen-germany", "case-7"),
    ("meeting", 1, 10),
    ("information_item", 3, 33),
    ("organisation", "a", "kosme"),
    ("cases", None, None),
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("name", "first", "second"), PAGES)
def test_the_address_of_each_record_is_the_one_that_django_reverses(language, name, first, second):
    with translation.override(language):
        for key in (first, second, first):
            assert page_of(name, key) == reverse(f"missions:{name}", args=[] if key is None else [key])


def test_a_letter_that_an_address_cannot_hold_is_quoted():
    assert page_of("case", "a") != page_of("case", "a?b")
    assert page_of("case", "a?b").endswith("/a%3Fb/")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("status", MeetingStatus)
def test_the_words_of_a_choice_are_those_of_the_language_in_force(language, status):
    with translation.override(language):
        assert Meeting(status=status.value).get_status_display() == str(status.label)


def test_a_value_that_is_no_choice_is_shown_as_it_is():
    assert Meeting(status="moved").get_status_display() == "moved"
