"""Contacts of recipients of local information: masked as those of firms are, for those who keep the register."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from missions.models import AccessRecord
from tests import make
from tests.forms import address, change, entries, opened, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")
WORDS = ["김바다", "bada@z.example"]
LIST = reverse("admin:missions_recipient_changelist")


@pytest.fixture
def recipient():
    return make.recipient(contact=WORDS[0], email=WORDS[1])


def words_on(response):
    return [word for word in WORDS if word in text(response)]


def act(recipient, what):
    return reverse(f"admin:missions_recipient_{what}", args=[recipient.pk])


def reader():
    """Somebody who may read the register and does not keep it."""
    user = make.staff("approver")
    user.user_permissions.add(Permission.objects.get(codename="view_recipient"))
    return user


@pytest.mark.parametrize("keeper", [make.secretary, lambda: make.staff("ministry")])
def test_a_contact_is_masked_until_it_is_shown_by_a_click_that_is_recorded(recipient, keeper):
    user = keeper()
    client = signed_in(user)

    for page in (LIST, address(recipient), act(recipient, "history")):
        assert words_on(client.get(page)) == [], page
    assert "김**" in text(client.get(address(recipient))) and "b***@z.example" in text(client.get(LIST))
    assert words_on(client.get(act(recipient, "contact"), follow=True)) == [] and not AccessRecord.objects.exists()

    assert words_on(client.post(act(recipient, "contact"), follow=True)) == WORDS

    record = AccessRecord.objects.get()
    assert (record.by, record.kind, record.company, record.company_name) == (user, "contact", None, str(recipient))
    assert words_on(client.get(LIST)) == [] == words_on(signed_in(make.secretary()).get(address(recipient)))
    assert str(recipient) in text(signed_in(make.staff("auditor")).get("/admin/accesses/"))


def test_whoever_only_reads_the_register_reads_no_contact_and_others_find_no_recipient(recipient, client):
    client.force_login(reader())
    shown = client.get(address(recipient))
    assert words_on(shown) == [] and "김**" in text(shown) and "연락처 보기" not in text(shown)
    assert client.post(act(recipient, "contact")).status_code == 403
    asked = {"format": "csv", "column": ["name", "email", "contact"], "reason": "점검"}
    left = client.post(reverse("admin:missions_recipient_export"), asked).content.decode()
    assert recipient.name in left and not [word for word in WORDS if word in left]

    client.force_login(make.officer(make.body()))
    assert client.post(act(recipient, "contact")).status_code == 404
    assert not AccessRecord.objects.exists()


def test_a_recipient_is_saved_without_its_contact_being_shown_and_keeps_it(recipient):
    client = signed_in(make.secretary())
    assert change(client, address(recipient), name="Z새 이름").status_code == 302
    client.post(act(recipient, "contact"))
    assert change(client, address(recipient), contact="이바다").status_code == 302

    recipient.refresh_from_db()
    assert [recipient.name, recipient.contact, recipient.email] == ["Z새 이름", "이바다", WORDS[1]]
    other = signed_in(make.secretary()).get(act(recipient, "history"))
    assert words_on(other) == [] and "이**" in text(other) and "이바다" not in text(other)


def test_the_register_is_not_searched_by_contacts(recipient):
    client = signed_in(make.secretary())
    assert recipient.name in text(client.get(LIST, {"q": recipient.name}))
    for word in (WORDS[0], "bada"):
        assert recipient.name not in text(client.get(LIST, {"q": word}))


def test_addresses_to_send_to_are_shown_for_those_ticked_and_each_is_recorded(recipient):
    item, other = make.relayed(make.body(), "published"), make.recipient()
    user = make.secretary()
    client = signed_in(user)
    step = reverse("admin:missions_localinformation_way", args=[item.pk, "distribute"])
    page = client.get(step)
    assert words_on(page) == [] and other.email not in text(page) and "b***@z.example" in text(page)

    asked = opened(client, f"{step}?seen={item.fingerprint}") | {"recipients": [recipient.pk]}
    page = client.post(step, asked | {"show_addresses": ""})

    assert WORDS[1] in text(page) and other.email not in text(page) and not item.distributions.exists()
    assert [record.company_name for record in AccessRecord.objects.all()] == [str(recipient)]
    more = entries(page) | {"recipients": [recipient.pk, other.pk], "show_addresses": ""}
    assert other.email in text(client.post(step, more)), "one more is ticked"
    assert AccessRecord.objects.count() == 2, "the first one was shown just before"
    asked = {name: value for name, value in entries(page).items() if name != "show_addresses"}
    assert client.post(step, asked).status_code == 302
    assert item.distributions.get().recipient == recipient and AccessRecord.objects.count() == 2


def test_whoever_distributes_and_does_not_keep_the_register_is_shown_no_address(recipient, client):
    item = make.relayed(make.body(), "published")
    client.force_login(make.officer(make.home()))
    step = reverse("admin:missions_localinformation_way", args=[item.pk, "distribute"])

    assert "show_addresses" not in text(client.get(step))
    assert client.post(step, {"recipients": [recipient.pk], "show_addresses": ""}).status_code == 403
    assert not AccessRecord.objects.exists() and not item.distributions.exists()
