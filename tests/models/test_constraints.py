"""Rules that the database itself keeps, whatever code writes. Each row below must be refused."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from missions.difficulties import progress, workflow
from missions.models import (
    AccessReview,
    ActionItem,
    Attachment,
    ClosedMonth,
    DeliveryChoice,
    Distribution,
    District,
    ExportFile,
    Mail,
    Membership,
    Notice,
    PageVersion,
    Party,
    PeriodReport,
    Posting,
    PublicHoliday,
    Relay,
    ReportedResult,
    StatusCode,
    SupportProgramme,
)
from tests import make

DAY = make.DAY
BEFORE = DAY - datetime.timedelta(days=1)


def change(row, **values):
    """Write past forms, models and workflow, as a careless command would."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def free_day(**values):
    return PublicHoliday.objects.create(on=DAY, name_ko="휴일", **values)


def code(record, report=None):
    """A further code for a report that has one in use."""
    by = {"issued_at": timezone.now(), "issued_by": record.filed_by}
    return StatusCode.objects.create(difficulty=record, report=report, seed="z", digest="z", **by)


def attachment(record=None, **values):
    """A file of a difficulty."""
    record = record or make.difficulty(make.body())
    kept = {"difficulty": record, "name": "z.pdf", "kind": "pdf", "size": 1, "sha256": "z", "stored_as": "z"}
    kept |= {"added_at": timezone.now(), "added_by": record.filed_by}
    return Attachment.objects.create(**kept | values)


def twice(holder, record):
    """The same file twice with one record."""
    other = make.difficulty(make.body())
    for stored in ("a", "b"):
        attachment(other, **{"difficulty": None, holder: record, "stored_as": stored})


def export_file(person, **values):
    """A list of three difficulties on its way to a file."""
    asked = {"kind": "difficulty", "format": "csv", "language": "ko", "columns": ["title"], "keys": [1, 2, 3]}
    return ExportFile.objects.create(by=person, fingerprint="f" * 64, is_cut=False, **asked, **values)


def notice(reader, **values):
    """What somebody is told of a difficulty."""
    told = {"kind": "late", "step": "due", "because": "owner", "event": "z", "model": "difficulty", "record": 1}
    return Notice.objects.create(reader=reader, delivery="desk", **told | values)


def further_report():
    """A difficulty, and the report of a further firm that has it."""
    record = make.difficulty(make.body())
    record = progress.again(record, by=record.filed_by, company=make.company(record.holder), note="같은 일")
    return record, record.further_reports.get()


def other(user):
    return make.staff() if user else None


