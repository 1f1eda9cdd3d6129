"""Who holds the keys: roles given and taken, and accounts of the same hand."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from missions.models import RoleChange, SignIn, User
from tests import make
from tests.forms import address, change, opened, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")


def role(name):
    return str(Group.objects.get(name=name).pk)


def test_a_role_given_or_taken_is_kept_with_who_did_it():
    ministry, user = make.staff("ministry"), make.staff("auditor")
    change(signed_in(ministry), address(user), groups=[role("approver")])

    kept = RoleChange.objects.order_by("role").values_list("user", "by", "role", "is_given")
    assert list(kept) == [(user.pk, ministry.pk, "approver", True), (user.pk, ministry.pk, "auditor", False)]
    page = text(signed_in(make.staff("auditor")).get("/admin/keys/"))
    assert "승인자" in page and str(ministry) in page


def test_the_roles_of_a_new_account_are_kept_too():
    ministry = make.staff("ministry")
    client = signed_in(ministry)
    form = opened(client, "/admin/missions/user/add/")
    words = {"username": "newcomer", "password1": "hill-river-tree-9", "password2": "hill-river-tree-9"}
    assert client.post("/admin/missions/user/add/", form | words | {"groups": [role("auditor")]}).status_code == 302

    assert RoleChange.objects.get().user == User.objects.get(username="newcomer")


def test_nobody_gives_a_role_to_themselves():
    ministry = make.staff("ministry")
    client = signed_in(ministry)
    page = text(client.get(address(ministry)))
    assert 'name="groups"' not in page and "부처 담당자" in page
    change(client, address(ministry), groups=[role("approver"), role("ministry")], name="새 이름")

    ministry.refresh_from_db()
    assert ministry.name == "새 이름"
    assert list(ministry.groups.values_list("name", flat=True)) == ["ministry"] and not RoleChange.objects.exists()


def test_a_superuser_gives_no_role_to_themselves_either():
    root = make.staff(is_superuser=True)
    change(signed_in(root), address(root), groups=[role("approver")])

    assert not root.groups.exists()


def test_what_superusers_did_of_late_is_told():
    root = make.staff(is_superuser=True, name="관리인")
    make.staff(is_superuser=True, name="쉬는관리인")
    for outcome in ("signed_in", "signed_in", "wrong"):
        SignIn.objects.create(account=root.username, address="203.0.113.7", method="password", outcome=outcome)
    body = make.body()
    change(signed_in(root), address(body), purpose_ko="수출애로 지원")
    page = " ".join(text(signed_in(make.staff("auditor")).get("/admin/keys/")).split())

    assert "최근 90일: 로그인 2회, 기록 변경 1건" in page and "최근 90일: 로그인 0회, 기록 변경 0건" in page


def test_accounts_of_the_same_hand_that_could_write_and_approve_are_told():
    ministry = make.staff("ministry", name="김부처")
    client = signed_in(ministry)
    for name, given in (("reader", "auditor"), ("second", "approver")):
        form = opened(client, "/admin/missions/user/add/")
        words = {"username": name, "password1": "hill-river-tree-9", "password2": "hill-river-tree-9"}
        client.post("/admin/missions/user/add/", form | words | {"groups": [role(given)]})
        told = "같은 사람이 만든 계정으로" in text(signed_in(make.staff("auditor")).get("/admin/keys/"))
        assert told == (given == "approver")


def test_accounts_that_may_both_write_and_approve_are_listed():
    both, one = make.staff("ministry", name="둘다"), make.staff("approver", name="하나만")
    page = text(signed_in(make.staff("auditor")).get("/admin/keys/"))

    assert f">{both}</a>" in page and f">{one}</a>" not in page


@pytest.mark.parametrize("change_of", ["UPDATE missions_rolechange SET role = 'x'", "DELETE FROM missions_rolechange"])
def test_no_change_of_a_role_is_rewritten(change_of):
    ministry, user = make.staff("ministry"), make.staff("auditor")
    change(signed_in(ministry), address(user), groups=[role("approver")])
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change_of)

    assert RoleChange.objects.count() == 2
