"""Files of records: what is taken, who gets them, and what is left of one that was removed."""

import datetime
import hashlib
import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import relays, workflow
from missions.files import attaching, storing
from missions.files.names import cleaned
from missions.files.unfit import Unfit
from missions.management.commands import sweep_files
from missions.models import MEDIA_TYPES, Attachment
from portal import files
from tests import forms, make
from tests.files import samples
from tests.forms import complaints, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")


def page(record, name="files", *further):
    return reverse(f"admin:missions_{record._meta.model_name}_{name}", args=[record.pk, *further])


def sent(client, record, files, note=""):
    """Choose files on the page of a record and send them."""
    assert 'enctype="multipart/form-data"' in text(client.get(page(record)))
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(page(record), {"files": given, "note": note})


def content(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def officer():
    return make.officer(make.body())


@pytest.fixture
def record(officer):
    return make.difficulty(officer.postings.get().body, officer)


def test_files_of_all_kinds_go_in_and_come_back_as_they_were_and_are_never_shown(record, officer):
    client = signed_in(officer)
    body = record.holder
    item, meeting = make.information(body, is_published=False), make.meeting(body)
    for each in (record, item, meeting):
        answer = sent(client, each, samples.GOOD.items(), "세관 공문")
        assert answer.status_code == 302, complaints(answer)
        shown = text(client.get(forms.address(each)))
        for attachment in each.attachments.all():
            address = page(each, "file", attachment.pk)
            download = client.get(address)
            assert address in shown and attachment.name in shown and "세관 공문" in shown
            assert content(download) == samples.GOOD[attachment.name]
            assert download["Content-Disposition"].startswith("attachment; filename")
            assert download["X-Content-Type-Options"] == "nosniff" and "no-store" in download["Cache-Control"]
            assert download["Content-Type"] == MEDIA_TYPES[attachment.kind]
            assert attachment.sha256 == hashlib.sha256(samples.GOOD[attachment.name]).hexdigest()
    assert Attachment.objects.count() == 3 * len(samples.GOOD)
    assert text(client.get(forms.address(record))).count("파일 추가") > len(samples.GOOD), "the time line has each"


def test_each_hostile_file_is_refused_by_its_name_with_a_reason(record, officer):
    client = signed_in(officer)
    hostile = [(f"{n}-{name}", *rest) for n, (name, *rest) in enumerate(samples.HOSTILE.values())]
    assert len(hostile) >= 50

    for begin in range(0, len(hostile), 10):
        some = [(name, made() if callable(made) else made, why) for name, made, why in hostile[begin : begin + 10]]
        said = complaints(sent(client, record, [(name, made) for name, made, _why in some]))
        for name, _made, why in some:
            assert [line for line in said if line.startswith(f"{cleaned(name)}: ") and why in line], (name, why, said)

    assert not Attachment.objects.exists()


def test_what_is_fit_is_kept_and_what_was_typed_stays_with_what_is_not(record, officer):
    client = signed_in(officer)

    answer = sent(client, record, [("a.pdf", samples.pdf()), ("b.pdf", b"%PDF-1.7 cut"), ("c.png", b"")], "공문 두 건")

    shown = text(answer)
    assert "a.pdf" in shown and "공문 두 건" in shown and "다시 선택하십시오" in shown
    assert [line[:6] for line in complaints(answer)[:2]] == ["b.pdf:", "c.png:"]
    assert [file.name for file in record.attachments.all()] == ["a.pdf"]
    assert "파일을 선택하십시오" in text(client.post(page(record), {"note": "글"}))


def test_size_and_number_are_limited_and_nothing_is_kept_twice(record, officer, settings):
    client = signed_in(officer)
    settings.FILE_MOST_BYTES, settings.FILES_MOST_A_RECORD = len(samples.png()), 2
    assert sent(client, record, [("a.png", samples.png())]).status_code == 302

    larger = complaints(sent(client, record, [("b.jpg", samples.jpeg(tail=bytes(99)))]))
    twice = complaints(sent(client, record, [("again.png", samples.png())]))
    assert "보다 큽니다" in larger[0] and "a.png" in twice[0]
    settings.FILE_MOST_BYTES = 10_000
    sent(client, record, [("c.pdf", samples.pdf())])
    assert "파일이 2개 있어" in complaints(sent(client, record, [("d.docx", samples.office())]))[0]
    many = complaints(sent(client, record, [(f"{n}.png", samples.png()) for n in range(11)]))
    assert many == ["한 번에 10개까지 선택하십시오."]
    assert record.attachments.count() == 2

    settings.UPLOAD_MOST_BYTES = 2000
    refused = client.post(page(record), {"files": SimpleUploadedFile("a.png", bytes(2**20)), "note": ""})
    assert refused.status_code == 413 and "입력한 내용이 남아 있습니다" in refused.content.decode()
    client.logout()
    refused = client.post(page(record), {"files": SimpleUploadedFile("a.png", bytes(2**20 + 1)), "note": ""})
    assert refused.status_code == 413 and "로그인" in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kim\\공문.pdf", "공문.pdf"),
        ("bill\u202efdp.exe.pdf", "billfdp.exe.pdf"),
        ("\u1100\u1169\u11bc\u1106\u116e\u11ab.pdf", "공문.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("글" * 300 + ".pdf", "글" * 146 + ".pdf"),
        ("line\r\nSet-Cookie: a=b.pdf", "line Set-Cookie_ a=b.pdf"),
        ("...pdf", "pdf"),
    ],
)
def test_names_lose_paths_hidden_signs_and_what_systems_refuse(typed, kept):
    assert cleaned(typed) == kept


