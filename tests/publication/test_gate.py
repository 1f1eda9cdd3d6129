"""The gate before every public text, asked of every column that the public can read and by every way of writing it."""

import csv
import shutil
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.urls import reverse

from missions.loading.files import FILES, FOLDER
from missions.models import (
    Agreement,
    Attendance,
    Body,
    CaseActor,
    Company,
    LocalInformation,
    Organisation,
    PublicFile,
    PublishedCase,
    ReportedResult,
    Source,
)
from missions.publication import gate
from missions.publication import information as relaying
from missions.publication import workflow as publishing
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
NAMES = ["Badaone", "Badatwo", "Badathree"]  # of a firm of one's own body, of another body, of none any more
BY_STEPS = [PublishedCase, CaseActor, LocalInformation, PublicFile]  # public by a step, not by being saved


def plant():
    """A body, somebody posted there who may write everything, and three firms of which more is known than a name.

    One is of the body, one of another body, and one was deleted.
    """
    body = make.body()
    known = {"telephone": "031-123-4567", "contact": "Silentius", "name_ko": "숨은기업"}
    made = [
        make.company(of, **known, name_en=f"{name} Co., Ltd.")
        for of, name in zip([body, make.body(), make.body()], NAMES, strict=True)
    ]
    made[2].delete()
    return SimpleNamespace(body=body, user=make.staff(posted_to=body, is_superuser=True))


@pytest.fixture
def body(scene):
    return scene.body


@pytest.fixture
def desk(client, scene):
    """The client may write everything, and is posted to the body."""
    client.force_login(scene.user)
    return client


def answers(desk, row, texts):
    """What the desk answers where somebody opens a row and saves it with a text, each as if it were the only one."""
    address, found = forms.address(row), {}
    opened = forms.opened(desk, address)
    for text in texts:
        with transaction.atomic():
            found[text] = desk.post(address, opened | {"summary_ko": text}).status_code
            transaction.set_rollback(True)
    return found


def typed(field):
    """The firms' names as a column can hold them."""
    words = NAMES if (field.max_length or 1000) > 40 else NAMES[1:2]
    if isinstance(field, models.URLField):
        return "https://example.org/" + "/".join(words)
    if isinstance(field, models.EmailField):
        return "-".join(words) + "@example.org"
    return "-".join(words) if isinstance(field, models.SlugField) else " ".join(words)


def gated(model):
    """Columns into which a whole name fits."""
    return [field for field in gate.columns(model) if (field.max_length or 1000) > 4]


def row_of(model, body):
    """A row of a model that is public."""
    if model.__name__ == "Meeting":
        return make.meeting(body)
    if model.__name__ == "PublicHoliday":
        return make.free_day()
    return model.objects.order_by("pk").first()


def stored(model):
    return list(model.objects.order_by("pk").values())


def parts():
    """Models that are written on the page of another, with the page, and the name of the relation."""
    found = {}
    for page in admin.site._registry.values():
        for part in page.inlines:
            field = next(f for f in part.model._meta.fields if f.related_model is page.model)
            found[part.model] = (page.model, field.remote_field.get_accessor_name())
    return found


PAGES = [model for model in gate.PUBLIC if model in admin.site._registry and model not in BY_STEPS]
INLINES = [model for model in gate.PUBLIC if model in parts() and model not in [*PAGES, *BY_STEPS, Attendance]]


def test_every_column_that_the_public_reads_has_a_verdict():
    every = [field for model in gate.PUBLIC for field in model._meta.concrete_fields]
    links = [field for model in gate.PUBLIC for field in model._meta.many_to_many]

    assert [str(field) for field in every if not gate.verdict(field)] == []
    assert {f"{field.model.__name__}.{field.name}" for field in every} >= gate.EXEMPT.keys()
    assert [str(link) for link in links if not link.remote_field.through._meta.auto_created] == []
    assert sum(len(gate.columns(model)) for model in gate.PUBLIC) > 90


def test_a_column_of_a_kind_that_nobody_decided_about_has_none():
    for kind in (models.JSONField, models.FileField, models.BinaryField):
        field = kind()
        field.model, field.name = Source, "new"
        assert gate.verdict(field) == ""


