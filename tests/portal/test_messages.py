"""The Korean messages that are shipped compiled."""

import re

import polib
import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests import forms, make, messages, words

# Particles whose form depends on the word before them: no value that is put in can be followed by one.
PARTICLE = re.compile(
    r"(%\(\w+\)[sdr]|%[sd]|\{\w*\})[”’\"']*(을|를|은|는|이|가|와|과|으로|로)(?![가-힣])|[을은이와]\(?[를는가과]\)|을/를|은/는|이/가"
)


def test_the_compiled_messages_say_what_the_catalogues_say():
    assert messages.outdated() == []


def test_every_message_put_in_other_words_is_one_of_django():
    assert messages.strangers() == []


def test_a_word_that_is_refused_is_found_but_not_within_the_words_where_it_may_stand():
    rules = {rule.word: rule for rule in words.refused()}

    assert rules["협의체"].in_("국내 협의체") and not rules["협의체"].in_("국내 지원협의체, 원팀 협의체")
    assert rules["amiss"].in_("Nothing is amiss.") and not rules["amiss"].in_("amissing")
    assert rules["letter"].in_("Send the letter") and not rules["letter"].in_("Write two capital letters.")


def test_no_text_that_users_read_has_a_refused_word():
    assert words.found() == []


@pytest.mark.parametrize("catalogue", [messages.CATALOGUE, *messages.OF_DJANGO], ids=str)
def test_no_particle_follows_a_value_and_a_message_has_no_value_that_it_is_not_given(catalogue):
    for entry in polib.pofile(messages.ROOT / catalogue):
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not PARTICLE.search(said), said
            values = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
            assert set(values.findall(said)) <= set(values.findall(entry.msgid + entry.msgid_plural)), said


def test_django_speaks_the_words_of_the_desk():
    with translation.override("ko"):
        assert gettext("Select %s to change") == "%s 목록"
        many = "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d)."
        said = ngettext(many.replace("characters", "character"), many, 10)
        assert said % {"limit_value": 10, "show_value": 12} == "10자 이내로 줄여 주십시오. 지금 12자입니다."


@pytest.mark.usefixtures("programme")
def test_a_page_that_is_only_read_ends_with_close_and_a_difficulty_is_closed_by_another_word(client):
    body = make.body()
    client.force_login(make.staff("auditor"))
    assert ">닫기</a>" in client.get(forms.address(make.meeting(body))).content.decode()
    officer = make.officer(body)
    client.force_login(officer)
    page = client.get(reverse("admin:missions_difficulty_change", args=[make.difficulty(body, officer).pk]))
    assert ">종결</a>" in page.content.decode()


@pytest.mark.usefixtures("programme")
def test_lists_forms_and_messages_speak_korean(client):
    body = make.body()
    client.force_login(make.officer(body))
    add = reverse("admin:missions_localinformation_add")
    values = {"body": body.pk, "country": "VN", "topic": "customs", "title_ko": "안내", "text_ko": "글"}
    posted = forms.opened(client, add) | values | {"issued_on": "2026-03-02", "_continue": "1"}

    (said,) = client.post(add, posted, follow=True).context["messages"]
    filing = forms.text(client.get(reverse("admin:missions_difficulty_add")))
    listed = forms.text(client.get(reverse("admin:missions_localinformation_changelist")))

    assert ">안내</a>. 아래에서 이어서" in str(said)
    assert "<h1>수출애로 접수</h1>" in filing and "수출애로 추가" not in filing
    assert "현지정보 1건" in listed
    tools = forms.text(client.get(reverse("admin:missions_difficulty_changelist")))
    assert "수출애로 접수</a>" in tools and "작업 선택:" in tools and "수출애로 추가" not in tools


@pytest.mark.usefixtures("programme")
def test_meetings_of_no_body_are_offered_by_name(client):
    make.meeting(kind="strategy_meeting")
    client.force_login(make.staff("ministry"))

    assert "부처 간 회의</a>" in forms.text(client.get(reverse("admin:missions_meeting_changelist")))