REFUSED = {
    "body_overseas_has_a_mission": lambda: change(make.body(), mission=None),
    "body_overseas_has_a_mission (domestic)": lambda: change(make.body(), scope="domestic"),
    "body_one_domestic": lambda: make.body(scope="domestic", mission=None),
    "one body a mission": lambda: make.body(mission=make.body().mission),
    "body code once": lambda: make.body(code="LAX"),
    "body_launched_date_with_precision": lambda: change(make.body(), launched_on=DAY),
    "body_launched_date_with_precision (no date)": lambda: change(make.body(), launched_precision="by"),
    "meeting_held_date_with_precision": lambda: change(make.meeting(), held_precision="unknown"),
    "meeting_held_date_with_precision (nonsense)": lambda: change(make.meeting(), held_precision="about"),
    "membership_one_open_seat": lambda: [seat(body) for body in [make.body()] for _ in range(2)],
    "membership_until_not_before_since": lambda: seat(make.body(), since_on=DAY, until_on=BEFORE),
    "posting_one_open": lambda: [post(user, body) for user, body in [(make.staff(), make.body())] for _ in range(2)],
    "posting_until_not_before_since": lambda: post(make.staff(), make.body(), until_on=BEFORE),
    "meeting_number_once_a_body": lambda: [make.meeting(body, number=3) for body in [make.body()] for _ in range(2)],
    "meeting_number_once_a_kind": lambda: [make.meeting(kind="strategy_meeting", number=9) for _ in range(2)],
    "meeting_ends_after_start": lambda: change(make.meeting(), ends_at=timezone.now()),
    "company_registration_number_once": lambda: [
        make.company(body, registration_number="1234567891") for body in [make.body(), make.body()]
    ],
    "holiday_once_an_office": lambda: [free_day(body=body) for body in [make.body()] for _ in range(2)],
    "holiday_of_a_country_or_an_office (neither)": lambda: free_day(),
    "holiday_of_a_country_or_an_office (both)": lambda: free_day(body=make.body(), country_id="VN"),
    "holiday_kind_known": lambda: free_day(country_id="VN", kind="half"),
    "accessreview_first_of_month": lambda: AccessReview.objects.create(month="2026-03-02", by=make.staff()),
    "difficulty_reference once": lambda: [
        change(make.difficulty(body), reference="Z-26-AAA") for body in [make.body()] for _ in range(2)
    ],
    "difficulty_outcome_when_closed (open)": lambda: change(make.difficulty(make.body()), outcome="advice"),
    "difficulty_day_while_open (open)": lambda: change(make.difficulty(make.body()), due_on=None),
    "difficulty_day_while_open (closed)": lambda: change(make.solved()[0], due_on=DAY),
    "difficulty_outcome_when_closed (closed)": lambda: change(make.difficulty(make.body()), **make.closed(outcome="")),
    "difficulty_stage_known": lambda: change(make.difficulty(make.body()), stage="lost"),
    "difficulty_referred_to_someone": lambda: change(make.difficulty(make.body()), **make.closed("referred")),
    "difficulty_duplicate_of_another": lambda: change(make.difficulty(make.body()), **make.closed("duplicate")),
    "difficulty_duplicate_of_itself": lambda: change(make.difficulty(make.body()), duplicate_of=models.F("pk")),
    "difficulty_urgent_with_reason": lambda: change(make.difficulty(make.body()), is_urgent=True),
    "difficulty_value_with_currency": lambda: change(make.difficulty(make.body()), value_amount=5),
    "difficulty_value_with_currency (no amount)": lambda: change(make.difficulty(make.body()), value_currency="USD"),
    "case_approved_by_another": lambda: change(
        make.case(make.body()), approved_by=models.F("drafted_by"), approved_at=timezone.now()
    ),
    "case_approved_at_with_by": lambda: change(make.case(make.body(), "draft"), approved_at=timezone.now()),
    "case_published_with_approver": lambda: change(make.case(make.body(), "draft"), state="published"),
    "case_published_with_korean_text": lambda: change(make.case(make.body()), done_ko=""),
    "case_one_published_version": lambda: copy_of(make.case(make.body()), version=2),
    "case_version_once": lambda: copy_of(make.case(make.body(), "withdrawn")),
    "case_one_open_draft": lambda: copy_of(make.case(make.body(), "draft"), version=2),
    "information_valid_after_issue": lambda: make.information(make.body(), valid_until=BEFORE),
    "information_published_by_another": lambda: change(
        make.relayed(make.body(), "published"), published_by=models.F("drafted_by")
    ),
    "information_published_at_with_by": lambda: change(make.information(make.body()), published_at=timezone.now()),
    "recipient_with_organisation_or_name": lambda: make.recipient(name=""),
    "recipient_email_once": lambda: [make.recipient(email=email) for email in ("z@z.example", "Z@z.example")],
    "distribution_once": lambda: [
        Distribution.objects.create(item=item, recipient=recipient, at=timezone.now(), by=item.drafted_by)
        for item, recipient in [(make.relayed(make.body()), make.recipient())] * 2
    ],
    "party_is_a_ministry_or_an_organisation": lambda: change(Party.objects.first(), organisation=make.organisation()),
    "relay_to_another_body": lambda: change(leg(), receiver=models.F("sender")),
    "relay_one_open_hand_over": lambda: change(leg("help", beside=leg()), kind="hand_over", answer_by=make.DAY),
    "relay_acknowledged_at_with_by": lambda: change(leg(), acknowledged_at=timezone.now()),
    "relay_ended_at_with_by_and_ending": lambda: change(leg(), ended_at=timezone.now(), ending="recalled"),
    "relay_answer_day_unless_for_information": lambda: change(leg(), answer_by=None),
    "status_code_one_in_use": lambda: code(make.difficulty(make.body())),
    "status_code_one_in_use_of_a_report": lambda: code(*further_report()),
    "status_code_ended_at_with_by": lambda: change(make.difficulty(make.body()).codes.get(), ended_at=timezone.now()),
    "difficulty_one_case_each": lambda: [
        change(make.difficulty(body), case_reference="z-1") for body in [make.body()] for _ in range(2)
    ],
    "action_withdrawn_at_with_by_and_reason": lambda: change(make.action(*make.solved()), withdrawn_at=timezone.now()),
    "linkage_withdrawn_at_with_by_and_reason": lambda: change(make.linkage(make.solved()[0]), withdrawn_because="오기"),
    "linkage_once": lambda: [make.linkage(record) for record in [make.solved()[0]] for _ in range(2)],
    "linkage_of_a_difficulty_or_a_firm": lambda: change(make.linkage(make.solved()[0]), difficulty=None),
    "action_is_no_linkage": lambda: change(make.action(*make.solved()), kind="linkage"),
    "programme_closes_after_it_opens": lambda: change(
        SupportProgramme.objects.first(), opens_on=make.tomorrow(), closes_on=make.DAY
    ),
    "report_reason_for_further_editions": lambda: PeriodReport.objects.create(
        year=2026, edition=2, issued_at=make.NOON, issued_by=make.staff("ministry"), figures={}, pages={}
    ),
    "actionitem_decision_with_owner_and_day": lambda: ActionItem.objects.create(
        meeting=make.meeting(), what="정함", kind="decision", organisation=make.organisation()
    ),
    "actionitem_decision_with_owner_and_day (nobody)": lambda: ActionItem.objects.create(
        meeting=make.meeting(), what="정함", kind="decision", due_on=DAY
    ),
    "result_counted_at_with_by": lambda: change(ReportedResult.objects.first(), counted_at=timezone.now()),
    "closed_month_by_its_first_day": lambda: ClosedMonth.objects.create(month="2026-03-02", figures={}),
    "page_version_few_rows": lambda: PageVersion.objects.create(pk=17),
    "district_once_a_mission": lambda: [
        District.objects.create(mission=mission, code="VN-SG", name_ko="호찌민시")
        for mission in [make.mission()]
        for _ in range(2)
    ],
    "attachment_of_one_record (none)": lambda: attachment(difficulty=None),
    "attachment_of_one_record (two)": lambda: attachment(meeting=make.meeting()),
    "attachment_removed_at_with_reason_and_without_content": lambda: attachment(stored_as=""),
    "attachment_scanned_at_with_result": lambda: attachment(scan="clean"),
    "attachment_once_a_difficulty": lambda: twice("difficulty", make.difficulty(make.body())),
    "attachment_once_a_meeting": lambda: twice("meeting", make.meeting()),
    "attachment_once_a_information": lambda: twice("information", make.information(make.body())),
    "exportfile_made_once_at_a_time": lambda: [export_file(reader) for reader in [make.staff()] * 2],
    "exportfile_stored_when_made": lambda: export_file(make.staff(), state="made"),
    "notice_once_a_person_and_event": lambda: [notice(reader) for reader in [make.staff()] * 2],
    "notice_not_of_own_acts": lambda: [notice(reader, by=reader) for reader in [make.staff()]],
    "delivery_chosen_once_a_kind": lambda: [
        DeliveryChoice.objects.create(user=user, kind="late", delivery="desk") for user in [make.staff()] * 2
    ],
    "mail_one_digest_a_day": lambda: [
        Mail.objects.create(reader=reader, digest_on=DAY) for reader in [make.staff()] * 2
    ],
    "mail_sent_at_when_sent": lambda: Mail.objects.create(reader=make.staff(), state="sent"),
    "mission_coordinates_on_earth": lambda: make.mission(latitude=91),
    "mission_coordinates_on_earth (half a pair)": lambda: make.mission(latitude=None),
}


