"""A view that somebody saved: its list, its conditions, whoever may open it; and what a list is narrowed by."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from missions.admin.saved_views import on_the_front
from missions.models import FurtherReport, SavedView
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
LIST = reverse("admin:missions_difficulty_changelist")
VIEWS = reverse("admin:views")


def save(client, query, name="보기", of="difficulty", body=""):
    return client.post(VIEWS, {"of": of, "query": query, "name": name, "body": body})


def on_front(client):
    return {row.view.name: row.count for row in client.get(reverse("admin:index")).context["saved"]}


def refs(client, **query):
    page = client.get(LIST, query)
    assert page.status_code == 200, page
    return {row.reference for row in page.context["cl"].result_list}


def test_a_view_is_saved_from_its_list_stands_on_the_front_page_and_is_taken_away(client):
    body = make.body()
    officer = make.officer(body)
    make.difficulty(body, officer, type_id="tax")
    make.difficulty(body, officer)
    client.force_login(officer)
    offered = client.get(LIST, {"type__code__exact": "tax", "p": "1"}).content.decode()
    assert f"{VIEWS}?of=difficulty&amp;query=type__code__exact%3Dtax" in offered
    assert "이 보기 저장" not in client.get(LIST).content.decode()

    answer = save(client, "type__code__exact=tax&p=3", "세무 건")

    assert answer.status_code == 302 and answer.url == f"{LIST}?type__code__exact=tax"
    assert on_front(client) == {"세무 건": "1"}
    assert "세무 건" in client.get(LIST).content.decode()
    view = SavedView.objects.get()
    assert client.post(VIEWS, {"remove": view.pk}).status_code == 302
    assert on_front(client) == {} and client.post(VIEWS, {"remove": view.pk}).status_code == 404


@pytest.mark.parametrize(
    ("query", "of"),
    [
        ("", "difficulty"),
        ("p=2&e=1", "difficulty"),
        ("company__contact__startswith=김", "difficulty"),
        ("unknown=1", "difficulty"),
        ("q=" + "가" * 900, "difficulty"),
        ("q=a", "recipient"),
        ("q=a", "session"),
        ("q=a", ""),
    ],
)
def test_what_its_list_does_not_understand_is_refused_and_what_was_typed_stays(client, query, of):
    client.force_login(make.officer(make.body()))

    answer = save(client, query, "이름 그대로", of)

    assert answer.status_code == 200 and 'value="이름 그대로"' in answer.content.decode()
    assert answer.context["form"].errors and not SavedView.objects.exists()


def test_a_view_shared_with_a_body_shows_each_colleague_what_they_may_see_and_nobody_else_the_view(client):
    body, other = make.body(), make.body()
    officer, colleague, stranger = make.officer(body), make.officer(body), make.officer(other)
    make.difficulty(body, officer, type_id="tax")
    make.difficulty(other, stranger, type_id="tax")
    client.force_login(officer)
    assert save(client, "type__code__exact=tax", "함께", body=other.pk).status_code == 200  # not one's own body
    assert save(client, "type__code__exact=tax", "함께", body=body.pk).status_code == 302
    assert save(client, "type__code__exact=tax", "함께").status_code == 200  # the name is taken
    view = SavedView.objects.get()

    client.force_login(colleague)
    assert on_front(client) == {"함께": "1"}
    assert client.post(VIEWS, {"remove": view.pk}).status_code == 403
    for nobody in (stranger, make.staff("ministry")):
        client.force_login(nobody)
        assert on_front(client) == {} and "함께" not in client.get(VIEWS).content.decode()
        assert client.post(VIEWS, {"remove": view.pk}).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_view_that_its_list_no_longer_understands_breaks_no_page(client):
    officer = make.officer(make.body())
    SavedView.objects.create(user=officer, of="difficulty", name="옛것", query="nothing__exact=1")
    SavedView.objects.create(user=officer, of="recipient", name="남의것", query="q=a")
    SavedView.objects.create(user=officer, of="gone", name="없는것", query="q=a")
    client.force_login(officer)

    assert on_front(client) == {"옛것": None}
    assert "이해하지 못" in client.get(VIEWS).content.decode()
    assert client.get(f"{LIST}?nothing__exact=1").status_code in (302, 400)


def test_counting_saved_views_costs_the_same_for_each_and_nothing_for_rows(client, django_assert_num_queries):
    body = make.body()
    officer = make.officer(body)
    client.force_login(officer)
    for number in range(3):
        make.difficulty(body, officer)
        SavedView.objects.create(
            user=officer, of="difficulty", name=f"{number}", query=f"stage__exact=received&firm=Z{number}"
        )
    asked = RequestFactory().get("/")
    asked.user = officer
    officer.has_perm("missions.view_difficulty")

    with django_assert_num_queries(1 + 3 * 1):
        assert [row.count for row in on_the_front(asked)] == ["0", "0", "0"]


def test_difficulties_are_narrowed_by_outcome_sector_firm_and_days(client):
    body, other = make.body(), make.body()
    officer = make.officer(body)
    firm = make.company(body, name_ko="바다식품", registration_number="1234567891")
    early = make.difficulty(body, officer, reported_on="2026-03-01", company=firm, sector_id="C")
    late = make.difficulty(body, officer, reported_on="2026-03-09")
    FurtherReport.objects.create(
        difficulty=late, company=firm, filed_through=body, filed_by=officer, number=2, account="같은 일"
    )
    third = make.difficulty(body, officer, reported_on="2026-04-09")
    make.difficulty(other, company=make.company(other, name_ko="바다식품 2"), reported_on="2026-03-05")
    client.force_login(officer)

    assert refs(client, firm="바다") == refs(client, firm="123-45-67891") == {early.reference, late.reference}
    assert refs(client, since="2026-03-01", until="20260309") == {early.reference, late.reference}
    assert refs(client, since="2026년 4월 9일") == {third.reference}
    assert refs(client, sector__code__exact="C", firm="바다", since="2026-01-01") == {early.reference}
    assert refs(client, outcome__exact="resolved") == set()
    wrong = client.get(LIST, {"since": "26.11.20", "until": "2026-03-09"})
    assert "26.11.20" in wrong.content.decode() and wrong.context["cl"].result_list.count() == 2
    assert save(client, "firm=바다&since=2026-03-02", "기업").status_code == 302
    assert on_front(client) == {"기업": "1"}


def test_the_columns_of_the_list_are_chosen_in_its_address_and_kept_by_a_view(client):
    officer = make.officer(make.body())
    make.difficulty(officer.postings.get().body, officer)
    client.force_login(officer)

    shown = client.get(LIST, {"cols": "title,country,nothing"}).context["cl"].list_display

    assert [getattr(column, "__name__", column) for column in shown] == [
        "action_checkbox",
        "reference",
        "headline",
        "country",
    ]
    assert len(client.get(LIST, {"cols": "nothing"}).context["cl"].list_display) == 11
    assert save(client, "cols=title&stage__exact=received").status_code == 302


def test_the_front_page_shows_six_panels_at_most_and_names_the_others(client):
    body = make.body()
    user = make.staff("ministry")
    for state in ("draft", "awaiting", "published"):
        make.case(body, state, title_en="")
        make.case(body, state, drafted_by=user)
    make.difficulty(body, due_on=make.today())
    make.meeting(body, status="planned", held_on=make.tomorrow())
    make.meeting(body, held_on=make.today())
    make.relayed(body, "sent")
    client.force_login(user)

    page = client.get(reverse("admin:index"))

    context = page.context
    full = [panel for panel in context["panels"] if panel.rows]
    assert len(full) > 6 and context["first_panels"] == full[:6] and context["further_panels"] == full[6:]
    text = page.content.decode()
    assert text.count('class="panel"') == 6 and all(panel.link.replace("&", "&amp;") in text for panel in full)
