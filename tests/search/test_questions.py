"""Questions as firms ask them, with what the first screen shows of the real programme."""

import csv
from pathlib import Path

import pytest
from django.urls import resolve

from tests.finding import asked

pytestmark = pytest.mark.usefixtures("programme")
with Path(__file__).with_name("questions.csv").open(encoding="utf-8") as file:
    QUESTIONS = list(csv.DictReader(file))


def first_screen(client, language, question):
    """What a page of hits offers: pages by name, types, countries, records, whom to ask."""
    context = asked(client, question, language).context
    groups = [*context.get("groups", []), *context.get("shares", [])]
    shown = {f"page:{page.name}" for page in context["site_pages"]} | {f"type:{row.code}" for row in context["types"]}
    shown |= {f"country:{country.code}" for country in context.get("named_countries", [])}
    shown |= {hit.address.removeprefix(f"/{language}") for group in groups for hit in group.hits}
    return shown | ({"ask"} if context.get("countries") else set())


def test_the_first_screen_answers_what_firms_ask(client):
    """One test for all questions, so that they cost one start."""
    assert len(QUESTIONS) >= 60
    missing = {
        question["question"]: lacks
        for question in QUESTIONS
        if (lacks := set(question["shows"].split()) - first_screen(client, question["language"], question["question"]))
    }
    assert missing == {}


def test_what_the_questions_lead_to_is_there():
    for question in QUESTIONS:
        for shown in question["shows"].split():
            assert ":" in shown or shown == "ask" or resolve(f"/ko{shown}")
