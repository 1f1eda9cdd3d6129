"""What gives a firm away is found, however it is spelt, wherever it is printed, and whoever looks at it."""

import pytest
from django.urls import reverse

from missions.models import CaseActor, Company, Difficulty, PublishedCase, Source
from missions.publication import workflow as publishing
from missions.publication.privacy import findings, fingerprint, printed_texts
from missions.publication.workflow import PublicationRefused
from tests import forms, make

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]


def told(case, by=None):
    """What is found in a text, in one text."""
    return "\n".join(map(str, findings(case, by)))


def kinds(case, by=None):
    """What kinds of words are found in a text."""
    return {finding.kind for finding in findings(case, by)} - {"alone"}


@pytest.fixture
def scene():
    return Scene()


class Scene:
    """The draft of a public text, with its firm, its difficulty and its author."""

    def __init__(self):
        self.record, self.officer = make.solved()
        self.firm = self.record.company
        self.case = publishing.begin_from(self.record, by=self.officer)
        self.record.refresh_from_db()
        self.case.happened_ko = self.case.done_ko = "협의했습니다."
        self.case.save()

    def says(self, words, name="happened_ko"):
        setattr(self.case, name, words)
        self.case.save()
        return self.case

    def another_firm(self):
        """The sector fits two firms."""
        make.difficulty(self.record.holder, self.officer, sector_id="C")

    def approve(self, **given):
        self.case = publishing.submit(self.case, by=self.officer)
        return publishing.approve(self.case, by=make.staff("approver"), **given)


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("바다 식품의 김이 막혔습니다.", "기업 이름"),
        ("BADA FOODS reported", "기업 이름"),
        ("김해양 과장이", "담당자"),
        ("전화 02.1234.5678", "전화번호"),
        ("sea＠bada.example", "전자우편"),
        ("123-45-67891", "사업자등록번호"),
    ],
)
def test_words_that_give_the_firm_away_are_found(words, finding):
    record, officer = make.solved()
    case = publishing.begin_from(record, by=officer)
    assert finding not in told(case)
    case.happened_ko = words

    assert finding in told(case)


def test_a_combination_that_fits_one_firm_only_is_found_until_another_fits_too():
    record, officer = make.solved()
    case = publishing.begin_from(record, by=officer)
    assert "한 곳뿐" in told(case)

    make.difficulty(record.holder, officer, sector_id="C")

    assert "한 곳뿐" not in told(case)


@pytest.mark.parametrize(("firms", "is_alone"), [(0, False), (1, True), (2, False)])
def test_a_combination_that_the_text_alone_has_is_found_where_it_fits_one_firm_and_not_none(scene, firms, is_alone):
    for _ in range(firms):
        make.difficulty(scene.record.holder, scene.officer, sector_id="A")
    scene.case.sector_id = "A"

    assert ("alone" in {finding.kind for finding in findings(scene.case)}) == is_alone


def test_the_consent_of_one_firm_is_not_that_of_another(scene):
    """Of two that the difficulty had, also where both have one name."""
    Company.objects.filter(pk=scene.firm.pk).update(may_be_named=True)
    other = make.company(scene.record.holder, name_ko="하늘식품")
    scene.record.company = other
    scene.record.save()
    case = scene.says("바다식품, 하늘식품")

    named = {finding.words: finding.forbids for finding in findings(case) if finding.kind == "name"}
    assert named == {"바다식품": False, "하늘식품": True}
    with pytest.raises(PublicationRefused, match="하늘식품"):
        scene.approve(checked=fingerprint(findings(case)))
    other.name_ko = "바다식품"
    other.save()
    for agrees in (scene.firm, other):
        Company.objects.update(may_be_named=False)
        Company.objects.filter(pk=agrees.pk).update(may_be_named=True)
        assert [finding.forbids for finding in findings(case) if finding.words == "바다식품"] == [True]


