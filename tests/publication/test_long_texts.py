"""Looking for addresses in a text takes time in proportion to its length, whatever it is made of."""

import pytest

from missions.publication.names_in_text import EMAIL

LETTERS = ["a", "a@", "a.", "@", "가", "a@a-"]


@pytest.mark.parametrize("letters", LETTERS)
def test_a_million_letters_without_an_address_are_looked_through(letters):
    """A pattern that begins again at every letter would take a million times a million steps, and never end."""
    assert EMAIL.findall(letters * (1_000_000 // len(letters))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("연락처: sea.food+kr@bada-foods.co.kr입니다", ["sea.food+kr@bada-foods.co.kr입니다"]),
        ("(a@b.c), d@e.f.", ["a@b.c", "d@e.f"]),
        ("a@b", []),
        ("@b.c a@ b.c", []),
        ("a@b.c@d.e", ["a@b.c"]),
    ],
)
def test_addresses_are_found_as_before(text, found):
    assert EMAIL.findall(text) == found