def test_a_removed_file_leaves_its_name_who_removed_it_and_why(record, officer, django_capture_on_commit_callbacks):
    client, colleague = signed_in(officer), make.officer(record.holder)
    sent(client, record, [("잘못 올린 파일.pdf", samples.pdf())])
    file = record.attachments.get()
    removal = page(record, "removal", file.pk)
    assert "삭제 사유" in text(client.get(removal))
    assert complaints(client.post(removal, {"because": " "}))
    assert storages["files"].exists(file.stored_as)

    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(colleague).post(removal, {"because": "다른 기업의 문서입니다."}).status_code == 302

    assert not storages["files"].exists(file.stored_as)
    shown = text(client.get(forms.address(record)))
    assert "파일 삭제" in shown and "다른 기업의 문서입니다." in shown and "잘못 올린 파일.pdf" in shown
    assert page(record, "file", file.pk) not in shown
    assert client.get(page(record, "file", file.pk)).status_code == 404
    assert client.post(removal, {"because": "또"}).status_code == 404
    sent(client, record, [("다시.pdf", samples.pdf())])
    assert record.attachments.present().get().name == "다시.pdf"


def test_those_asked_for_help_add_files_but_remove_only_their_own_and_readers_only_read(record, officer):
    helping, auditor = make.officer(make.body()), make.staff("auditor")
    sent(signed_in(officer), record, [("a.pdf", samples.pdf())])
    theirs = record.attachments.get()
    assert signed_in(helping).get(page(record, "file", theirs.pk)).status_code == 404

    relays.relay(
        workflow.review(record, by=officer), by=officer, to=helping.postings.get().body, kind="help", asked="확인"
    )
    client = signed_in(helping)
    assert sent(client, record, [("b.docx", samples.office())]).status_code == 302
    own = record.attachments.get(added_by=helping)
    assert client.get(page(record, "file", theirs.pk)).status_code == 200
    assert client.post(page(record, "removal", theirs.pk), {"because": "x"}).status_code == 403
    assert page(record, "removal", theirs.pk) not in text(client.get(forms.address(record)))
    assert client.get(page(record, "removal", own.pk)).status_code == 200

    reader = signed_in(auditor)
    assert reader.get(page(record, "file", own.pk)).status_code == 200
    assert reader.get(page(record)).status_code == reader.get(page(record, "removal", own.pk)).status_code == 403
    assert page(record, "removal", own.pk) not in text(reader.get(forms.address(record)))