def test_a_text_that_names_a_firm_that_agrees_to_it_is_approved_only_knowingly(client, scene):
    Company.objects.update(may_be_named=True)
    case = publishing.submit(scene.says("㈜바다식품의 통관이 막혔습니다."), by=scene.officer)
    client.force_login(make.staff("approver"))
    address = reverse("admin:missions_publishedcase_publication", args=[case.pk, "approve"])
    shown = forms.text(client.get(forms.address(case)))
    assert "기업 이름" in shown and scene.record.account in shown
    posted = {"read": "on", "seen": case.fingerprint, "checked": client.get(address).context["findings_fingerprint"]}

    assert client.post(address, posted | {"checked": ""}).status_code == 200
    scene.record.company = make.company(scene.record.holder, name_ko="막혔습니다", may_be_named=True)
    scene.record.save()
    refused = client.post(address, posted)
    assert "막혔습니다" in " ".join(refused.context["form"].non_field_errors())
    assert not refused.context["form"]["read"].value()
    assert client.post(address, posted | {"checked": refused.context["findings_fingerprint"]}).status_code == 302

    case.refresh_from_db()
    assert case.state == "published"


@pytest.mark.parametrize("words", ["바다식품이", "바다-식품에서", "BADA FOODS", "ＢＡＤＡ Foods"])
@pytest.mark.parametrize("name", ["title_ko", "note_en"])
def test_a_firm_is_not_named_without_its_consent_even_knowingly(scene, words, name):
    case = scene.says(words, name)
    assert [finding.forbids for finding in findings(case)].count(True) == 1

    with pytest.raises(PublicationRefused):
        scene.approve(checked=fingerprint(findings(case)))


def test_a_confirmation_holds_only_for_what_was_shown(scene):
    checked = fingerprint(findings(scene.case))
    scene.says("김해양 씨가 말했습니다.")

    with pytest.raises(PublicationRefused, match="김해양"):
        scene.approve(checked=checked)


def test_every_text_that_is_printed_is_looked_at(scene):
    case = scene.case
    organisation = make.organisation(name_en="Printed 1")
    CaseActor.objects.create(case=case, organisation=organisation, what_ko="인쇄 2", what_en="Printed 3")
    case.sources.add(Source.objects.create(key="z-printed", publisher="발행처 4", title="제목 5"))
    kept = {"state", "outcome", "certainty", "reference"}
    for row in (case, *case.actors.all()):
        own = {name for name, _label, _text in printed_texts(case)}
        fields = [field for field in row._meta.fields if field.editable]  # others are taken over by the approval
        typed = [field.name for field in fields if field.get_internal_type() in {"CharField", "TextField"}]
        assert set(typed) - kept <= own

    texts = "\n".join(text for _name, _label, text in printed_texts(case))
    assert [n for n in range(1, 6) if str(n) not in texts] == []
    for name in ("title", "happened", "done", "lesson", "note"):
        for language in ("ko", "en"):
            setattr(case, f"{name}_{language}", "바다식품")
    assert {name for finding in findings(case) if finding.forbids for name, _label in finding.fields} == {
        f"{name}_{language}" for name in ("title", "happened", "done", "lesson", "note") for language in ("ko", "en")
    }


@pytest.mark.parametrize(
    ("field", "stored", "written"),
    [
        ("name_ko", "한빛정밀", "한빛-정밀"),
        ("name_ko", "한빛정밀", "한빛·정밀"),
        ("name_ko", "한빛정밀", "한빛ㆍ정밀"),
        ("name_ko", "한빛정밀", "한\u200b빛정\u00ad밀의"),
        ("name_ko", "（주）한빛정밀", "주식회사한빛정밀"),
        ("name_ko", "( 주 ) 한빛정밀", "한빛정밀"),
        ("name_ko", "한빛정밀 유한책임회사", "한빛정밀"),
        ("name_en", "Hanbit Precision Co., Ltd.", "Hanbit-Precision"),
        ("name_en", "Hanbit Precision Ｃｏ．，　Ｌｔｄ．", "HANBIT PRECISION"),
        ("name_en", "Hanbit Precision Pte. Ltd.", "Hanbit Precision"),
        ("name_en", "Hanbit Precision GmbH", "Hanbit Precision’s"),
        ("name_en", "Hanbit Precision Company", "hanbit precision"),
        ("name_en", "Hanbit Co.,Ltd.", "Hanbit"),
        ("contact", "홍길동 과장", "홍길동 씨"),
        ("contact", "해외영업팀 홍길동과장", "담당자홍길동"),
        ("contact", "Manager Hong Gildong", "Mr. Gil-dong said"),
        ("telephone", "031-123-4567", "+82-31-123-4567"),
        ("telephone", "+82 31 123 4567", "031)123-4567"),
        ("telephone", "031-123-4567", "０３１－１２３－４５６７"),
        ("telephone", "02-1234-5678 (내선 12), 010-9876-5432", "02 1234 5678"),
        ("telephone", "02-1234-5678 010-9876-5432", "02 1234 5678"),
        ("telephone", "02-1234-5678 ext. 12 / 010-9876-5432", "010.9876.5432"),
        ("email", "sea@bada.example", "sea (at) bada.example"),
        ("email", "sea@bada.example", "sea at bada dot example"),
        ("email", "sea@bada.example", "sea\u200b@bada.example"),
        ("registration_number", "9876543210", "987 65 43210"),
    ],
)
def test_disguised_words_are_found(scene, field, stored, written):
    Company.objects.filter(pk=scene.firm.pk).update(**{field: stored})

    assert kinds(scene.says(f"어제 {written} 관련")) == {field.removesuffix("_ko").removesuffix("_en")}


