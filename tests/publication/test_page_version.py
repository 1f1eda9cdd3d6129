"""The page version and the public stamps move with what the public reads, however it changes, and with nothing else."""

import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from missions.migrations import _public_words
from missions.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    CaseActor,
    Company,
    Country,
    Difficulty,
    Linkage,
    Meeting,
    Membership,
    Minutes,
    Mission,
    OnlineRoom,
    Organisation,
    PageVersion,
    PublishedCase,
    ReportedResult,
    Source,
    SupportProgramme,
)
from missions.models.page_version import SPREAD
from missions.publication import page_version
from missions.publication import workflow as publishing
from missions.search import staff as staff_search
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
TRIGGERS = {
    "postgresql": """
        SELECT tgrelid::regclass::text, tgname, tgdeferrable AND tginitdeferred OR tgtype & 32 > 0 FROM pg_trigger
        WHERE tgname LIKE '%%\\_version%%' AND tgenabled = 'O'
    """,
    "sqlite": """
        SELECT tbl_name, name, 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%~_version~_%%' ESCAPE '~'
    """,
}


def settle():
    """What a commit does to the page version, within the transaction of a test."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT set_config('missions.moved_published', '', true)")
    return sum(PageVersion.objects.values_list("published", flat=True))


def moved(change, *arguments, **values):
    """Whether a change moves the version."""
    before = settle()
    change(*arguments, **values)
    after = settle()
    assert before <= after
    return before != after


def test_every_table_that_public_pages_read_has_its_triggers_and_no_other_table_has_any():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {}
        for table, name, at_commit in cursor.fetchall():
            assert at_commit, f"{name} locks the page version before the transaction ends"
            found.setdefault(table, set()).add(name)

    names = {"postgresql": ["", "_emptied"], "sqlite": ["_insert", "_update", "_delete"]}[connection.vendor]
    needed = {table: {f"{table}_version{name}" for name in names} for table in page_version.published_tables()}
    assert found == needed


def test_the_triggers_look_at_every_column_of_their_table_but_the_private_ones():
    """On SQLite they name the columns that they compare, on PostgreSQL those that they leave out."""
    asked = {
        "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE name LIKE '%%~_version~_update' ESCAPE '~'",
        "postgresql": "SELECT replace(proname, '_moved', ''), split_part(prosrc, '=', 2) FROM pg_proc "
        "WHERE proname LIKE 'missions~_%%~_moved' ESCAPE '~' ",
    }[connection.vendor]
    pattern = {"sqlite": r'old."(\w+)"', "postgresql": r"'(\w+)'"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = {table: set(re.findall(pattern, sql)) for table, sql in cursor.fetchall()}
        assert found.keys() == page_version.published_tables()
        for table, named in found.items():
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            private = set(_public_words.hidden(table.removeprefix("missions_")))
            compared = named if connection.vendor == "sqlite" else columns - (named - {"UPDATE"})
            assert compared == columns - private, table


def test_public_pages_read_no_table_but_those_that_move_the_version(site):
    published = page_version.published_tables()

    unknown = {table: address for address, page in site.all.items() for table in page.tables - published}
    assert unknown == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda: change_and_save(Source.objects.first(), quote="다른 글"),
        lambda: Organisation.objects.filter(slug="kosme").update(url="https://example.kr/"),
        lambda: Country.objects.bulk_create([Country(code="ZZ", name_ko="Z국")]),
        lambda: Membership.objects.first().delete(),
        lambda: Meeting.objects.first().sources.add(Source.objects.create(key="z", publisher="Z", title="Z")),
        lambda: Meeting.objects.exclude(sources=None).first().sources.clear(),
        lambda: Mission.objects.first().covers.set(["KR"]),
        lambda: Body.objects.exclude(discrepancies=None).first().discrepancies.clear(),
        lambda: connection.cursor().execute("DELETE FROM missions_agendaitem"),
        lambda: call_command("load_programme", refresh=True, yes=True),
    ],
    ids=["save", "update", "bulk_create", "delete", "add", "clear", "set", "from_the_other_side", "sql", "load"],
)
def test_every_kind_of_change_moves_the_version(change):
    PublishedCase.objects.update(done_ko="다르게 적은 글")

    assert moved(change)


def test_publishing_and_withdrawing_move_it():
    case = make.case(make.body(), "awaiting")
    query = PublishedCase.objects.filter(pk=case.pk)

    assert moved(query.update, state="published", approved_by=make.staff(), approved_at=make.NOON) is True
    assert moved(query.update, state="withdrawn") is True


def test_a_search_index_that_is_written_anew_moves_it():
    assert moved(call_command, "rebuild_search", verbosity=0) is True


def test_what_the_public_does_not_read_moves_nothing():
    """Private tables, rows that are not published, columns that are not shown, and saving without a change."""
    body = make.body()
    officer = make.officer(body)
    firm = make.company(body)
    meeting, unseen = make.meeting(body), make.meeting(body, is_published=False)
    told, untold = make.information(body), make.information(body, is_published=False)
    published, draft = make.case(body), make.case(body, "draft")
    record = make.difficulty(body, officer, company=firm)
    organisation, programme = make.organisation(), SupportProgramme.objects.first()
    values = {"organisation": organisation, "kind": "advice", "what": "글", "recorded_by": officer}
    linkage = {"difficulty": record, "programme": programme, "linked_on": make.DAY, "body": record.holder}
    result = ReportedResult.objects.create(key="z", as_of_on=make.DAY, scope_ko="Z")
    staff_search.keep(meeting, told, published, draft, untold, body)
    changes = {
        "firm": lambda: Company.objects.filter(pk=firm.pk).update(contact="다른 사람"),
        "minutes": lambda: Minutes.objects.create(meeting=meeting, text="글"),
        "room": lambda: OnlineRoom.objects.create(meeting=meeting, link="https://z.example/"),
        "account": make.staff,
        "difficulty": lambda: Difficulty.objects.filter(pk=record.pk).update(title="다른 제목"),
        "action": lambda: Action.objects.create(difficulty=record, **values),
        "linkage": lambda: Linkage.objects.create(**linkage),
        "meeting unpublished": lambda: change_and_save(unseen, summary_ko="다른 글"),
        "its agenda": lambda: AgendaItem.objects.create(meeting=unseen, topic_ko="안건"),
        "its attendance": lambda: Attendance.objects.create(meeting=unseen, organisation=organisation),
        "its sources": lambda: unseen.sources.add(Source.objects.first()),
        "unpublished again": lambda: make.meeting(body, is_published=False),
        "unpublished deleted": unseen.delete,
        "draft": lambda: change_and_save(draft, done_ko="다른 글"),
        "its actors": lambda: CaseActor.objects.create(case=draft, organisation=organisation, what_ko="글"),
        "sent for approval": lambda: publishing.submit(draft, by=draft.drafted_by),
        "information unpublished": lambda: change_and_save(untold, text_ko="다른 글"),
        "distributed": lambda: change_and_save(told, distributed_on=make.DAY),
        "who counted": lambda: ReportedResult.objects.filter(pk=result.pk).update(counted_at=None, counted_by=None),
        "indexed again": lambda: staff_search.keep(meeting, told, published, draft, untold, body),
        **{
            f"saved unchanged: {type(row).__name__}": row.save for row in (meeting, told, body, body.mission, published)
        },
    }
    assert [name for name, change in changes.items() if moved(change)] == []


def change_and_save(row, **values):
    """Save a row with other values."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def stamp(row):
    """The public stamp of a row as it stands in the database."""
    return type(row)._base_manager.values_list("reworded_at", flat=True).get(pk=row.pk)


