"""Every text that somebody types comes in through one door, by whatever form, address, record or file."""

import contextlib
import shutil
import unicodedata

import pytest
from django import forms as django_forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django_filters import FilterSet

from missions.loading.files import FOLDER
from missions.loading.loader import load
from missions.models import Difficulty, LocalInformation, Organisation
from missions.models.base import Tidy
from portal.middleware import TextsAtTheDoor
from tests import forms, make
from tests.admin.test_filing import FILED, file
from tests.finding import found, kept

pytestmark = pytest.mark.usefixtures("programme")
TYPED, TIDY = "\u1100\u1161\u200b나\u00a0다\u202e", "가나 다"
# Tables whose words the portal makes itself, of what came in before.
WRITTEN_BY_THE_PORTAL = {
    *("AccessRecord", "ClosedMonth", "FirmKey", "LoadedRow", "PageVersion", "PublicEntry", "RoleChange"),
    *("ReportStatus", "SearchEntry", "SignIn", "StatusCode"),
    *("Notice", "Mail", "DeliveryChoice", "Mention"),
    *("ImportBatch", "ImportRow"),  # a list as it came; its cells are tidied by the forms that take them
    "ExportFile",  # how a list was narrowed, and why contacts are needed: deleted after a day
}


def classes_of(base):
    """Every class made of another so far; the addresses have imported all that ask for anything."""
    assert reverse("missions:search")
    found, waiting = set(), [base]
    while waiting:
        waiting += (more := set(waiting.pop().__subclasses__()) - found)
        found |= more
    return {each for each in found if each.__module__.split(".")[0] in ("missions", "portal")}


def all_names():
    """Names of the fields of every form, filter and record of the desk."""
    names = {name for form in classes_of(django_forms.BaseForm) for name in form.base_fields}
    names |= {name for conditions in classes_of(FilterSet) for name in conditions.base_filters}
    return names | {field.name for model in admin.site._registry for field in model._meta.fields}


def sent(**values):
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def brought_in(values):
    """What views get of values that a browser sends, by the address and in a form."""
    request = HttpRequest()
    request.method, request.GET, request.POST = "POST", sent(**values), sent(**values)
    door = TextsAtTheDoor(lambda request: None)
    door.process_request(request)
    door.process_view(request, None, (), {})
    return request.GET.dict(), request.POST.dict()


def test_every_field_of_every_form_gets_tidy_texts_but_for_passwords():
    names = all_names()
    assert {"firm_name_ko", "q", "note", "firm", "reason", "finding", "title_ko", "password1"} <= names

    for values in brought_in(dict.fromkeys(names, TYPED)):
        assert {name for name, text in values.items() if text != TIDY} == {name for name in names if "passw" in name}


def test_every_table_whose_words_people_type_tidies_them_whoever_writes():
    tables = [model for model in apps.get_app_config("missions").get_models() if not hasattr(model, "history_object")]
    tables = [model for model in tables if not hasattr(model, "history_id") and not model._meta.auto_created]
    assert {model.__name__ for model in tables if not issubclass(model, Tidy)} == WRITTEN_BY_THE_PORTAL

    for model in set(tables) - {table for table in tables if table.__name__ in WRITTEN_BY_THE_PORTAL}:
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "password"
        ]
        row = model(**dict.fromkeys(columns, TYPED))
        with contextlib.suppress(ValidationError):
            row.clean_fields()
        stands = {name: getattr(row, name) for name in columns if name != "registration_number"}  # digits alone
        assert stands == dict.fromkeys(stands, TIDY), model


@pytest.mark.parametrize(
    "nothing", ["\u200b\u3164", "\u202e", "\u0008", "\u2800\u00ad", "\ufeff\u3000", "\uffa0\u200d"]
)
def test_a_title_of_nothing_that_is_seen_is_refused_as_empty(client, nothing):
    client.force_login(make.officer(make.body()))

    response = client.post(reverse("admin:missions_difficulty_add"), FILED | {"title": nothing})

    assert response.context["adminform"].form.errors["title"] and not Difficulty.objects.exists()


def test_a_verb_and_a_row_written_past_the_forms_are_tidy_too():
    row = make.information(make.body(), title_ko=f" {TYPED}  라 ", text_ko="첫째\u200b \r\n둘째\u3164")
    record = make.difficulty(make.body(), title=TYPED, account="\ufeff통관\u00a0지연")

    assert (row.title_ko, row.text_ko) == ("가나 다 라", "첫째\n둘째")
    assert (record.title, record.account) == (TIDY, "통관 지연")
    LocalInformation.objects.filter(pk=row.pk).update(title_ko="a\u00a0b")
    row = LocalInformation.objects.only("text_ko").get(pk=row.pk)
    row.save(update_fields=["text_ko"])
    assert LocalInformation.objects.get(pk=row.pk).title_ko == "a\u00a0b"


@pytest.mark.parametrize(
    "typed", ["\u1107\u1166\u1110\u1173\u1102\u1161\u11b7", "베트남\u200b", "\u3000베트남", "베\u00ad트남\u202c"]
)
def test_searches_filters_and_choosers_find_whatever_the_spelling_of_the_text(client, typed):
    body = make.body()
    item = kept(make.information(body, title_ko="베트남 노을"))
    assert item.get_absolute_url() in found(client, typed)
    assert list(client.get("/ko/information/", {"q": typed + " 노을"}).context["page_obj"]) == [item]

    client.force_login(make.officer(body))
    asked = {"app_label": "missions", "model_name": "difficulty", "field_name": "country", "term": typed}
    answer = client.get(reverse("admin:autocomplete"), asked).json()
    assert [row["id"] for row in answer["results"]] == ["VN"]


def test_a_stored_text_that_came_in_before_the_door_was_built_can_be_saved_again(client):
    body = make.body()
    row = make.information(body, title_ko="가 나", text_ko="첫째", is_published=False)
    LocalInformation.objects.filter(pk=row.pk).update(title_ko="가\u00a0나")
    client.force_login(make.officer(body))

    assert forms.change(client, forms.address(row), text_ko="둘째").status_code == 302
    row.refresh_from_db()
    assert (row.title_ko, row.text_ko) == ("가 나", "둘째")


def test_data_files_come_in_by_the_same_door(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    path = folder / "organisations.csv"
    decomposed = unicodedata.normalize("NFD", "대한무역투자진흥공사")
    path.write_text(path.read_text().replace(",대한무역투자진흥공사,", f",\u200b{decomposed}\u3000\u00a0(가칭),", 1))

    load(folder=folder)

    assert Organisation.objects.get(slug="kotra").name_ko == "대한무역투자진흥공사 (가칭)"


def test_what_was_filed_in_decomposed_letters_is_stored_composed(client):
    client.force_login(make.officer(make.body()))
    file(client, title=unicodedata.normalize("NFD", "통관 보류"), firm_name_ko="가나\u200b상사")

    record = Difficulty.objects.get()
    assert (record.title, record.company.name_ko) == ("통관 보류", "가나상사")
