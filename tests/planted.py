"""One difficulty on its way through five bodies, with a marked word in every private text, and people around it."""

from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField

from missions.difficulties import progress, relays, workflow
from missions.documents.parts import Document, Part
from missions.files import attaching
from missions.models import Action, ActionItem, Discussion, HandoverNote, Membership, Minutes, OnlineRoom, PeriodReport
from missions.publication import firm_keys
from missions.roles import ROLES
from missions.search import staff as staff_search
from tests import forms, make
from tests.files import samples

# The marks have a stop, so that no token of random letters has one by chance.
RAVEN = "z.raven"  # in the difficulty and its firm: for those who have sight of the difficulty
OWL = "z.owl"  # in what the holder keeps for itself, and those who oversee all bodies
MAGPIE = "z.magpie"  # whom to contact at the firm: nobody reads it before they ask for it
CONTACT = {"contact": MAGPIE, "telephone": f"{MAGPIE} 02-7", "email": f"{MAGPIE}@firm.example"}


def mark(row, word):
    """Write a marked word into every text of a row that somebody types, so that its history has it too."""
    for field in row._meta.fields:
        free = type(field) in (CharField, TextField) and field.editable and not field.choices and not field.unique
        if free and (field.max_length or 99) > 20 and field.name not in CONTACT:
            setattr(row, field.name, f"{word} {row._meta.model_name} {field.name}"[: field.max_length])
    row.save()
    staff_search.keep(row)
    return row


def plant():
    """The scene: ``rows`` and ``files`` by the name of a model, ``leg`` by which help is asked, ``key``: a passkey.

    ``people`` has who looks at it: each role posted to the holder and to another body, those who once had to do with
    the difficulty or help with it, a superuser, somebody without a role, and somebody whose account was closed.
    """
    here, away, filing, former, helping = (make.body() for _ in range(5))
    people = {
        f"{role} {place}": make.staff(role, body) for role in ROLES for place, body in (("here", here), ("away", away))
    }
    people |= {
        "helper": make.officer(helping),
        "filer": make.officer(filing),
        "former holder": make.officer(former),
        "superuser": make.staff(is_superuser=True),
        "without a role": make.staff(posted_to=here),
        "closed account": make.staff("mission_officer", here),
    }
    officer = make.officer(here)
    officer.email = f"{OWL}@staff.example"
    officer.save()
    firm = make.company(here, registration_number="1234567891", **CONTACT)
    mark(firm, RAVEN)
    firm_keys.keep(firm)
    record = _travelled(firm, people, former, officer, helping)
    meeting = mark(make.meeting(here, is_published=False), OWL)
    Discussion.objects.create(meeting=meeting, difficulty=record)
    for part in (Minutes(meeting=meeting), OnlineRoom(meeting=meeting, link=f"https://{OWL}.example/")):
        mark(part, OWL)
    note = {"user": officer, "written_by": officer, "written_at": make.NOON, "until_on": make.DAY}
    own = [
        *(here, here.mission, firm, record, meeting, officer, officer.postings.get()),
        mark(ActionItem(meeting=meeting, difficulty=record), OWL),
        mark(HandoverNote(body=here, **note), OWL),
        mark(make.information(here, is_published=False), OWL),
        mark(make.case(here, "draft"), OWL),
        Membership.objects.create(body=here, organisation=make.organisation()),
        record.linkages.get(),
        _report(here, officer),
    ]
    files = {each._meta.model_name: attach(each, officer, word) for each, word in _with_files(own)}
    passkey = Authenticator.objects.create(user=officer, type="webauthn", data={"name": OWL})
    return SimpleNamespace(
        people=people,
        rows={row._meta.model_name: row for row in own},
        leg=record.relays.open().get(),
        key=passkey,
        files=files,
    )


def _with_files(rows):
    """The records that have files, each with the mark of who may read them."""
    words = {"difficulty": RAVEN, "meeting": OWL, "localinformation": OWL}
    return [(row, words[row._meta.model_name]) for row in rows if row._meta.model_name in words]


def attach(record, by, word):
    """A file whose name, words and content are marked."""
    content = samples.pdf(f"({word} content)")
    file = SimpleUploadedFile(f"{word}.pdf", content)
    return attaching.attach(record, file, by=by, name=file.name, note=f"{word} of the file")


def _report(body, officer):
    """An issued report of a body, in words that only those who see the body read."""
    kept = Document(f"{OWL} report", [f"{OWL} about"], [Part(f"{OWL} part", texts=[f"{RAVEN} told"])]).kept()
    issued = {"issued_at": make.NOON, "issued_by": officer, "figures": {}, "pages": {"ko": kept, "en": kept}}
    return PeriodReport.objects.create(body=body, year=2026, part="q1", **issued)


def _travelled(firm, people, former, officer, helping):
    """A difficulty that two bodies handed over, the second to the body of the firm, which asks a fourth for help."""
    filer, holder = people["filer"], people["former holder"]
    record = workflow.review(make.difficulty(filer.postings.get().body, filer, company=firm), by=filer)
    hands = [(filer, former, holder), (holder, firm.body, officer)]
    for sender, body, receiver in hands:
        leg = relays.relay(record, by=sender, to=body, kind="hand_over", asked=f"{RAVEN} asked")
        relays.take_over(leg, by=receiver)
        record.refresh_from_db()
    record = workflow.accept(record, by=officer, owner=officer)
    action = Action(organisation=make.organisation(), kind="advice", done_on=make.DAY, what=f"{RAVEN} action")
    progress.act(record, action, by=officer)
    make.linkage(record, programme=forms.support(), result=f"{RAVEN} linkage")
    record.refresh_from_db()
    record.is_urgent = True
    mark(record, RAVEN)
    relays.relay(record, by=officer, to=helping, kind="help", asked=f"{RAVEN} help")
    record.refresh_from_db()
    return record


def row_of(scene, name):
    """The planted row of a model, by its name; of what belongs to no body, the first that the programme has."""
    return scene.rows.get(name) or apps.get_model("missions", name).objects.first()
