"""A firm's page leads to its difficulties, and a caller's number to theirs: for those who may open and read them."""

import pytest
from django.urls import reverse

from missions.difficulties import relays, workflow
from missions.models import Company
from missions.publication import firm_keys
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def scene():
    return Scene()


class Scene:
    """A firm with one difficulty at its own body and one that another body knows of."""

    def __init__(self):
        self.home, self.other = make.body(), make.body()
        self.clerk, self.officer = make.officer(self.home), make.officer(self.other)
        self.firm = make.company(self.home, telephone="031-123 4567 (내선 2)")
        self.own = make.difficulty(self.home, self.clerk, company=self.firm)
        self.told = workflow.review(make.difficulty(self.home, self.clerk, company=self.firm), by=self.clerk)
        relays.relay(self.told, by=self.clerk, to=self.other, kind="information", asked="참고하십시오.")


def test_the_page_of_a_firm_lists_its_difficulties_as_far_as_one_may_open_them(client, scene):
    unrelated = make.difficulty(scene.home, scene.clerk)
    for user, rows in ((scene.clerk, [scene.own, scene.told]), (scene.officer, [scene.told])):
        client.force_login(user)
        page = forms.text(client.get(forms.address(scene.firm)))
        shown = {row for row in (scene.own, scene.told, unrelated) if f'href="{forms.address(row)}"' in page}
        assert shown == set(rows)


@pytest.mark.parametrize("typed", ["031-123-4567", "0311234567", "+82 31 123 4567", "(031) 123.4567"])
def test_a_difficulty_is_found_by_the_callers_number(client, scene, typed):
    client.force_login(scene.clerk)
    make.difficulty(scene.home, scene.clerk, company=make.company(scene.home, telephone="02-111-2222"))

    assert found(client, typed) == {scene.own, scene.told}


def test_a_number_that_one_may_not_read_finds_nothing_until_the_firm_agrees(client, scene):
    client.force_login(scene.officer)
    assert found(client, "031-123-4567") == set()

    Company.objects.update(shares_with_mission=True)
    assert found(client, "031-123-4567") == {scene.told}


def found(client, typed):
    """The difficulties that the list finds."""
    address = reverse("admin:missions_difficulty_changelist")
    return set(client.get(address, {"q": typed}).context["cl"].result_list)


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("\u1100\u1161\u1102\u1161\u1109\u1161\u11bc\u1109\u1161", "가나상사"),
        ("ＫＪ 무역", "KJ무역"),
        ("가나\u00a0상사", "가나상사"),
        ("가나\u200b상사", "㈜가나-상사"),
        ("주식회사 가나상사", "가나·상사 유한회사"),
        ("Bada Foods Co., Ltd.", "BADA-FOODS Inc."),
        ("한빛 GmbH", "(주)한빛"),
        ("三星電子 株式會社", "삼성전자"),
        ("역동산업", "力動産業"),
    ],
)
def test_a_firm_is_known_again_however_its_name_is_written(known, typed):
    firm = make.company(make.body(), name_ko="먼저 쓰던 이름")
    Company.objects.filter(pk=firm.pk).update(name_ko=known)
    firm_keys.keep(firm)
    make.company(make.body(), name_ko="다른 기업", name_en="Other Ltd.")

    assert list(Company.objects.perhaps(Company(name_ko=typed))) == [firm]
    assert firm in Company.objects.matching(typed)


def test_the_page_of_firms_asks_whether_a_similar_firm_is_meant_and_loses_nothing(client, scene):
    client.force_login(scene.clerk)
    known = make.company(scene.home, name_ko="가나 상사")
    hidden = make.company(make.body(), name_ko="가나상사")
    add, typed = (
        reverse("admin:missions_company_add"),
        {"name_ko": "㈜가나-상사", "body": scene.home.pk, "region": "부산"},
    )

    asked = client.post(add, typed)

    form = asked.context["adminform"].form
    assert form.alike == [known] and Company.objects.filter(region="부산").count() == 0
    page = forms.text(asked)
    assert forms.address(known) in page and forms.address(hidden) not in page
    assert 'value="㈜가나-상사"' in page and 'value="부산"' in page
    assert client.post(add, typed | {"none_of_them": "0"}).status_code == 200
    assert client.post(add, typed | {"none_of_them": form.none_of_them}).status_code == 302
    assert Company.objects.get(region="부산").name_ko == "㈜가나-상사"


def test_a_firm_whose_name_stays_is_saved_without_a_question(client, scene):
    client.force_login(scene.clerk)
    make.company(scene.home, name_ko=scene.firm.name_ko)

    assert forms.change(client, forms.address(scene.firm), region="대구").status_code == 302
