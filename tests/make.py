"""Rows for tests, each with the least it needs. Codes and names begin with Z: the programme's own do not."""

import datetime
import itertools

from django.contrib.auth.models import Group
from django.utils import timezone

from missions import models
from missions.difficulties import closing, workflow
from missions.fields.dates import today_in
from missions.publication import firm_keys, privacy
from missions.publication import information as relaying
from missions.publication import workflow as publishing
from missions.statistics import months

numbers = itertools.count(1)
DAY = datetime.date(2026, 3, 2)
NOON = datetime.datetime(2026, 3, 2, 3, tzinfo=datetime.UTC)


def code():
    """A body's code that no other row has."""
    number = next(numbers)
    return "Z" + chr(65 + number // 26 % 26) + chr(65 + number % 26)


def mission(**values):
    """A mission in Vietnam."""
    number = next(numbers)
    defaults = {
        "slug": f"z-{number}",
        "name_ko": f"Z공관 {number}",
        "name_en": f"Z mission {number}",
        "kind": models.MissionKind.EMBASSY,
        "country_id": "VN",
        "city_ko": "도시",
        "city_en": "City",
        "latitude": 10,
        "longitude": 20,
        "time_zone": "Asia/Ho_Chi_Minh",
    }
    return models.Mission.objects.create(**defaults | values)


def free_day(**values):
    """A day on which offices in Vietnam are closed."""
    return models.PublicHoliday.objects.create(**{"country_id": "VN", "on": DAY, "name_ko": "Z휴일"} | values)


def body(**values):
    """An overseas body that runs, with a mission of its own."""
    number = next(numbers)
    defaults = {"code": code(), "name_ko": f"Z협의체 {number}", "name_en": f"Z body {number}", "state": "launched"}
    if "mission" not in values:
        defaults["mission"] = mission()
    return models.Body.objects.create(**defaults | values)


def staff(role=None, posted_to=None, **values):
    """A member of staff with a role, posted to a body since long ago."""
    user = models.User.objects.create(username=f"z{next(numbers)}", is_staff=True, **values)
    if role:
        user.groups.add(Group.objects.get(name=role))
    if posted_to:
        models.Posting.objects.create(user=user, body=posted_to, since_on=DAY)
    return user


def officer(posted_to):
    """A mission officer."""
    return staff("mission_officer", posted_to)


def organisation(**values):
    """An organisation known by name."""
    number = next(numbers)
    defaults = {"slug": f"z-{number}", "name_ko": f"Z기관 {number}", "name_en": f"Z organisation {number}"}
    return models.Organisation.objects.create(**defaults | values)


def meeting(body=None, **values):
    """A published meeting that was held."""
    defaults = {"status": "held", "held_on": DAY, "held_precision": "day", "is_published": True}
    return models.Meeting.objects.create(**{"body": body} | defaults | values)


def company(body, **values):
    """A firm registered by a body."""
    firm = models.Company.objects.create(**{"body": body, "name_ko": f"Z기업 {next(numbers)}"} | values)
    firm_keys.keep(firm)
    return firm


def firm_of(user, **values):
    """A firm that a body of this person registered."""
    return company(models.Body.objects.staffed_by(user).first() or body(), **values)


def difficulty(body, by=None, **values):
    """A difficulty, filed through a body by one of its staff."""
    defaults = {
        "title": f"Z애로 {next(numbers)}",
        "reported_on": datetime.date(2024, 5, 2),
        "account": "통관이 늦어집니다.",
        "country_id": "VN",
        "type_id": "customs",
        "company": values.pop("company", None) or company(body),
        "filed_through": body,
    }
    return workflow.file_difficulty(models.Difficulty(**defaults | values), by=by or officer(body))


def action(record, by, **values):
    """Something that an organisation did about a difficulty, written past the step."""
    defaults = {"kind": models.ActionKind.ADVICE, "done_on": DAY, "what": "자문"}
    given = {"difficulty": record, "recorded_by": by} | defaults | values
    return models.Action.objects.create(**{"organisation": values.get("organisation") or organisation()} | given)


def attachment(**values):
    """A file of a record, written past the checks of its content."""
    number = next(numbers)
    defaults = {"name": f"z-{number}.pdf", "kind": "pdf", "size": 2048, "sha256": f"{number:064}", "added_at": NOON}
    return models.Attachment.objects.create(**defaults | {"stored_as": f"z/{number}"} | values)


def linkage(record, **values):
    """The firm of a difficulty linked to a support programme."""
    programme = models.SupportProgramme.objects.first() or models.SupportProgramme.objects.create(
        key="z", name_ko="Z사업"
    )
    defaults = {"difficulty": record, "programme": programme, "linked_on": DAY, "body": record.holder}
    return models.Linkage.objects.create(**defaults | values)


def closed(outcome="advice", **values):
    """The columns of a closed difficulty, for a row that is moved past the workflow, as only a test may."""
    return {"stage": "closed", "outcome": outcome, "due_on": None, "counted_from": None} | values


def solved(**values):
    """A closed difficulty of a firm of which much is known, and somebody of its body."""
    held_by = body()
    by = officer(held_by)
    firm = company(
        held_by,
        name_ko="㈜바다식품",
        name_en="Bada Foods Co., Ltd.",
        contact="김해양",
        telephone="02-1234-5678",
        email="sea@bada.example",
        registration_number="1234567891",
    )
    defaults = {"company": firm, "sector_id": "C", "account": "㈜바다식품의 컨테이너"}
    record = difficulty(held_by, by, **defaults | values)
    return closing.close(record, by=by, outcome="advice", solution="안내했습니다."), by


def case(body, state="published", **values):
    """A public text in a state, approved by another than its author where it was published."""
    number = next(numbers)
    defaults = {
        "reference": f"z-{number}",
        "body": body,
        "country_id": "VN",
        "type_id": "customs",
        "title_ko": f"Z사례 {number}",
        "title_en": f"Z case {number}",
        "happened_ko": "통관이 늦어졌습니다.",
        "done_ko": "세관과 협의했습니다.",
    }
    text = models.PublishedCase.objects.create(**{"drafted_by": officer(body)} | defaults | values)
    if state != "draft":
        text = publishing.submit(text, by=text.drafted_by)
    if state in ("published", "withdrawn"):
        text = publishing.approve(text, by=staff("approver"), checked=privacy.fingerprint(privacy.findings(text)))
    if state == "withdrawn":
        text = publishing.withdraw(text, by=staff("approver"), remark="바로잡을 내용이 있습니다.")
    return text


def earlier_case(**values):
    """A difficulty that others solved in Vietnam, as a source tells."""
    number = next(numbers)
    defaults = {"key": f"z-{number}", "country_id": "VN", "type_id": "customs", "happened_ko": f"Z선행 사례 {number}"}
    return models.EarlierCase.objects.create(**defaults | values)


def information(body, **values):
    """A published item of local information."""
    number = next(numbers)
    defaults = {
        "title_ko": f"Z정보 {number}",
        "title_en": f"Z information {number}",
        "text_ko": "내용",
        "country_id": "VN",
        "topic_id": "customs",
        "issued_on": DAY,
        "is_published": True,
    }
    return models.LocalInformation.objects.create(**{"body": body} | defaults | values)


def public_file(item, **values):
    """A file that the public gets with an item, without content."""
    defaults = {"name": "서식.pdf", "kind": models.FileKind.PDF, "size": 1, "stored_as": f"z/{next(numbers)}"}
    return models.PublicFile.objects.create(**{"information": item} | defaults | values)


def home():
    """The domestic body of the programme."""
    return models.Body.objects.get(scope="domestic")


def secretary():
    """Somebody of the domestic secretariat."""
    return staff("domestic_secretariat", home())


def relayed(body, state="draft", *, urgent="", **values):
    """An item of local information that an officer began, moved to a state by the verbs."""
    item = information(body, **{"is_published": False, "drafted_by": officer(body)} | values)
    if state != "draft":
        item = relaying.send(item, by=item.drafted_by, urgent=urgent)
    return relaying.publish(item, by=secretary()) if state == "published" else item


def recipient(**values):
    """A recipient of local information, interested in everything."""
    number = next(numbers)
    return models.Recipient.objects.create(**{"name": f"Z협회 {number}", "email": f"z{number}@z.example"} | values)


def month_passes():
    """Close the present month as if it had ended; after that the next one, and so on."""
    this = timezone.localdate().replace(day=1)
    last = models.ClosedMonth.objects.first()
    month = this if last is None or last.month < this else last.month + datetime.timedelta(days=31)
    after = (month.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    months.close(timezone.make_aware(datetime.datetime.combine(after, datetime.time.min)))


def today():
    """The day it is where ``body`` works."""
    return today_in("Asia/Ho_Chi_Minh")


def tomorrow():
    """The day after today in Korea."""
    return timezone.localdate() + datetime.timedelta(days=1)
