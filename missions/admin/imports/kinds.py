"""What each kind of record needs besides its form: how it is known again, and what belongs to it."""

import re

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from missions.admin.difficulty.filing import keep_firm
from missions.admin.imports import firms
from missions.admin.imports.examine import Importer, Wrong
from missions.difficulties.workflow import file_difficulty
from missions.fields.text import one_line
from missions.fields.typed_days import day
from missions.fields.validators import registration_digits
from missions.models import (
    Attendance,
    Company,
    Difficulty,
    ImportRow,
    Meeting,
    Membership,
    Organisation,
    Recipient,
    Verdict,
    today_of,
)
from missions.publication import gate
from missions.search import staff as staff_search

PRESENT = re.compile(r"^(.*?)\s*(?:[(（]\s*([0-9]+)\s*명?\s*[)）])?$")


class Difficulties(Importer):
    """Difficulties as associations and export centres list them: filed by ``workflow``, with their firms."""

    @cached_property
    def known_firms(self):
        return Company.objects.visible_to(self.request.user)

    @cached_property
    def known_difficulties(self):
        return Difficulty.objects.visible_to(self.request.user)

    def find(self, cells):
        """The difficulty with the reference that the row gives."""
        reference = one_line(cells.get("reference", "")).upper()
        if not reference:
            return None
        found = Difficulty.objects.visible_to(self.request.user).filter(reference=reference).first()
        if found is None:
            raise Wrong("reference", _("No difficulty with this reference is open to you. Leave it empty to file one."))
        return found

    def beside(self, cells, posted, told):
        """The firm; that of a difficulty that is filed already stays as it is."""
        if cells.get("reference"):
            return {}
        found = firms.of_row(cells, self.known_firms, self.request.user, self.request.origin, self.batch.through)
        told += found.said
        return {"company": found.firm, "firm": found.firm if found.is_new else None}

    def told_apart(self, cells, made):
        """A row with a reference is about that difficulty; else firm, title and account tell."""
        if cells.get("reference"):
            return [cells["reference"]]
        return [cells.get(name, "") for name in ("company_name", "company_number", "country", "title", "account")]

    def new(self):
        """Filed through the body that was chosen, and reported today where nothing else is said."""
        user = self.request.user
        return Difficulty(filed_through=self.batch.through, filed_by=user, reported_on=today_of(user))

    def twin(self, cells, instance, made):
        """One of the same firm and title; of the same words too, it is left out."""
        firm, is_known = made.get("company"), made.get("firm") is None
        instance.company = firm if is_known else None
        if not is_known:
            return None
        own = ImportRow.objects.filter(batch=self.batch, record__isnull=False).values("record")
        rows = self.known_difficulties.filter(company=firm, country=instance.country)
        alike = list(rows.filter(title=instance.title).exclude(pk__in=own).order_by("pk")[:5])
        if same := next((row for row in alike if row.account == instance.account), None):
            return Verdict.SAME, _("Filed already as %(reference)s. Left out.") % {"reference": same.reference}
        if alike:
            return Verdict.PERHAPS, _("Perhaps the same as %(reference)s.") % {"reference": alike[0].reference}
        return None

    def write(self, outcome):
        """File it by ``workflow``, its firm first; change one that was filed by its page."""
        if outcome.form.instance.pk is not None:
            return super().write(outcome)
        row = outcome.form.save(commit=False)
        if outcome.firm is not None:
            row.company = keep_firm(outcome.firm, self.batch.through)
        row._change_reason = f"import {self.batch.pk}"
        return file_difficulty(row, by=self.request.user)


class Companies(Importer):
    """Firms, known again by their number, or by their name."""

    filled_by_itself = ("body",)

    def find(self, cells):
        """The firm with the number, or of exactly the name."""
        number = registration_digits(one_line(cells.get("registration_number", "")))
        known = Company.objects.visible_to(self.request.user)
        if number and (firm := known.filter(registration_number=number).first()):
            return firm
        same = firms.exact(one_line(cells.get("name_ko", "")), number, self.request.user)
        if len(same) > 1:
            raise Wrong("registration_number", _("Several firms have this name. Write the registration number."))
        return same[0] if same else None

    def told_apart(self, cells, made):
        return [cells.get("registration_number") or cells.get("name_ko", "")]

    def new(self):
        return Company(body=self.batch.through)

    def beside(self, cells, posted, told):
        """The answer that a firm is none of those like it: whoever agreed to the list has seen them."""
        typed = posted.get("registration_number")
        if typed:
            digits = registration_digits(typed[0])
            posted["registration_number"] = [firms.usable(digits, self.request.user, self.request.origin, told)]
        name = one_line(cells.get("name_ko", ""))
        alike = list(Company.objects.visible_to(self.request.user).perhaps(Company(name_ko=name))[:8]) if name else []
        others = [firm for firm in alike if firm.name_ko != name]
        names = ", ".join(firm.told_apart for firm in others[:4])
        doubt = (Verdict.PERHAPS, _("Perhaps the same as %(reference)s.") % {"reference": names}) if others else None
        return {"doubt": doubt}

    def _form(self, stored_row, posted, made):
        form, changes = super()._form(stored_row, posted, made)
        if not form.is_valid() and form.alike:
            answered = form.data.copy()
            answered["none_of_them"] = form.none_of_them
            form = type(form)(answered, instance=form.instance)
        return form, changes