@pytest.mark.parametrize(
    ("field", "stored", "written"),
    [
        ("contact", "홍길동 과장", "과장된 소문"),
        ("contact", "Hong Williams", "Hongkong"),
        ("name_en", "SL Co., Ltd.", "The goods were slow."),
        ("telephone", "031-123-4567", "2024년 3월 11일부터 2345건, 67명"),
    ],
)
def test_words_that_only_look_alike_are_not_found(scene, field, stored, written):
    Company.objects.filter(pk=scene.firm.pk).update(**{field: stored})

    assert kinds(scene.says(written)) == set()


def test_the_reference_of_the_difficulty_is_found(scene):
    reference = scene.record.reference

    assert kinds(scene.says(f"접수번호 {reference.replace('-', ' ')}")) == {"reference"}


def test_a_firm_that_was_exchanged_or_renamed_for_a_while_is_still_compared(scene):
    case = scene.says("바다식품의 김")
    for company in (make.company(scene.record.holder), None):
        scene.record.company = company
        scene.record.save()
        assert any(finding.forbids for finding in findings(case))
        assert "alone" in {finding.kind for finding in findings(case)}
    scene.firm.name_ko = "전혀 다른 이름"
    scene.firm.save()

    assert any(finding.forbids for finding in findings(case))


def test_a_text_without_a_difficulty_is_compared_with_all_firms_and_tells_only_its_own_words():
    body = make.body()
    values = {"telephone": "031-123-4567", "registration_number": "1234567891", "email": "sea@bada.example"}
    make.company(make.body(), name_ko="㈜한빛정밀", name_en="Hanbit Precision Co., Ltd.", **values)
    text = "한빛정밀은 +82-31-123-4567, 123-45-67891, sea＠bada.example 입니다. 최한빛정밀아"
    case = make.case(body, "draft", happened_ko=text)
    found = findings(case)

    words = {"한빛정밀", "82-31-123-4567, 123-45-67891", "sea@bada.example"}
    assert {finding.words for finding in found} == words and all(finding.forbids for finding in found)
    assert "Hanbit" not in told(case) and findings(case, make.officer(body)) == found
    case = publishing.submit(case, by=case.drafted_by)
    approver = make.staff("approver")
    with pytest.raises(PublicationRefused, match="한빛정밀"):
        publishing.approve(case, by=approver, checked=fingerprint(found))


@pytest.mark.parametrize("role", ["approver", "ministry"])
def test_whoever_may_approve_is_shown_what_approval_looks_at(client, scene, role):
    case = publishing.submit(scene.says("김해양 씨와 031-765-4321"), by=scene.officer)
    make.company(make.body(), telephone="031-765-4321")
    client.force_login(make.staff(role))
    address = reverse("admin:missions_publishedcase_publication", args=[case.pk, "approve"])

    expected = list(map(str, findings(case)))

    for page in (forms.address(case), address):
        assert list(map(str, client.get(page).context["findings"])) == expected
    assert len(expected) == 3 and findings(case, scene.officer) == findings(case)


def test_the_case_that_the_ministries_announced_by_name_goes_on_to_a_further_version():
    poen = PublishedCase.objects.get(reference="poen-germany")
    assert not Difficulty.objects.filter(case_reference=poen.reference).exists()
    draft = publishing.revise(poen, by=make.staff("ministry"))

    assert publishing.approve(publishing.submit(draft, by=draft.drafted_by), by=make.staff("approver")).version == 2
