"""Linkages have one way to be recorded and one list, and count for the body that made them."""

import pytest
from django.urls import reverse

from missions.difficulties import progress, relays, workflow
from missions.models import Action, ActionKind, Linkage
from missions.statistics.counters import COUNTERS
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
LIST, ADD = "admin:missions_linkage_changelist", "admin:missions_linkage_add"


def page(row):
    return reverse("admin:missions_linkage_change", args=[row.pk])


def counted(body):
    return {key: COUNTERS[key].by_body(COUNTERS[key].rows()).get(body.pk, 0) for key in ("difficulties", "linkages")}


def test_a_linkage_stands_by_itself_with_firm_scheme_day_and_who_made_it(client):
    body = make.body()
    officer, firm, agency = make.officer(body), make.company(body), make.organisation()
    scheme = forms.support()
    client.force_login(officer)
    sent = {"company": firm.pk, "programme": scheme.pk, "linked_on": make.DAY, "organisation": agency.pk}
    sent |= {"result": "수출 바우처 선정", "body": body.pk}
    future = client.post(reverse(ADD), sent | {"linked_on": make.today() + 2 * (make.tomorrow() - make.today())})
    assert "오늘 이후" in future.content.decode() and "수출 바우처 선정" in future.content.decode()
    assert client.post(reverse(ADD), sent | {"company": ""}).status_code == 200
    answer = client.post(reverse(ADD), sent)

    assert answer.status_code == 302, answer.context["errors"]
    row = Linkage.objects.get()
    assert (row.firm, row.made_by, row.recorded_by, row.body) == (firm, agency, officer, body)
    told = client.get(reverse(LIST)).content.decode()
    assert all(str(word) in told for word in (firm, scheme, agency, "수출 바우처 선정"))
    assert "이미 이 지원사업에 연계" in client.post(reverse(ADD), sent).content.decode()
    assert counted(body) == {"difficulties": 0, "linkages": 1}

    forms.change(client, page(row), withdraw="다른 기업입니다.")
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_because) == (officer, "다른 기업입니다.") and counted(body)["linkages"] == 0
    assert "다른 기업입니다." in client.get(page(row)).content.decode()
    forms.change(client, page(row), withdraw="다시")
    row.refresh_from_db()
    assert row.withdrawn_because == "다른 기업입니다.", "what was withdrawn stays as it was"
    assert client.post(reverse(ADD), sent).status_code == 302, "the right one can be recorded"


def test_linkages_are_for_those_who_made_them_or_see_their_difficulty(client):
    here, helping = make.body(), make.body()
    officer = make.officer(here)
    record = workflow.accept(make.difficulty(here, officer), by=officer, owner=officer)
    row = make.linkage(record, result="Z결과")
    alone = Linkage.objects.create(
        company=record.company,
        programme=make.linkage(make.difficulty(helping)).programme,
        linked_on=make.DAY,
        body=here,
    )
    relays.relay(record, by=officer, to=helping, kind="help", asked="부탁합니다.")
    for user, sees, sees_alone, writes in (
        (officer, True, True, True),
        (make.officer(helping), True, False, False),
        (make.officer(make.body()), False, False, False),
        (make.staff("auditor"), True, True, False),
    ):
        client.force_login(user)
        listed = client.get(reverse(LIST)).content.decode()
        assert (page(row) in listed) == sees and (page(alone) in listed) == sees_alone
        assert (client.get(page(row)).status_code == 200) == sees
        answer = client.post(page(row), {"result": "바꿈"})
        assert (answer.status_code in (200, 302)) == writes


def test_a_linkage_of_a_difficulty_counts_for_its_maker_supports_it_and_stands_on_the_time_line(client):
    here, there = make.body(), make.body()
    officer, other = make.officer(here), make.officer(there)
    record = workflow.accept(make.difficulty(here, officer), by=officer, owner=officer)
    client.force_login(officer)
    address = forms.address(record)
    forms.change(client, address, **forms.linkage(programme=forms.support().pk, result="상담"))
    row = Linkage.objects.get()

    assert (row.body, row.recorded_by, row.firm) == (here, officer, record.company)
    assert counted(here) == {"difficulties": 1, "linkages": 1}
    told = client.get(address).content.decode().split('id="timeline"')[1]
    assert "지원사업에 연계" in told and "상담" in told and page(row) in told
    twice = forms.linkage(1, 2, programme=row.programme_id)
    assert "이미 이 지원사업에 연계" in client.post(address, forms.opened(client, address) | twice).content.decode()
    record.refresh_from_db()
    leg = relays.relay(record, by=officer, to=there, kind="hand_over", asked="부탁합니다.")
    relays.take_over(leg, by=other)
    assert counted(here)["linkages"] == 1 and counted(there) == {"difficulties": 1, "linkages": 0}


def test_an_action_is_no_linkage(client):
    here = make.body()
    officer = make.officer(here)
    record = workflow.accept(make.difficulty(here, officer), by=officer, owner=officer)
    client.force_login(officer)
    address = reverse("admin:missions_difficulty_step", args=[record.pk, "act"])
    shown = client.get(address)
    offered = {key for key, _label in shown.context["form"].fields["kind"].choices}

    assert offered - {""} == set(ActionKind.values) - {"linkage"}
    values = {"organisation": make.organisation().pk, "kind": "linkage", "done_on": make.DAY, "what": "연계"}
    assert client.post(address, values | {"seen": shown.context["seen"]}).status_code == 200
    with pytest.raises(workflow.ValidationError):
        progress.act(record, Action(organisation=make.organisation(), kind="linkage", what="연계"), by=officer)
    assert not Action.objects.exists()
