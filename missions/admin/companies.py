"""The firms behind difficulties."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from missions.admin import contacts
from missions.admin.base import ScopedAdmin
from missions.admin.forms import RecordForm
from missions.admin.scope import own_bodies
from missions.fields.validators import RegistrationNumberField
from missions.models import Company, Difficulty
from missions.personal_data import numbers
from missions.publication import firm_keys

SHOWN = 50
ALIKE = 8
NAMES = ("name_ko", "name_en")


class CompanyForm(RecordForm):
    """A firm. Its number is compared with those of all firms, and that comparison recorded.

    ``alike``: known firms whose name is like the one typed. The form is saved once somebody says that it is none of
    these: ``none_of_them`` is that answer, which holds for no others.
    """

    asked = {}

    class Meta:
        field_classes = {"registration_number": RegistrationNumberField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.alike = []

    @property
    def none_of_them(self):
        """The answer that the firm is none of those that are shown."""
        return "-".join(str(firm.pk) for firm in self.alike)

    def clean(self):
        """Ask whether it is a firm that is known already, where a name is new."""
        given = super().clean()
        names = {name: given.get(name, "") for name in NAMES}
        if any(name in self.changed_data for name in NAMES):
            known = Company.objects.visible_to(self.asked["by"]).perhaps(Company(**names))
            self.alike = list(known.exclude(pk=self.instance.pk).select_related("body")[:ALIKE])
        if self.alike and self.data.get("none_of_them") != self.none_of_them:
            self.add_error(
                None, _("A similar firm is known. Open it below, or confirm that this is another one, and save again.")
            )
        return given

    def clean_registration_number(self):
        """The digits, unless they are refused."""
        digits = self.cleaned_data["registration_number"]
        if digits != self.instance.registration_number and (why := numbers.answer(digits, **self.asked)):
            raise ValidationError(why)
        return digits


@admin.register(Company)
class CompanyAdmin(ScopedAdmin):
    """Firms. Never public."""

    form = CompanyForm
    change_form_template = "admin/missions/company/change_form.html"
    list_display = ["name_ko", "name_en", "registration_number", "sector", "region"]
    list_filter = ["size", "sector"]
    list_select_related = ["sector"]
    search_fields = ["name_ko", "name_en", "registration_number"]  # asked by ``get_search_results``
    autocomplete_fields = ["body", "sector"]
    contact = (_("Contact"), {"fields": ["contact", "telephone", "email"]})
    fieldsets = [
        (None, {"fields": [("name_ko", "name_en"), "registration_number", "size", "region", "sector", "body"]}),
        contact,
        (_("Consents"), {"fields": ["shares_with_mission", "shares_with_organisations", "may_be_named"]}),
    ]
    masked_contact = contacts.masked_contact
    masked_telephone = contacts.masked_telephone
    masked_email = contacts.masked_email

    def get_search_results(self, request, queryset, search_term):
        """Firms by part of a name in either language, or by registration number, with hyphens or without."""
        return queryset.matching(search_term[:200]), False

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, which knows who enters a number, and from where."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.asked = {"by": request.user, "address": request.origin}
        return form

    def get_fieldsets(self, request, obj=None):
        """Whom to contact there is told to other bodies only with the firm’s consent, and to anybody when they ask."""
        found = super().get_fieldsets(request, obj)
        if obj is None or contacts.is_shown(request, obj):
            return found
        if obj.is_reachable_by(request.user):
            return contacts.masked_fieldsets(self, found)
        sentence = _("The firm has not agreed that other bodies contact it. Ask %(body)s, which registered it.")
        withheld = (_("Contact"), {"fields": [], "description": sentence % {"body": obj.body}})
        return [withheld if part is self.contact else part for part in found]

    def beside_form(self, request, obj):
        """The difficulties of the firm that the user may open, and whether a contact is there to be shown."""
        beside = contacts.beside_form(self, request, obj)
        if obj is None or not request.user.has_perm("missions.view_difficulty"):
            return beside
        filed = Difficulty.objects.visible_to(request.user).filter(company=obj).with_names()
        rows = list(filed[: SHOWN + 1])
        return beside | {"filed": rows[:SHOWN], "more": len(rows) > SHOWN, "lists_filed": True}

    def get_urls(self):
        """Add the address that shows a contact."""
        return [*contacts.urls(self), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form, with the contact as long as somebody writes."""
        contacts.keep_open(self, request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_historical_record_context_helper(self, request, historical_record):
        """What the contact was is masked as the contact is."""
        return contacts.delta(self, request, historical_record)

    def history_view(self, request, object_id, extra_context=None):
        """The history holds what the page does, so it is open to the same people."""
        if not self.get_object(request, unquote(object_id)).is_reachable_by(request.user):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_readonly_fields(self, request, obj=None):
        """A firm stays with the body that registered it."""
        own = [*super().get_readonly_fields(request, obj), *contacts.masked_columns(self)]
        return own if obj is None or request.user.has_perm("missions.view_every_body") else [*own, "body"]

    def save_model(self, request, obj, form, change):
        """Save the firm, and by what public texts are compared with it."""
        super().save_model(request, obj, form, change)
        firm_keys.keep(obj)

    def has_change_permission(self, request, obj=None):
        """A body that merely works on a firm's difficulty reads the firm; its own body keeps it."""
        if obj and not request.user.has_perm("missions.view_every_body"):
            return super().has_change_permission(request, obj) and obj.body in own_bodies(request)
        return super().has_change_permission(request, obj)
