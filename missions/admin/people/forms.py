"""What keeps a person from leaving open difficulties without an owner: forms refuse it and say where to go."""

from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.forms import RecordForm
from missions.admin.people.seats import ApartFormSet
from missions.difficulties.open_work import left_open
from missions.models import Difficulty, Posting, User


def sentence(posting, count):
    """That a person still owns difficulties, with the way to the page that hands them over."""
    owns = ngettext(
        "%(user)s still owns %(count)d open difficulty at %(body)s. Give it a new owner first.",
        "%(user)s still owns %(count)d open difficulties at %(body)s. Give them a new owner first.",
        count,
    ) % {"user": posting.user, "count": count, "body": posting.body}
    address = reverse("admin:missions_posting_handover", args=[posting.pk])
    return format_html('{} <a href="{}">{}</a>', owns, address, _("End this posting and hand over"))


def objection(posting, becomes=None):
    """Why a stored posting may not become another, or be deleted; None where it may."""
    count = left_open(posting, becomes).count()
    return sentence(posting, count) if count else None


class PostingForm(RecordForm):
    """A posting, which ends by being handed over while its person owns open difficulties."""

    def clean(self):
        """Refuse the end, and the move to another person or body."""
        given = super().clean()
        stored = self.instance
        user = given.get("user")
        if stored.pk is None and user and user.pk:  # of two who post somebody at once, one waits
            User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if stored.pk and not self.errors:
            names = {"user": stored.user, "body": stored.body, "since_on": stored.since_on, "until_on": stored.until_on}
            becomes = Posting(**{name: given.get(name, value) for name, value in names.items()})
            if why := objection(stored, becomes):
                raise ValidationError(why)
        return given


class PostingFormSet(ApartFormSet):
    """Postings on the page of their body or person."""

    def clean(self):
        """Refuse to delete what is still needed, as it is stored: a row to be deleted may hold anything typed."""
        super().clean()
        gone = [form.instance.pk for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        for posting in Posting.objects.filter(pk__in=gone).select_related("user", "body"):
            if why := objection(posting):
                raise ValidationError(why)


class BodyPostingFormSet(PostingFormSet):
    """Postings of staff to a body."""

    alike = ("user",)


class StaffPostingFormSet(PostingFormSet):
    """Postings of a member of staff."""

    alike = ("body",)


class NewStaffForm(RecordForm, AdminUserCreationForm):
    """A new account."""


class StaffForm(RecordForm, UserChangeForm):
    """An account, which stays able to work while it owns open difficulties."""

    def clean(self):
        """Refuse to close the account, or to take the role away, before its difficulties are handed over."""
        given = super().clean()
        person = self.instance
        if person.pk and person.is_active and not self._will_handle(given):
            owned = Difficulty.objects.open().filter(owner=person).order_by()
            for body in dict.fromkeys(owned.values_list("holder", flat=True)):
                posting = person.postings.filter(body=body).first()
                if posting:
                    self.add_error(None, sentence(posting, owned.filter(holder=body).count()))
        return given

    def _will_handle(self, given):
        if not given.get("is_active", True):
            return False
        if "groups" not in given or self.instance.is_superuser or not self._handles(self.instance.groups):
            return True
        return self._handles(given["groups"])

    def _handles(self, groups):
        return groups.filter(permissions__codename="handle_difficulty").exists()