@pytest.mark.parametrize("name", ["mission", "body", "organisation", "meeting", "information", "case"])
def test_a_public_stamp_moves_with_public_words_and_with_nothing_else(name):
    body = make.body()
    makers = {"mission": lambda: body.mission, "body": lambda: body, "organisation": make.organisation}
    row = makers.get(name, lambda: getattr(make, name)(body))()
    row = type(row).objects.get(pk=row.pk)
    type(row).objects.filter(pk=row.pk).update(reworded_at=make.NOON)

    row.save()
    type(row).objects.filter(pk=row.pk).update(updated_at=timezone.now())
    assert stamp(row) == make.NOON

    change_and_save(row, **{"title_ko" if hasattr(row, "title_ko") else "note_ko": "다른 글"})
    assert stamp(row) > make.NOON
    row.save()
    moment = stamp(row)
    row.sources.add(Source.objects.first())
    assert (stamp(row) > moment) == (name != "case")  # which prints the sources that it keeps


def test_the_stamp_of_a_meeting_moves_with_its_parts_and_not_with_its_minutes():
    meeting = make.meeting(make.body())
    query = Meeting.objects.filter(pk=meeting.pk)
    item = AgendaItem.objects.create(meeting=meeting, topic_ko="안건")
    for change, moves in [
        (lambda: change_and_save(item, topic_ko="다른 안건"), True),
        (item.save, False),
        (item.delete, True),
        (lambda: Minutes.objects.create(meeting=meeting, text="글"), False),
        (lambda: query.update(is_published=False), True),
        (lambda: query.update(summary_ko="아직 비공개인 글"), False),
    ]:
        query.update(reworded_at=make.NOON)
        change()
        assert (stamp(meeting) > make.NOON) is moves


