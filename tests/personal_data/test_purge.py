"""Erasing contacts of firms that the programme has not dealt with for years."""

import datetime
import io
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from missions.difficulties import closing, progress, relays, workflow
from missions.fields.dates import today_in
from missions.files import attaching
from missions.models import (
    AccessRecord,
    Action,
    Attachment,
    Body,
    Company,
    Difficulty,
    DifficultyEvent,
    Distribution,
    FirmKey,
    LoadedRow,
    Minutes,
    PageVersion,
    Recipient,
)
from missions.publication import information
from missions.search import staff as staff_search
from tests import make
from tests.files import samples
from tests.forms import address, opened, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")
NAME, FORMER = "김해양", "박바다"
TELEPHONE, EMAIL = "010-1234-5678", "haeyang@bada.kr"
SPELT = [
    "김해양 과장과 통화했습니다.",
    "연락처 010 1234 5678",
    "+82 10-1234-5678",
    "Haeyang@BADA.kr 로 보냈습니다.",
    "박바다 부장",
]
KEPT = "통관 서류 20261128 90011234 참고"


@pytest.fixture
def lax():
    return Body.objects.get(code="LAX")


@pytest.fixture
def record(lax):
    """A closed difficulty whose firm's contact was typed in many places."""
    officer, han = make.officer(lax), Body.objects.get(code="HAN")
    known = {"contact": f"{FORMER} 부장", "telephone": TELEPHONE, "email": EMAIL}
    firm = make.company(lax, pk=1_000_003, name_ko="바다식품", **known)  # a key that no event has
    firm.contact = f"{NAME} 과장"
    firm.save()
    words = "\n".join([*SPELT, KEPT])
    record = make.difficulty(lax, officer, company=firm, account=words, steps_taken=words)
    workflow.accept(record, by=officer, owner=officer)
    done = Action(organisation=make.organisation(), kind="advice", done_on=today_in(lax.time_zone), what=words)
    progress.act(record, done, by=officer)
    leg = relays.relay(record, by=officer, to=han, kind="help", asked=words)
    relays.answer(leg, by=make.officer(han), text=words)
    meeting = make.meeting(lax)
    Minutes.objects.create(meeting=meeting, text=words, people=words)
    meeting.discussions.create(difficulty=record)
    meeting.action_items.create(what="김해양 과장에게 010.1234.5678 로 회신", difficulty=record)
    numbers = "\n".join(SPELT[1:4])
    item = information.send(make.relayed(lax), by=officer, urgent=numbers)
    Distribution.objects.create(item=item, recipient=make.recipient(), at=make.NOON, by=officer, receipt=numbers)
    for whole in (record, meeting):
        card = io.BytesIO(samples.pdf(words))
        attaching.attach(whole, card, by=officer, name=f"{NAME} {TELEPHONE}.pdf", note=SPELT[0])
    closing.close(record, by=officer, outcome="advice", solution=words)
    staff_search.keep(record, meeting)
    return record


def purge(*arguments, **options):
    out = StringIO()
    call_command("purge_personal_data", *arguments, stdout=out, **options)
    return out.getvalue()


def everything():
    """Every text of every table of the database, sessions and search indexes among them."""
    for model in apps.get_models(include_auto_created=True):
        for values in model._base_manager.values_list():
            yield from ((model._meta.label, str(value)) for value in values if isinstance(value, str | dict))


def found(words):
    return sorted(
        {(label, word) for label, value in everything() for word in words if word.casefold() in value.casefold()}
    )


@pytest.fixture
def in_five_years(monkeypatch):
    """A day on which what is done today is more than five years ago."""
    now = timezone.now() + datetime.timedelta(days=5 * 366)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_none_of_the_erased_words_is_left_and_all_else_is(record, in_five_years):
    words = [NAME, FORMER, TELEPHONE, EMAIL, "1234 5678", "1234.5678", "10-1234-5678"]
    tables = {label for label, _word in found(words)}
    assert len(tables) > 10
    figures = {model: model._base_manager.count() for model in apps.get_app_config("missions").get_models()}

    told = purge("--erase", years=5)

    assert found(words) == [] and not any(word in told for word in words)
    kept = {model: model._base_manager.count() for model in figures}
    assert (figures.pop(AccessRecord), kept.pop(AccessRecord)) == (0, 1)
    for counted in (kept, figures):
        del counted[PageVersion]  # on PostgreSQL a row is made when a connection moves it first
    assert kept.pop(LoadedRow) - figures.pop(LoadedRow) == 1  # when it was done
    assert figures.pop(FirmKey) > kept.pop(FirmKey) and kept == figures
    record.refresh_from_db()
    assert KEPT in record.account and "[삭제] 과장과 통화했습니다." in record.account
    assert (
        record.company.name_ko == "바다식품" and KEPT in DifficultyEvent.objects.filter(note__contains=KEPT).last().note
    )
    assert list(staff_search.find(Difficulty.objects.all(), "바다식품")) == [record]
    assert list(staff_search.find(Difficulty.objects.all(), NAME)) == []


