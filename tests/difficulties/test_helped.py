"""What helped before: by whom, by what, how often, how long; of nothing that one may not see."""

import datetime

import pytest
from django.utils.html import strip_tags

from missions.admin.difficulty.helped import what_helped
from missions.difficulties import closing, progress, workflow
from missions.models import Action, Membership
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


def solved(body, officer, organisation, *, days, outcome="resolved", **values):
    """A difficulty of a body that ended well after some days, with an action of an organisation."""
    today = make.today() - datetime.timedelta(days=1)
    values = {"reported_on": today - datetime.timedelta(days=days), **values}
    record = workflow.review(make.difficulty(body, officer, **values), by=officer)
    record = workflow.accept(record, by=officer, owner=officer)
    action = Action(organisation=organisation, kind="advice", done_on=today, what="자문했습니다.")
    record = progress.act(record, action, by=officer)
    record = closing.close(record, by=officer, outcome=outcome, solution="풀렸습니다.", reason="사유")
    return record, action


def told(difficulty, user):
    """What is said: for each list, names with how often, how long and whether at hand."""
    found = what_helped(difficulty, user)
    lists = [helps for _title, helps in found["lists"]] if found else []
    return [[(str(row.what), row.often, row.took, row.is_near) for row in helps] for helps in lists]


def test_who_and_what_helped_is_told_with_its_cases_those_at_hand_first(client, django_assert_max_num_queries):
    body = make.body()
    officer = make.officer(body)
    far, lawyer = make.organisation(name_ko="Z먼곳"), make.organisation(name_ko="Z법무", kind="law_firm")
    Membership.objects.create(body=body, organisation=lawyer)
    near = {"country_id": "VN", "sector_id": "C", "hs_codes": "0811.90"}
    first, _action = solved(body, officer, far, days=10, **near)
    second, _action = solved(body, officer, far, days=30, country_id="PE")
    third, _action = solved(body, officer, lawyer, days=20, country_id="PE")
    make.linkage(second)
    solved(body, officer, far, days=5, type_id="tax")
    solved(body, officer, far, days=5, outcome="not_resolvable")
    here = make.difficulty(body, officer, hs_codes="0810", sector_id="C", country_id="VN")
    with django_assert_max_num_queries(9):
        found = told(here, officer)

    organisations, kinds, schemes = found
    assert organisations == [("Z법무", 1, 21, True), ("Z먼곳", 2, 21, False)]
    assert kinds == [("자문", 3, 21, False)]
    assert [often for _name, often, _took, _near in schemes] == [1]
    client.force_login(officer)
    page = client.get(forms.address(here)).content.decode().split('id="helped"')[1].split("</section>")[0]
    assert page.index("Z법무") < page.index("Z먼곳")
    assert all(row.reference in page for row in (first, second, third))
    assert "HS 08류 1" in page and "업종 제조업 1" in page
    assert 'id="helped"' not in client.get(forms.address(first)).content.decode()


def test_nothing_is_learned_from_what_one_may_not_see(client):
    body, other = make.body(), make.body()
    officer, stranger = make.officer(body), make.officer(other)
    secret = make.organisation(name_ko="Z비밀조력")
    hidden, _action = solved(other, stranger, secret, days=10)
    here = make.difficulty(body, officer)

    assert told(here, officer) == []
    client.force_login(officer)
    page = client.get(forms.address(here)).content.decode()
    assert "Z비밀조력" not in page and hidden.reference not in page and 'id="helped"' not in page
    assert told(here, make.staff("ministry"))[0] == [("Z비밀조력", 1, 11, False)]

    solved(body, officer, make.organisation(name_ko="Z우리"), days=4)
    assert [names[0] for names in told(here, officer)[0]] == ["Z우리"]
    assert what_helped(here, officer)["count"] == 1 and what_helped(here, officer)["took"] == 5


def test_the_public_learns_who_helped_from_published_cases_alone(client):
    body = make.body()
    officer = make.officer(body)
    quiet, loud = make.organisation(name_ko="Z조용"), make.organisation(name_ko="Z공개")
    solved(body, officer, quiet, days=10, type_id="tax")
    months = {"reported_month": "2025-01-01", "closed_month": "2025-03-01"}
    case = make.case(body, "draft", type_id="tax", outcome="resolved", **months)
    case.actors.create(organisation=loud, what_ko="세무 자문", what_en="advice")
    assert "Z공개" not in client.get("/ko/help/tax/").content.decode()
    published = make.case(body, "published", type_id="tax", outcome="resolved", **months)
    published.actors.create(organisation=loud, what_ko="세무 자문", what_en="advice")

    page = client.get("/ko/help/tax/").content.decode()

    part = page.split('id="helped"')[1].split("</section>")[0]
    assert "Z공개" in part and "1건" in part and "2개월" in part and published.get_absolute_url() in part
    assert "Z조용" not in page


@pytest.mark.parametrize(
    ("ends", "korean", "english"),
    [
        (["01"], "1건, 접수한 달에 해결", "1 case, in the month of the report"),
        (["03"], "1건, 2개월 안에 해결", "1 case, within 2 months"),
        (["01", "01"], "2건, 절반이 접수한 달에 해결", "2 cases, half of them in the month of the report"),
        (["02", "04"], "2건, 절반이 2개월 안에 해결", "2 cases, half of them within 2 months"),
    ],
)
def test_the_public_learns_in_plain_words_how_long_it_took(client, ends, korean, english):
    body, organisation = make.body(), make.organisation()
    for month in ends:
        months = {"reported_month": "2025-01-01", "closed_month": f"2025-{month}-01"}
        case = make.case(body, type_id="tax", outcome="resolved", **months)
        case.actors.create(organisation=organisation, what_ko="세무 자문")

    for language, told in (("ko", korean), ("en", english)):
        part = client.get(f"/{language}/help/tax/").content.decode().split('id="helped"')[1].split("</section>")[0]
        assert told in " ".join(strip_tags(part).replace(" ,", ",").split())