def test_every_public_table_is_written_by_a_way_that_is_tried_here():
    assert {*PAGES, *INLINES, *BY_STEPS, Attendance} == set(gate.PUBLIC)


def test_no_list_of_public_rows_is_edited_in_bulk():
    """Whoever adds such a way lets it ask the gate, and tries it here."""
    ways = [(page.list_editable, page.actions) for page in admin.site._registry.values() if page.model in gate.PUBLIC]
    assert {(tuple(editable), tuple(actions)) for editable, actions in ways} == {((), ())}


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_no_form_publishes_a_firm(desk, body, model):
    row = row_of(model, body)
    address = forms.address(row) + ("?correct=1" if model is ReportedResult else "")
    opened, before = forms.opened(desk, address), stored(model)
    values = {field.name: typed(field) for field in gated(model) if field.name in opened or field.blank}
    values |= {"reason": "misprint"} if model is ReportedResult else {}

    response = desk.post(address, opened | values)

    shown = response.context["adminform"].form
    names = set(values) & set(shown.fields) - {"reason"}
    assert (
        names
        and {
            name: word
            for name in names
            for word in NAMES
            if word in values[name] and word not in str(shown.errors.get(name))
        }
        == {}
    )
    assert {name for name in names if shown[name].value() != values[name]} == set()
    assert stored(model) == before
    page = forms.text(response)
    assert [word for word in ("Silentius", "숨은기업", "031-123-4567", "Co., Ltd.") if word in page] == []


@pytest.mark.parametrize("model", INLINES, ids=lambda model: model.__name__)
def test_no_part_of_a_form_publishes_a_firm(desk, body, model):
    page_of, relation = parts()[model]
    whole = row_of(page_of, body) if page_of is not Body else Body.objects.get(code="LAX")
    if model.__name__ == "AgendaItem":
        whole.agenda.create(topic_ko="통관", order=1)
    if model.__name__ == "District":
        whole.districts.create(code=f"{whole.country_id}-Z", name_ko="지역")
    opened, before = forms.opened(desk, forms.address(whole)), stored(model)
    values = {f"{relation}-0-{field.name}": typed(field) for field in gated(model)}

    response = desk.post(forms.address(whole), opened | values)

    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    (formset,) = [formset for formset in formsets if formset.model is model]
    errors = {f"{relation}-0-{name}": str(said) for name, said in formset.forms[0].errors.items()}
    assert (
        values
        and [
            (name, word)
            for name, text in values.items()
            for word in NAMES
            if word in text and word not in errors.get(name, "")
        ]
        == []
    )
    assert stored(model) == before
    assert all(text in forms.text(response) for text in values.values())


@pytest.mark.parametrize("name", ["organisation", "source"])
def test_no_window_that_adds_a_row_publishes_a_firm(desk, name):
    address = reverse(f"admin:missions_{name}_add") + "?_popup=1"
    values = {"name_ko": "Badatwo", "slug": "z", "kind": "other", "counts_for": 1}
    values |= {"key": "z", "publisher": "Badatwo", "title": "Z"}
    before = Organisation.objects.count(), Source.objects.count()

    response = desk.post(address, forms.opened(desk, address) | values)

    assert "Badatwo" in str(forms.complaints(response))
    assert (Organisation.objects.count(), Source.objects.count()) == before


@pytest.mark.parametrize("model", [PublishedCase, CaseActor], ids=lambda model: model.__name__)
def test_no_step_publishes_a_firm(body, model):
    for field in gated(model):
        case = make.case(body, "draft")
        actor = CaseActor.objects.create(case=case, organisation=make.organisation(), what_ko="협의")
        row = case if model is PublishedCase else actor
        setattr(row, field.name, typed(field))
        row.save()
        case = publishing.submit(case, by=case.drafted_by)
        with pytest.raises(publishing.PublicationRefused) as refused:
            publishing.approve(case, by=make.staff("approver"))
        assert [word for word in NAMES if word not in str(refused.value)] == [], field
        assert not PublishedCase.objects.published().filter(reference=case.reference).exists()


