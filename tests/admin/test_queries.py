"""The page of a record asks nothing again for each of its parts, and nothing that it was told a moment ago."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.models import (
    ActionItem,
    Agreement,
    Attendance,
    CaseActor,
    Discussion,
    Linkage,
    Membership,
    Ministry,
    Party,
    Posting,
    SupportProgramme,
)
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


def scheme():
    number = SupportProgramme.objects.count()
    return SupportProgramme.objects.create(key=f"z-{number}", name_ko=f"Z사업 {number}")


def staff_elsewhere():
    return make.officer(make.body())


PARTS = {  # of each kind of record: what a part of it is, with all that the part names
    "body": [
        lambda row: Membership.objects.create(body=row, organisation=make.organisation()),
        lambda row: Posting.objects.create(body=row, user=staff_elsewhere(), since_on=make.DAY),
    ],
    "meeting": [
        lambda row: Attendance.objects.create(meeting=row, organisation=make.organisation()),
        lambda row: Discussion.objects.create(meeting=row, difficulty=make.difficulty(row.body)),
        lambda row: ActionItem.objects.create(
            meeting=row,
            what="확인",
            organisation=make.organisation(),
            owner=staff_elsewhere(),
            difficulty=make.difficulty(row.body),
        ),
    ],
    "difficulty": [
        lambda row: make.action(row, row.filed_by),
        lambda row: Linkage.objects.create(
            difficulty=row, programme=scheme(), organisation=make.organisation(), linked_on=make.DAY, body=row.holder
        ),
        lambda row: make.attachment(difficulty=row, added_by=staff_elsewhere()),
    ],
    "agreement": [
        lambda row: Party.objects.create(agreement=row, organisation=make.organisation()),
        lambda row: Party.objects.create(agreement=row, ministry=Ministry.objects.first()),
    ],
    "publishedcase": [lambda row: CaseActor.objects.create(case=row, organisation=make.organisation(), what_ko="도움")],
    "user": [lambda row: Posting.objects.create(body=make.body(), user=row, since_on=make.DAY)],
}
ROWS = {
    "body": make.body,
    "meeting": lambda: make.meeting(make.body()),
    "difficulty": lambda: make.difficulty(make.body()),
    "agreement": lambda: Agreement.objects.first(),
    "publishedcase": lambda: make.case(make.body(), "draft"),
    "user": lambda: make.officer(make.body()),
}


def questions(client, address):
    """The queries of a page, as they were asked."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("kind", PARTS)
def test_a_record_and_its_history_cost_the_same_however_many_parts_it_has(kind):
    client, row = forms.signed_in(make.staff("ministry", is_superuser=True)), ROWS[kind]()
    costs = []
    for rounds in (1, 4):
        for _ in range(rounds):
            for add in PARTS[kind]:
                add(row)
        pages = [forms.address(row), forms.address(row, "history")]
        for page in pages:
            client.get(page)
        costs.append([len(questions(client, page)) for page in pages])

    assert costs[0] == costs[1]


def test_nothing_is_asked_twice_for_the_page_of_a_difficulty():
    body = make.body()
    officer = make.officer(body)
    record = make.difficulty(body, officer)
    for _ in range(2):
        make.attachment(difficulty=record, added_by=officer)
    asked = questions(forms.signed_in(officer), forms.address(record))

    repeated = {sql for sql in asked if asked.count(sql) > 1 and "LIMIT 21" not in sql}
    assert repeated == set()  # but for a person or a body whom it names in two of its fields


def test_each_follow_up_keeps_whoever_is_responsible_also_where_the_reader_does_not_see_them():
    body = make.body()
    meeting, others = make.meeting(body), [staff_elsewhere() for _ in range(3)]
    items = [ActionItem.objects.create(meeting=meeting, what="확인", owner=other) for other in others]
    client = forms.signed_in(make.officer(body))

    assert forms.change(client, forms.address(meeting), summary_ko="다른 글").status_code == 302
    assert [ActionItem.objects.get(pk=item.pk).owner for item in items] == others