def test_a_change_that_is_rolled_back_leaves_the_version_and_the_next_one_moves_it():
    def fail():
        with transaction.atomic():
            Source.objects.update(quote="다른 글")
            settle()
            transaction.set_rollback(True)

    assert moved(fail) is False
    assert moved(Source.objects.update, quote="다른 글") is True


def test_a_change_holds_no_lock_on_the_version_before_its_transaction_ends():
    settle()
    Source.objects.update(quote="다른 글")
    with connection.cursor() as cursor:
        locks = {
            "postgresql": (
                "SELECT 1 FROM pg_locks WHERE relation = 'missions_pageversion'::regclass AND mode LIKE '%%Row%%'"
            ),
            "sqlite": "SELECT 1 WHERE 0",
        }[connection.vendor]
        cursor.execute(locks)
        before = cursor.fetchall()

    assert before == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_wait_for_nobody_and_each_makes_another_version():
    one, other = two_with_rows_of_their_own()
    versions = [page_version.current()]
    try:
        one.execute("UPDATE missions_source SET quote = '글' WHERE id = (SELECT min(id) FROM missions_source)")
        one.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as far as a commit that waits for the disk
        other.execute("SET LOCAL lock_timeout = '5s'")
        other.execute("UPDATE missions_source SET quote = '글' WHERE id = (SELECT max(id) FROM missions_source)")
        other.commit()
        versions.append(page_version.current())
        one.commit()
        versions.append(page_version.current())
    finally:
        one.close()
        other.close()

    assert len(set(versions)) == 3


def two_with_rows_of_their_own():
    """Two connections that move different rows of the version."""
    made = [connection.get_new_connection(connection.get_connection_params()) for _ in range(3)]
    slots = [found.info.backend_pid % SPREAD for found in made]
    second = next(number for number in (1, 2) if slots[number] != slots[0])
    made[3 - second].close()
    return made[0], made[second]


def test_the_version_tells_which_of_two_changes_was_made():
    texts = set()
    for changed in (1, 2):
        PageVersion.objects.all().delete()
        PageVersion.objects.bulk_create(PageVersion(id=number, published=5 + (number == changed)) for number in (1, 2))
        texts.add(page_version.numbers(connection))

    assert len(texts) == 2


def test_the_version_grows_also_where_the_clock_was_put_back():
    Source.objects.update(quote="글")
    settle()
    PageVersion.objects.update(published=9_000_000_000_000_000)

    assert moved(Source.objects.update, quote="다른 글") is True


def test_inside_a_transaction_the_version_cannot_tell():
    assert page_version.current() is None
