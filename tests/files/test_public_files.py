"""Files that the public gets with a published item: copies that tell no more than they show, gone with the item."""

import io
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from missions.files import attaching, storing
from missions.models import LocalInformation, PublicFile, Scan
from missions.publication import information as relaying
from missions.publication.workflow import PublicationRefused
from tests import forms, make
from tests.files import samples
from tests.files.test_files import content
from tests.forms import complaints, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")
AUTHOR = "z.author"
CORE = f"<coreProperties><creator>{AUTHOR}</creator></coreProperties>"
THUMBNAIL = '<Relationship Id="r9" Type="http://x/thumbnail" Target="docProps/thumbnail.jpeg"/>'
HPF = f"<opf:package xmlns:opf='o'><opf:metadata><opf:meta>{AUTHOR}</opf:meta></opf:metadata><a>글</a></opf:package>"
XMP = f'<?xpacket begin="" id="x"?><x>{AUTHOR}</x><?xpacket end="w"?>'
PARTS = {"docProps/core.xml": CORE, "docProps/app.xml": CORE, "docProps/thumbnail.jpeg": AUTHOR}
FILES = {
    "서식.docx": samples.office(parts=PARTS, relations=THUMBNAIL),
    "표.xlsx": samples.office("xlsx", PARTS),
    "안내.hwpx": samples.hwpx({"Contents/content.hpf": HPF}),
    "안내.pdf": samples.pdf(
        f"4 0 obj\n<</Author ({AUTHOR} \\(kim\\)) /Creator <{AUTHOR.encode().hex()}>>>\nendobj\n{XMP}"
    ),
    "사진.jpg": samples.jpeg(samples.exif(6, AUTHOR.encode()), samples.segment(0xFE, AUTHOR.encode())),
    "사진.png": samples.png(samples.chunk(b"tEXt", f"Author\0{AUTHOR}".encode())),
}
COMMENTED = samples.office(parts={"word/comments.xml": f"<c>{AUTHOR}</c>"})
TRACKED = samples.office(parts={"word/footer1.xml": '<w:f xmlns:w="w"><w:del w:author="kim"/></w:f>'})
PACKED = samples.packed_pdf(f"4 0 <</Author ({AUTHOR})>>")


def sent_home(files):
    """An item with files that waits to be published, and its files by their names."""
    item = make.relayed(make.body())
    for name, made in files.items():
        attaching.attach(item, SimpleUploadedFile(name, made), by=item.drafted_by, name=name)
    item = relaying.send(item, by=item.drafted_by)
    return item, {file.name: file for file in item.attachments.all()}


def step(item, name="publish"):
    return reverse("admin:missions_localinformation_way", args=[item.pk, name]) + f"?seen={item.fingerprint}"


def publish(client, item, files):
    return client.post(step(item), {"read": "on", "seen": item.fingerprint, "files": [file.pk for file in files]})


def unpacked(made):
    """Names and contents of a container in one, or what is none as it is."""
    if not made.startswith(b"PK"):
        return made
    with zipfile.ZipFile(io.BytesIO(made)) as container:
        return b"\n".join(part.filename.encode() + container.read(part) for part in container.infolist())


def test_ticked_files_are_published_without_what_programs_wrote_and_go_with_the_item(
    client, django_capture_on_commit_callbacks
):
    item, files = sent_home(FILES | {"내부.hwp": samples.hwp()})
    desk = signed_in(make.secretary())
    asked = text(desk.get(step(item)))
    assert "내부.hwp" in asked and "지우지 못합니다" in asked and asked.count("checked") == 0

    answer = publish(desk, item, [files[name] for name in FILES])

    assert answer.status_code == 302, complaints(answer)
    pages = [text(client.get(f"/{language}/information/{item.key}/")) for language in ("ko", "en")]
    for file in PublicFile.objects.all():
        address = reverse("root:file", args=[file.key])
        given = client.get(address)
        made = content(given)
        assert all(address in page and file.name in page for page in pages)
        assert given["Content-Disposition"].startswith("attachment") and given["X-Content-Type-Options"] == "nosniff"
        assert given["Cache-Control"] == "public, no-cache" and len(made) == file.size
        assert AUTHOR.encode() in unpacked(FILES[file.name])
        assert AUTHOR.encode() not in unpacked(made) and AUTHOR.encode().hex().encode() not in made, file.name
        assert attaching.inspected(io.BytesIO(made), file.name), "it is whole"
        assert client.post(address).status_code == 405
    assert {file.name for file in PublicFile.objects.all()} == FILES.keys()
    turned = content(client.get(reverse("root:file", args=[PublicFile.objects.get(name="사진.jpg").key])))
    assert b"Exif" in turned and len(turned) < len(FILES["사진.jpg"]) + 40, "it says how to turn it"
    assert "내부.hwp" not in "".join(pages)
    assert "공개한 파일" in text(desk.get(forms.address(item)))

    item.refresh_from_db()
    stored = list(PublicFile.objects.values_list("key", "stored_as"))
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn = desk.post(step(item, "withdraw"), {"note": "바로잡습니다.", "seen": item.fingerprint})
    assert withdrawn.status_code == 302
    for key, name in stored:
        assert client.get(reverse("root:file", args=[key])).status_code == 404
        assert not storages["public_files"].exists(name)
    assert not PublicFile.objects.exists() and item.attachments.present().count() == len(FILES) + 1


def test_what_the_public_must_not_have_is_said_before_and_refused(settings):
    item, files = sent_home(
        {"메모.docx": COMMENTED, "변경.docx": TRACKED, "안내.pdf": PACKED, "표.xlsx": FILES["표.xlsx"]}
    )
    item.attachments.filter(name="표.xlsx").update(scan=Scan.INFECTED, scanned_at=make.NOON)
    desk = signed_in(make.secretary())

    asked = text(desk.get(step(item)))
    assert asked.count("메모나 변경 내용 추적") == 2 and "바이러스" in asked and "이 PDF에서는" in asked
    for name in ("메모.docx", "변경.docx", "표.xlsx"):
        assert complaints(publish(desk, item, [files[name]]))
        with pytest.raises(PublicationRefused):
            relaying.publish(item, by=make.secretary(), files=[files[name].pk])
    settings.CLAMD_SOCKET = "/nowhere"
    assert complaints(publish(desk, item, [files["안내.pdf"]])), "it is not scanned yet"
    assert not PublicFile.objects.exists() and not LocalInformation.objects.published().filter(pk=item.pk).exists()


def test_a_name_of_a_file_passes_the_gate_and_a_file_of_another_item_is_no_choice():
    make.company(make.body(), name_ko="㈜푸른바다식품")
    item, files = sent_home({"푸른바다식품 공문.pdf": samples.pdf()})
    other, theirs = sent_home({"서식.pdf": samples.pdf()})
    desk = signed_in(make.secretary())

    refused = publish(desk, item, files.values())
    assert "푸른바다식품" in "".join(complaints(refused)) and "checked" in text(refused)
    assert complaints(publish(desk, item, theirs.values()))
    relaying.publish(item, by=make.secretary(), files=[file.pk for file in theirs.values()])
    assert not PublicFile.objects.exists() and other.attachments.exists()


def test_a_file_of_an_item_that_is_not_published_is_not_found(client):
    stored_as = storing.keep(io.BytesIO(samples.pdf()), storing.PUBLIC)
    file = make.public_file(make.information(make.body()), stored_as=stored_as)
    address = reverse("root:file", args=[file.key])
    assert client.get(address).status_code == 200

    LocalInformation.objects.update(is_published=False)

    assert client.get(address).status_code == 404
