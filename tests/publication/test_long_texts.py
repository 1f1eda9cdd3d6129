"""Looking for addresses in a text takes time in proportion to its length, whatever it is made of."""

import time

import pytest

from missions.publication.names_in_text import EMAIL

LETTERS = ["a", "a@", "a.", "a@a.", "@", "가", "x@" + "a" * 50 + " ", "a@a-"]


@pytest.mark.parametrize("letters", LETTERS)
def test_sixteen_times_the_text_takes_some_sixteen_times_as_long(letters):
    """A pattern that begins again at every letter takes 256 times as long. Other processes do not count."""

    def took(length):
        text = letters * (length // len(letters))
        times = []
        for _ in range(5):
            start = time.process_time()
            EMAIL.findall(text)
            times.append(time.process_time() - start)
        return min(times)

    assert took(64_000) < 100 * max(took(4_000), 5e-5)


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