def test_files_of_the_difficulties_go_and_leave_their_names(record, in_five_years, django_capture_on_commit_callbacks):
    file, other = record.attachments.get(), Attachment.objects.get(meeting__isnull=False)
    shown = purge(years=5)
    assert "Files of the firms’ difficulties to erase: 1." in shown

    with django_capture_on_commit_callbacks(execute=True):
        assert "Files of the firms’ difficulties erased: 1." in purge("--erase", years=5)

    assert not storages["files"].exists(file.stored_as) and storages["files"].exists(other.stored_as)
    file.refresh_from_db()
    assert (file.name, file.removed_because, file.removed_by) == ("[삭제] [삭제].pdf", "[삭제]", None)
    assert "[삭제] [삭제].pdf" in text(signed_in(make.staff("auditor")).get(address(record)))


def test_the_history_cannot_be_changed_after_a_purge_either(record, in_five_years):
    purge("--erase", years=5)
    for statement in ("UPDATE missions_difficultyevent SET note = 'x'", "DELETE FROM missions_difficultyevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_purge_first_shows_what_it_would_do(record, in_five_years):
    told = purge(years=5)

    assert f"firm {record.company_id}, registered by LAX" in told and "Nothing was changed." in told
    assert found([NAME, TELEPHONE]) != [] and not AccessRecord.objects.exists()
    assert purge("--erase", years=5).splitlines()[-1].split()[-3] == told.splitlines()[-2].split()[-3]


@pytest.mark.parametrize(("days", "is_due"), [(-1, False), (1, True)])
def test_a_contact_is_kept_to_the_last_day(record, monkeypatch, days, is_due):
    last = record.events.latest("at").at
    now = last.replace(year=last.year + 5) + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: now)
    purge("--erase", years=5)

    assert (Company.objects.get(pk=record.company_id).contact == "") == is_due


def test_a_firm_with_an_open_difficulty_keeps_its_contact(record, lax, in_five_years):
    make.difficulty(lax, make.officer(lax), company=record.company)
    purge("--erase", years=5)

    assert Company.objects.get(pk=record.company_id).telephone == TELEPHONE


def test_a_firm_that_also_reported_an_open_difficulty_of_another_keeps_its_contact(record, lax, in_five_years):
    officer = make.officer(lax)
    open_one = make.difficulty(lax, officer)
    progress.again(open_one, by=officer, company=record.company, note="같은 일입니다.")
    purge("--erase", years=5)
    assert Company.objects.get(pk=record.company_id).telephone == TELEPHONE


def test_the_contact_of_another_firm_stays_in_the_same_texts(record, lax, in_five_years):
    other = make.company(lax, contact="이산들", telephone="02-555-7777")
    make.difficulty(lax, make.officer(lax), company=other, account="이산들 과장 02-555-7777, 김해양시장 010-1234-5678")
    purge("--erase", years=5)

    account = Difficulty.objects.get(company=other).account
    assert account == "이산들 과장 02-555-7777, 김해양시장 [삭제]"


def test_without_a_time_nothing_is_shown_or_erased(record):
    with pytest.raises(CommandError, match="RETENTION_YEARS"):
        purge("--erase")


def test_who_saves_a_form_opened_before_a_purge_is_told_and_brings_nothing_back(record, lax, monkeypatch):
    client = signed_in(make.officer(lax))
    client.post(f"/admin/missions/company/{record.company_id}/contact/")
    form = opened(client, address(record.company))
    assert form["telephone"] == TELEPHONE
    now = timezone.now() + datetime.timedelta(days=5 * 366)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        purge("--erase", years=5)
    answer = client.post(address(record.company), form | {"region": "부산"})

    firm = Company.objects.get(pk=record.company_id)
    assert (firm.contact, firm.telephone, firm.email) == ("", "", "")
    assert (answer.status_code == 302 and firm.region == "부산") or "부산" in text(answer)


def test_the_address_of_a_recipient_out_of_use_goes_with_its_history_and_its_name_stays():
    used = make.recipient(contact="박바다")
    former = make.recipient(contact="김해양", email="sea@z.example")
    former.is_active = False
    former.save()
    Recipient.objects.update(updated_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))

    assert "1 recipients" in purge("--erase", years=4)

    former.refresh_from_db()
    assert (former.contact, former.email, str(former)) == ("", "", former.name)
    assert set(former.history.values_list("contact", "email")) == {("", "")}
    assert Recipient.objects.get(pk=used.pk).contact == "박바다"