def test_a_file_is_reached_by_its_own_record_alone(record, officer):
    client, other = signed_in(officer), make.difficulty(record.holder, officer)
    sent(client, record, [("a.pdf", samples.pdf())])

    assert client.get(page(other, "file", record.attachments.get().pk)).status_code == 404


def test_an_item_takes_files_while_it_is_a_draft(officer):
    body = officer.postings.get().body
    draft, sent_home = make.relayed(body), make.relayed(body, "sent")
    client = signed_in(officer)

    assert sent(client, draft, [("a.pdf", samples.pdf())]).status_code == 302
    assert client.get(page(sent_home)).status_code == 403
    assert page(sent_home) not in text(client.get(forms.address(sent_home)))


def test_content_that_is_lost_is_said_so(record, officer):
    client = signed_in(officer)
    sent(client, record, [("a.pdf", samples.pdf())])
    file = record.attachments.get()
    storages["files"].delete(file.stored_as)

    assert "찾을 수 없습니다" in text(client.get(page(record, "file", file.pk), follow=True))


def test_content_that_no_record_has_is_swept_away_after_a_day(record, officer, monkeypatch):
    meeting = make.meeting(record.holder)
    for each in (record, meeting):
        sent(signed_in(officer), each, [("a.pdf", samples.pdf())])
    kept, orphan = (each.attachments.get().stored_as for each in (record, meeting))
    lost = storing.keep(SimpleUploadedFile("b.pdf", samples.pdf()))
    address = reverse("admin:missions_meeting_delete", args=[meeting.pk])
    assert signed_in(make.staff("ministry")).post(address, {"post": "yes"}).status_code == 302
    call_command("sweep_files", verbosity=0)
    assert storages["files"].exists(lost), "somebody may be uploading it"

    tomorrow = timezone.now() + datetime.timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    with monkeypatch.context() as patch:
        patch.setattr(sweep_files, "is_in_recovery", lambda: True)
        with pytest.raises(CommandError, match="being brought back"):
            call_command("sweep_files", verbosity=0)
    assert storages["files"].exists(lost)
    call_command("sweep_files", verbosity=0)

    assert [storages["files"].exists(name) for name in (kept, orphan, lost)] == [True, False, False]


def test_where_nothing_was_ever_uploaded_nothing_is_swept_away(monkeypatch, tmp_path):
    monkeypatch.setitem(storages._storages, storing.FILES, FileSystemStorage(tmp_path / "private"))

    call_command("sweep_files", verbosity=0)


def test_a_bucket_takes_the_place_of_the_folder_where_the_environment_names_one(monkeypatch):
    folder = files.storage("private")["OPTIONS"]
    assert folder["location"].endswith("/private") and folder["file_permissions_mode"] == 0o600

    monkeypatch.setenv("FILES_S3_BUCKET", "portal")
    with pytest.raises(ImproperlyConfigured, match="django-storages"):
        files.storage("private")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    bucket = files.storage("public")["OPTIONS"]
    assert (bucket["bucket_name"], bucket["location"], bucket["default_acl"]) == ("portal", "public", None)


def test_of_two_who_add_the_same_file_at_once_one_does(record, officer, at_once):
    def add():
        attaching.attach(record, io.BytesIO(samples.pdf()), by=officer, name="공문.pdf")

    results = at_once(add, add)

    assert results.count("won") == 1 and [str(each) for each in results if isinstance(each, Unfit)] == [
        "같은 파일이 이 기록에 이미 있습니다: “공문.pdf”"
    ]
    assert record.attachments.count() == 1