def test_no_step_publishes_information_on_a_firm(body):
    for field in gated(LocalInformation):
        item = make.relayed(body, "sent")
        LocalInformation.objects.filter(pk=item.pk).update(**{field.name: typed(field)})
        with pytest.raises(publishing.PublicationRefused) as refused:
            relaying.publish(item, by=make.secretary())
        assert [word for word in NAMES if word not in str(refused.value)] == [], field
    assert not LocalInformation.objects.published().filter(body=body).exists()


def test_no_load_publishes_a_firm(scene, tmp_path):
    """Each column of each file, at the line that says it; cells that are keys stay."""
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    expected = {}
    for file in FILES:
        if file.model in gate.PUBLIC:
            spoil(folder, file, expected)
    before = {model: stored(model) for model in gate.PUBLIC}

    with pytest.raises(CommandError) as refused:
        call_command("load_programme", folder=folder, refresh=True, yes=True)

    said = str(refused.value)
    assert {place for place in expected if place not in said} == set()
    assert "Silentius" not in said and "숨은기업" not in said
    assert {model.__name__ for model in gate.PUBLIC if stored(model) != before[model]} == set()


def spoil(folder, file, expected):
    """Write the firms' names into each text of the first line of a file."""
    path = folder / f"{file.name}.csv"
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    fields = {field.name: field for field in gated(file.model)} if rows else {}
    for column in rows[0].keys() & fields.keys() - {file.key} if rows else ():
        rows[0][column] = typed(fields[column])
        expected[f"{file.name}.csv, line 2, {column}: "] = typed(fields[column])
    with path.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


SPLIT = [
    ("어제 바다", "식품의 통관"),
    ("ㅂㅏ다가 아닌 바\u200b다", "식\u00ad품 통관"),
    ("Report on Bada", "Ｆｏｏｄｓ in Hanoi"),
    ("문의 02-1234", "5678 으로"),
    ("어제 바다", "식품의 통관이 늦습니다. " * 300),
]


def test_a_name_split_over_two_fields_is_found_in_both(desk, body):
    make.company(make.body(), name_ko="㈜바다식품", name_en="Bada Foods Co., Ltd.", telephone="02-1234-5678")
    address = forms.address(make.meeting(body))
    opened = forms.opened(desk, address)
    for title, text in SPLIT:
        ending = "ko" if "B" not in title else "en"
        values = {f"label_{ending}": title, f"summary_{ending}": text}

        response = desk.post(address, opened | values)

        assert response.context["adminform"].form.errors.keys() == values.keys(), title


def test_a_name_in_the_middle_of_a_long_text_is_found(desk, body):
    make.company(make.body(), name_ko="바다식품")
    around = "통관이 늦습니다. " * 200

    refused = forms.change(desk, forms.address(make.meeting(body)), summary_ko=f"{around}바다식품의 일. {around}")

    assert "바다식품" in str(refused.context["adminform"].form.errors)


def test_a_name_split_over_a_meeting_and_its_agenda_is_found(desk, body):
    make.company(make.body(), name_ko="바다식품")
    row = make.meeting(body, summary_ko="")
    topic = {"agenda-TOTAL_FORMS": 1, "agenda-0-order": 1, "agenda-0-kind": "difficulty", "agenda-0-topic_ko": "식품"}

    response = forms.change(desk, forms.address(row), summary_ko="어제 바다", **topic)

    assert response.context["adminform"].form.errors.keys() == {"summary_ko"}
    assert not row.agenda.exists()


def test_a_firm_of_another_body_is_found_however_it_is_spelt(desk, body):
    known = {"email": "sea@bada.example", "telephone": "02-1234-5678", "registration_number": "1234567891"}
    make.company(make.body(), name_ko="㈜바다식품", name_en="Bada Foods Co., Ltd.", **known)
    make.company(make.body(), name_ko="㈜노을", name_en="KJ Co., Ltd.")
    spelt = [
        "주식회사바다식품은",
        "㈜ 바 다 식 품",
        "바다-식품에서",
        "어제 BADA-FOODS’s goods",
        "sea (at) bada dot example",
        "+82-2-1234-5678",
        "１２３－４５－６７８９１",
        "(주)노을에서",
        "노을㈜의",
        "노을 주식회사",
        "KJ Co., Ltd. said",
    ]

    assert answers(desk, make.meeting(body), spelt) == dict.fromkeys(spelt, 200)