def seat(body, **values):
    organisation = (
        make.organisation(slug="z-seat") if not body.memberships.exists() else body.memberships.first().organisation
    )
    return Membership.objects.create(body=body, organisation=organisation, **values)


def leg(kind="hand_over", beside=None):
    """An open relay, of another's difficulty where there is one to stand beside."""
    home = beside.difficulty.holder if beside else make.body()
    officer = make.officer(home)
    record = beside.difficulty if beside else workflow.review(make.difficulty(home, officer), by=officer)
    values = {"sent_by": officer, "sent_at": timezone.now(), "acknowledge_by": DAY, "answer_by": DAY, "asked": "부탁"}
    return Relay.objects.create(difficulty=record, sender=home, receiver=make.body(), kind=kind, **values)


def post(user, body, **values):
    return Posting.objects.create(user=user, body=body, **{"since_on": DAY} | values)


def copy_of(case, **values):
    case.pk, case._state.adding = None, True
    for name, value in values.items():
        setattr(case, name, value)
    case.save()


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(db, write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_a_seat_may_be_held_again_after_it_ended(db):
    body = make.body()
    seat(body, since_on=DAY, until_on=DAY)

    assert seat(body, since_on=make.tomorrow()).pk


def test_firms_without_a_registration_number_are_many(db):
    make.company(make.body())

    assert make.company(make.body()).registration_number == ""


def test_every_named_rule_is_tried():
    tried = " ".join(REFUSED)
    shapes = ("_date_with_precision", "_once", "commitment_", "bodystep", "source_", "agreement_")
    kept = {rule.name for model in apps.get_app_config("missions").get_models() for rule in model._meta.constraints}
    assert {name for name in kept if name not in tried and not name.endswith(shapes)} <= {
        "meeting_number_once_a_kind_between_ministries",
        "case_published_with_korean_text_and_approver",
    }