class Organisations(Importer):
    """Organisations, known again by the part of the address of their page, or by their Korean name."""

    filled_by_itself = ("slug",)

    def find(self, cells):
        """The organisation with this part of the address; without one, the only one of the name."""
        if slug := one_line(cells.get("slug", "")).lower():
            return Organisation.objects.filter(slug=slug).first()
        named = list(Organisation.objects.filter(name_ko=one_line(cells.get("name_ko", "")))[:2])
        if len(named) > 1:
            raise Wrong("slug", _("Several organisations have this name. Write the part of the address."))
        return named[0] if named else None

    def told_apart(self, cells, made):
        return [cells.get("slug") or cells.get("name_ko", "")]

    def beside(self, cells, posted, told):
        """The part of the address, made of the English name where none is given."""
        if cells.get("slug"):
            posted["slug"] = [one_line(cells["slug"]).lower()]
        elif made := slugify(cells.get("name_en", ""))[:50]:
            posted.setdefault("slug", [made])
        else:
            named = Organisation.objects.filter(name_ko=one_line(cells.get("name_ko", "")))
            if not named.exists():
                raise Wrong("slug", _("Write the part of the address, or the English name that it is made of."))
        return {}


def _organisation(importer, cells, posted):
    """The organisation of a row: by the part of its address where that is given."""
    if (slug := one_line(cells.get("slug", ""))) and "organisation" in importer.fields:
        posted["organisation"] = importer.words.posted(importer.fields["organisation"], slug, [])


class Members(Importer):
    """Seats on bodies, known again by body, organisation and post."""

    told_by = {"organisation": "slug"}

    def find(self, cells):
        """The open seat, or the latest one."""
        posted, none = {}, []
        try:
            _organisation(self, cells, posted)
            for name in self.kind.key:
                if cells.get(name) and name not in posted:
                    posted[name] = self.words.posted(self.fields[name], cells[name], none)
        except ValidationError:
            return None  # it is told at the column
        if not {"body", "organisation"} <= posted.keys():
            return None
        seats = Membership.objects.visible_to(self.request.user).filter(
            body=posted["body"][0], organisation=posted["organisation"][0], post=posted.get("post", ["member"])[0]
        )
        begun = {"since_on": day(cells["since_on"])} if self._is_day(cells.get("since_on")) else {}
        return seats.filter(**begun).order_by("-pk").first() or seats.filter(until_on=None).first()

    def _is_day(self, text):
        try:
            return bool(text and day(text))
        except ValidationError:
            return False

    def beside(self, cells, posted, told):
        try:
            _organisation(self, cells, posted)
        except ValidationError as error:
            raise Wrong("slug", " ".join(error.messages)) from None
        return {}

    def told_apart(self, cells, made):
        return [cells.get(name, "") for name in ("body", "organisation", "slug", "post", "since_on")]

    def name_of(self, cells):
        return " · ".join(filter(None, [cells.get("body"), cells.get("organisation")]))


class Recipients(Importer):
    """Recipients, known again by their address."""

    def find(self, cells):
        """The recipient with the address."""
        return Recipient.objects.filter(email__iexact=one_line(cells.get("email", ""))).first()

    told_by, beside = Members.told_by, Members.beside


class Meetings(Importer):
    """Meetings, known again by body and number, or by body and day; with who took part."""

    def find(self, cells):
        """The meeting of the body with the number; without one, that of the day."""
        none = []
        try:
            body = self.words.posted(self.fields["body"], cells["body"], none)[0] if cells.get("body") else None
            held_on = (
                self.words.posted(self.fields["held_on"], cells["held_on"], none)[0] if cells.get("held_on") else ""
            )
        except ValidationError:
            return None  # it is told at the column
        meetings = Meeting.objects.visible_to(self.request.user).filter(body=body)
        if number := re.sub(r"[^0-9]", "", cells.get("number", ""))[:5]:
            return meetings.filter(number=number).first()
        return meetings.filter(held_on=held_on, number=None).order_by("pk").first() if held_on else None

    def told_apart(self, cells, made):
        return [cells.get("body", ""), cells.get("number") or cells.get("held_on", ""), cells.get("label_ko", "")]

    def beside(self, cells, posted, told):
        """Who took part."""
        if "number" in posted:
            posted["number"] = [re.sub(r"^제\s*|\s*(차|회)(\s*회의)?$", "", posted["number"][0])]
        return {"parts": self._present(cells.get("present", ""))}

    def _form(self, stored_row, posted, made):
        form, changes = super()._form(stored_row, posted, made)
        listed = {row.organisation_id: row.headcount for row in stored_row.attendances.all()} if stored_row else {}
        for key, headcount, name in made.get("parts", []):
            if listed.get(key, "") != headcount:
                was = "" if key not in listed else f"{name} ({listed[key] if listed[key] is not None else '–'})"
                changes.append([str(Attendance._meta.verbose_name), was, f"{name} ({headcount or '–'})"])
        return form, changes

    def _present(self, text):
        parts = [PRESENT.match(part.strip()).groups() for part in re.split(r"[;\n]", text) if part.strip()]
        try:
            keys = self.words.rows(Organisation, [name for name, _count in parts])
        except ValidationError as error:
            raise Wrong("present", " ".join(error.messages)) from None
        return [(key, int(count) if count else None, name) for key, (name, count) in zip(keys, parts, strict=True)]

    def write(self, outcome):
        """Write the meeting, then who took part; nobody is taken away from it."""
        meeting = super().write(outcome)
        for key, headcount, _name in outcome.parts:
            Attendance.objects.update_or_create(meeting=meeting, organisation_id=key, defaults={"headcount": headcount})
        gate.check(meeting, *Attendance.objects.filter(meeting=meeting))
        staff_search.keep(meeting)
        return meeting

    def name_of(self, cells):
        return " · ".join(filter(None, [cells.get("body"), cells.get("number") or cells.get("label_ko")]))


IMPORTERS = {
    "difficulty": Difficulties,
    "company": Companies,
    "organisation": Organisations,
    "membership": Members,
    "recipient": Recipients,
    "meeting": Meetings,
}