def test_words_that_are_no_firm_are_published(desk, body):
    make.company(make.body(), name_ko="㈜바다식품", name_en="Bada Foods Co., Ltd.")
    make.company(make.body(), name_ko="㈜노을", name_en="KJ Co., Ltd.")
    words = ["노을 주문이 늘어", "저녁노을", "KJ is short", "바다 위 식품", "다음 주 노을", "바다식"]

    assert answers(desk, make.meeting(body), words) == dict.fromkeys(words, 302)


def test_what_a_firm_was_called_once_is_no_more_public_than_its_name(desk, body):
    firm = make.company(make.body(), name_ko="바다식품", telephone="02-1234-5678")
    desk.post(forms.address(firm).replace("change", "contact"))
    forms.change(desk, forms.address(firm), name_ko="하늘식품", telephone="")
    words = ("바다식품", "하늘식품", "02)1234-5678")

    assert answers(desk, make.meeting(body), words) == dict.fromkeys(words, 200)


def test_a_firm_cannot_take_words_from_the_programme_that_the_public_knows(desk, body):
    make.organisation(name_ko="엘지전자", kind="large_firm")
    names = ["엘지전자", "베트남", "KOTRA", "무역관"]
    for name in names:
        make.company(make.body(), name_ko=name)
    told = [f"{name} 안내" for name in names]

    assert answers(desk, make.meeting(body), told) == dict.fromkeys(told, 302)


def test_an_organisation_entered_after_a_firm_does_not_make_its_name_public(desk, body):
    make.company(make.body(), name_ko="바다식품")
    make.organisation(name_ko="바다식품")  # past the forms

    assert forms.change(desk, forms.address(make.meeting(body)), summary_ko="바다식품").status_code == 200


def test_a_public_contact_of_a_body_may_have_the_name_of_somebody_at_a_firm(desk, body):
    make.company(make.body(), contact="김해양 과장")

    assert forms.change(desk, forms.address(body), contact_ko="김해양 영사, 02-2100-2114").status_code == 302


def test_a_draft_is_free_until_it_is_published(desk, body):
    make.company(make.body(), name_ko="바다식품")
    row = make.meeting(body, is_published=False)

    assert forms.change(desk, forms.address(row), summary_ko="바다식품").status_code == 302
    assert forms.change(desk, forms.address(row), is_published="on").status_code == 200


def test_a_deleted_agreement_part_is_not_looked_at_again(desk, body):
    make.company(make.body(), name_ko="바다식품")
    agreement = Agreement.objects.first()
    agreement.commitments.create(order=9, text_ko="바다식품")  # past the forms
    number = agreement.commitments.count() - 1

    assert forms.change(desk, forms.address(agreement)).status_code == 200
    assert forms.change(desk, forms.address(agreement), **{f"commitments-{number}-DELETE": "on"}).status_code == 302


def test_a_firm_that_is_filed_with_its_difficulty_is_found(client, body):
    officer = make.officer(body)
    client.force_login(officer)
    filed = {"country": "VN", "type": "customs", "title": "통관 보류", "account": "보완 요구", "report_source": "firm"}
    filed |= {"reported_on": "2026-03-02", "firm_name_ko": "바다식품", "firm_telephone": "02-1234-5678"}
    assert client.post(reverse("admin:missions_difficulty_add"), filed).status_code == 302
    assert Company.objects.filter(name_ko="바다식품").exists()

    words = ("바다식품", "02-1234-5678")
    assert answers(client, make.meeting(body), words) == dict.fromkeys(words, 200)


def test_firms_written_past_the_portal_are_found_after_a_rebuild(desk, body):
    Company.objects.create(body=make.body(), name_ko="바다식품")
    assert forms.change(desk, forms.address(make.meeting(body)), summary_ko="바다식품").status_code == 302

    call_command("rebuild_firm_keys")

    assert forms.change(desk, forms.address(make.meeting(body)), summary_ko="바다식품").status_code == 200
