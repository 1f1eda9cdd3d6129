"""Questions as firms ask them, with what the first screen shows of the real programme, and where they end."""

import pytest
from django.urls import resolve

from tests.finding import CALLS, QUESTIONS, not_on_the_first_screen, not_reached

pytestmark = pytest.mark.usefixtures("programme")


def test_the_first_screen_answers_what_firms_ask(client):
    """One test for all questions, so that they cost one start."""
    assert len(QUESTIONS) >= 60
    assert not_on_the_first_screen(client) == {}


def test_what_the_questions_lead_to_is_there():
    for question in QUESTIONS:
        for shown in question["shows"].split():
            assert ":" in shown or shown == "ask" or resolve(f"/ko{shown}")


def test_a_question_ends_in_two_taps_at_an_office_and_a_way_to_reach_it(client):
    assert len(CALLS) >= 44
    assert not_reached(client) == []
