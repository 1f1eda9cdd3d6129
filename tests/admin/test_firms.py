"""A firm's page leads to its difficulties, and a caller's number to theirs: for those who may open and read them."""

import pytest
from django.urls import reverse

from missions.difficulties import relays, workflow
from missions.models import Company
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
