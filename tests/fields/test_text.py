"""The door for text: one spelling of what is typed, and nothing hidden in it."""

import unicodedata

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from missions.fields.text import lines, one_line, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u1100\u1161\u1102\u1161\u1109\u1161\u11bc\u1109\u1161", "가나상사"),  # as macOS names files
        ("Bogota\u0301", "Bogotá"),
        ("\uf9f4나무", "林나무"),
        ("가나\u00a0상사", "가나 상사"),
        ("가나\u3000상사\u2009귀하", "가나 상사 귀하"),
        ("통\u200b관\ufeff 지연\u200f", "통관 지연"),
        ("a\u202egnp.exe\u202c", "agnp.exe"),
        ("제\u0008목\x1b\x7f\x9f", "제목"),
        ("수\u00ad출\u2060애로\u2066", "수출애로"),
        ("\u115f가\u1160\uffa0", "가"),
        ("가\u200d나 a\u200cb", "가나 ab"),
        ("첫째\r\n둘째\r셋째\u2028넷째\x0b다섯째", "첫째\n둘째\n셋째\n넷째\n다섯째"),
        ("ＫＪ １２３ ㈜가나", "ＫＪ １２３ ㈜가나"),
        ("\u200b\u3164", ""),
        ("\u202e", ""),
        ("\u2800\u3000\ufeff\u0301", ""),
        ("\ufe0f\u200d", ""),
    ],
)
def test_a_text_comes_in_without_what_nobody_sees_and_in_one_spelling(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "می\u200cخواهم", "क्\u200dष", "東京・서울", "a\tb", "ㅋㅋ"]
)
def test_joiners_that_shape_what_is_seen_stay(text):
    assert tidy(text) == text


def test_a_line_has_single_spaces_and_a_long_text_keeps_its_lines():
    assert one_line("  가나 \u00a0 상사\n귀하\t앞 ") == "가나 상사 귀하 앞"
    assert lines("\n첫째  줄 \r\n\r\n  둘째 줄\t\n") == "첫째  줄\n\n  둘째 줄"


@given(st.text(max_size=80))
@seed(1)
@settings(max_examples=400, deadline=None)
def test_what_came_in_once_is_not_changed_by_coming_in_again(text):
    for door in (tidy, one_line, lines):
        once = door(text)
        assert door(once) == once == unicodedata.normalize("NFC", once)
        assert not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in once)
