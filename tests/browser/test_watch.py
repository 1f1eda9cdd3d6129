"""The browser fixtures notice what they are there to notice."""

import pytest

POLICY = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p style='color: red'>", "Content Security Policy"),
        ("<script>alert(1)</script>", "Content Security Policy"),
        ("<img src='https://elsewhere.example/x.png' alt=''>", "asked another host"),
        ("<link rel='stylesheet' href='/missing.css'>", "missing.css"),
    ],
)
def test_a_page_that_misbehaves_is_noticed(page, problems, body, complaint):
    page.route("**/made-up/", lambda route: route.fulfill(headers=POLICY, body=body))
    page.goto("/made-up/")

    assert any(complaint in problem for problem in problems)
    problems.clear()


def test_an_error_page_is_no_misbehaviour(page, problems):
    page.route("**/made-up/", lambda route: route.fulfill(status=404, body="<p>No such page"))
    page.goto("/made-up/")

    assert problems == []


def test_axe_names_the_rule_and_the_element(page, axe):
    page.route("**/made-up/", lambda route: route.fulfill(headers=POLICY, body="<html><input>"))
    page.goto("/made-up/")

    assert "label (critical) at ['input']" in axe(page)
