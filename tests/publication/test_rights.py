"""Every table has a verdict, and on PostgreSQL the role of the public face reads what is public and nothing else."""

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from missions.difficulties import codes
from missions.lists.data_sets import DATA_SETS
from missions.models import (
    AgendaItem,
    Attendance,
    CaseActor,
    Company,
    Difficulty,
    EarlierCase,
    LocalInformation,
    Meeting,
    Minutes,
    PublicFile,
    PublishedCase,
    ReportStatus,
    Source,
    User,
)
from missions.publication import rights
from tests import face, make
from tests.site import plant
from tests.walked import public_role

VIEW = ReportStatus._meta.db_table
VIEW_REFUSES = (psycopg.errors.ObjectNotInPrerequisiteState, psycopg.errors.WrongObjectType)  # before rights are asked
MODELS = apps.get_models(include_auto_created=True)


def test_every_table_is_public_or_private():
    assert [model._meta.label for model in MODELS if not rights.verdict(model)] == []
    assert not set(rights.tables("public")) & set(rights.tables("private"))
    assert set(rights.tables("public")) == rights.public_tables()


def test_every_public_table_with_rows_that_are_not_published_says_which_are():
    """Whatever ``published()`` leaves out, and its parts, has a condition."""
    for model in MODELS:
        if rights.verdict(model) == "public" and model._meta.app_label == "missions":
            narrowed = any(field.name in ("is_published", "state") for field in model._meta.fields)
            state_of_body = model.__name__ in ("Body", "BodyStep")
            assert (model._meta.db_table in rights.ROWS) or not narrowed or state_of_body, model


def test_nothing_of_people_is_public():
    private = set(rights.tables("private"))

    assert {model._meta.db_table for model in (User, Company, Minutes)} <= private
    assert all(name in private for name in (m._meta.db_table for m in MODELS if m.__name__.startswith("Historical")))


@pytest.fixture
def role(transactional_db):
    """Name and password of the role on the database of the test."""
    with public_role() as user:
        yield user


@pytest.mark.postgresql
def test_every_public_address_answers_the_public_role_and_reads_what_is_public(site):
    """``test_polling`` compares what it says with what the owner reads."""
    assert site.user and len(site.all) > 150
    for address, page in site.all.items():
        assert page.status == 200, address
        assert page.tables <= rights.public_tables(), address


@pytest.mark.postgresql
def test_the_public_role_is_told_what_the_owner_is_told_and_by_a_code_too_but_reads_no_code(role):
    planted = plant()
    call_command("rebuild_search", verbosity=0)
    record = Difficulty.objects.get(reference=planted.private[1])
    code = codes.printed(record)
    further = ["/ko/search/?q=통관", "/en/cases/?country=VN&q=customs", "/sitemap.xml"]
    further += [f"/api/v1/{name}?perPage=1000" for name in DATA_SETS]
    by_code = ["POST", "/ko/status/", f"code={code}", "application/x-www-form-urlencoded"]
    asked = {"requests": [by_code, *(["GET", address] for address in further)]}

    as_role, as_owner = (face.process("public", asked, user=user)["answers"] for user in (role, None))

    assert [answer["status"] for answer in as_role] == [200] * len(asked["requests"])
    for (_verb, address, *_sent), one, other in zip(asked["requests"], as_role, as_owner, strict=True):
        assert one["text"] == other["text"] and not one["cookies"], address
    said = as_role[0]["text"]
    assert planted.body.name_ko in said and not [word for word in planted.private if word in said]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {VIEW}")
        columns = [column.name for column in cursor.description]
        assert columns == ["digest", "stage", "waiting_on", "body_id", "since", "until"]
        assert not [row for row in cursor.fetchall() if code.replace("-", "") in map(str, row)]


