"""The page version of the public pages moves with whatever they show, however it is changed."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from missions.models import (
    Action,
    Body,
    Company,
    Country,
    Difficulty,
    Linkage,
    Meeting,
    Membership,
    Minutes,
    Mission,
    Organisation,
    PageVersion,
    PublishedCase,
    Source,
    SupportProgramme,
)
from missions.publication import page_version
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
            for name in ("published", "counted"):
                cursor.execute(f"SELECT set_config('missions.moved_{name}', '', true)")
    return PageVersion.objects.values_list("published", "counted").first() or (0, 0)


def moved(change, *arguments, **values):
    """Which numbers a change moves."""
    before = settle()
    change(*arguments, **values)
    after = settle()
    assert all(old <= new for old, new in zip(before, after, strict=True))
    return [name for name, old, new in zip(["published", "counted"], before, after, strict=True) if old != new]


def test_every_table_that_public_pages_read_or_count_has_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {}
        for table, name, at_commit in cursor.fetchall():
            assert at_commit, f"{name} locks the page version before the transaction ends"
            found.setdefault(table, set()).add(name)

    names = {"postgresql": ["", "_emptied"], "sqlite": ["_insert", "_update", "_delete"]}[connection.vendor]
    needed = {
        table: {f"{table}_version{name}" for name in names}
        for table in page_version.published_tables() | page_version.counted_tables()
    }
    assert found == needed


def test_public_pages_read_only_tables_that_move_the_version(site):
    """Pages that count private records say so, or they would go on showing an old count."""
    published, counted = page_version.published_tables(), page_version.counted_tables()

    unknown = {
        table: address
        for address, page in site.all.items()
        for table in page.tables - published - (counted if "counted" in page.follows else set())
    }
    assert unknown == {} and any(page.tables & counted for page in site.all.values())


@pytest.mark.parametrize(
    "change",
    [
        lambda: Source.objects.first().save(),
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

    assert moved(change) == ["published"]


def test_publishing_and_withdrawing_move_it():
    case = make.case(make.body(), "awaiting")
    query = PublishedCase.objects.filter(pk=case.pk)

    assert moved(query.update, state="published", approved_by=make.staff(), approved_at=make.NOON) == ["published"]
    assert moved(query.update, state="withdrawn") == ["published"]


def test_a_search_index_that_is_written_anew_moves_it():
    assert moved(call_command, "rebuild_search", verbosity=0) == ["published"]


def test_private_records_move_only_what_counts_them():
    body = make.body()
    officer = make.officer(body)
    firm = make.company(body)
    meeting = make.meeting(body)
    record = make.difficulty(body, officer, company=firm)
    values = {"organisation": make.organisation(), "kind": "advice", "what": "글", "recorded_by": officer}

    assert moved(Company.objects.filter(pk=firm.pk).update, contact="다른 사람") == []
    assert moved(Minutes.objects.create, meeting=meeting, text="글") == []
    assert moved(make.staff) == []
    assert moved(Difficulty.objects.filter(pk=record.pk).update, title="다른 제목") == ["counted"]
    assert moved(Action.objects.create, difficulty=record, **values) == ["counted"]
    linkage = {"difficulty": record, "programme": SupportProgramme.objects.first(), "linked_on": make.DAY}
    assert moved(Linkage.objects.create, **linkage) == ["counted"]


def test_a_change_that_is_rolled_back_leaves_the_version_and_the_next_one_moves_it():
    def fail():
        with transaction.atomic():
            Source.objects.update(quote="다른 글")
            settle()
            transaction.set_rollback(True)

    assert moved(fail) == []
    assert moved(Source.objects.update, quote="다른 글") == ["published"]


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


def test_the_version_grows_also_where_the_clock_was_put_back():
    PageVersion.objects.update_or_create(id=1, defaults={"published": 9_000_000_000_000_000})

    assert moved(Source.objects.update, quote="다른 글") == ["published"]


def test_inside_a_transaction_the_version_cannot_tell():
    assert page_version.current() is None