@pytest.mark.postgresql
def test_a_public_process_is_ready_once_the_migrations_of_its_release_are_applied(role):
    name, asked = role.partition(":")[0], {"requests": [["GET", "/readyz"]]}
    (before,) = face.process("public", asked, user=role)["answers"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT has_column_privilege('{name}', 'django_migrations', 'applied', 'SELECT')")
        assert cursor.fetchone() == (False,)
        cursor.execute("DELETE FROM django_migrations WHERE app = 'missions' AND name = '0001_records'")
    (lacking,) = face.process("public", asked, user=role)["answers"]
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON django_migrations FROM {name}")
    (unasked,) = face.process("public", asked, user=role)["answers"]

    assert [answer["status"] for answer in (before, lacking, unasked)] == [200, 503, 200]


@pytest.mark.postgresql
def test_the_public_role_is_refused_every_private_table_and_finds_no_unpublished_row(role):
    draft = unpublished_parts()
    name, password = role.split(":")
    own = connection.get_connection_params()
    said = {
        "dbname": own["dbname"],
        "host": own.get("host"),
        "port": own.get("port"),
        "user": name,
        "password": password,
    }
    with psycopg.connect(**said, autocommit=True) as signed_in:
        for table in rights.tables("private"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                signed_in.execute(f"SELECT 1 FROM {table}")
        for table in rights.tables("public"):
            signed_in.execute(f"SELECT 1 FROM {table} LIMIT 1")
            for change in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"INSERT INTO {table} DEFAULT VALUES"):
                with pytest.raises(VIEW_REFUSES if table == VIEW else psycopg.errors.InsufficientPrivilege):
                    signed_in.execute(change)
        published = list(published_rows())
        assert {rows.model._meta.db_table for rows in published} == rights.ROWS.keys()
        for rows in published:
            table = rows.model._meta.db_table
            found = signed_in.execute(f"SELECT id FROM {table}").fetchall()
            assert {pk for (pk,) in found} == set(rows.values_list("pk", flat=True)), table
            assert len(found) < rows.model._base_manager.count(), table
        assert signed_in.execute(f"SELECT 1 FROM missions_publishedcase WHERE id = {draft.pk}").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            signed_in.execute("CREATE TABLE anything ()")
    assert PublishedCase.objects.filter(pk=draft.pk).exists(), "the owner goes on finding it"


def unpublished_parts():
    """One of each kind of row that is not published, beside those that are; returns the draft."""
    body, source, organisation = make.body(), Source.objects.first(), make.organisation()
    for published in (True, False):
        meeting = make.meeting(body, is_published=published)
        AgendaItem.objects.create(meeting=meeting, topic_ko="안건")
        Attendance.objects.create(meeting=meeting, organisation=organisation)
        case = make.case(body, "published" if published else "draft")
        CaseActor.objects.create(case=case, organisation=organisation, what_ko="글")
        earlier = make.earlier_case(title_only=not published)
        earlier.countries_also.add("KR")
        item = make.information(body, is_published=published)
        make.public_file(item)
        for row in (meeting, case, item, earlier):
            row.sources.add(source)
    return case


def published_rows():
    """What the public pages would read of each table that also holds rows that are not published."""
    for model, parts in [
        (Meeting, [(AgendaItem, "meeting"), (Attendance, "meeting"), (Meeting.sources.through, "meeting")]),
        (PublishedCase, [(CaseActor, "case"), (PublishedCase.sources.through, "publishedcase")]),
        (LocalInformation, [(LocalInformation.sources.through, "localinformation"), (PublicFile, "information")]),
        (EarlierCase, [(getattr(EarlierCase, name).through, "earliercase") for name in ("sources", "countries_also")]),
    ]:
        yield model.objects.published()
        for part, whole in parts:
            yield part._base_manager.filter(**{f"{whole}__in": model.objects.published()})


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_owner_is_refused_as_the_public_role():
    with pytest.raises(CommandError, match="no right could be kept from it"):
        call_command("grant_public_role", role=connection.settings_dict["USER"])


@pytest.mark.django_db
def test_without_roles_the_command_says_so(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")

    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("grant_public_role")
