"""The list of linkages: firms linked to support programmes, because of a difficulty or by themselves."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from missions.admin.base import ScopedAdmin
from missions.admin.forms import RecordForm
from missions.admin.scope import own_bodies
from missions.models import Linkage

GIVEN = ["difficulty", "company", "body"]  # a linkage stays that of its firm and of its body


class LinkageForm(RecordForm):
    """A linkage. One that is wrong is withdrawn with the reason, and counts nowhere from then on."""

    withdraw = forms.CharField(
        label=pgettext_lazy("a linkage", "Why it is withdrawn"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only where it was recorded wrongly. It stays on this list, and counts nowhere."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "company" in self.fields:
            self.fields["company"].required = True


@admin.register(Linkage)
class LinkageAdmin(ScopedAdmin):
    """All linkages. Recorded from here one stands by itself; because of a difficulty it is recorded on its page."""

    form = LinkageForm
    list_display = ["linked_on", "firm_name", "programme", "made_by_name", "result", "reference", "counts"]
    list_display_links = ["linked_on", "firm_name"]
    list_filter = ["programme", "body", ("withdrawn_at", admin.EmptyFieldListFilter)]
    date_hierarchy = "linked_on"
    search_fields = ["company__name_ko", "company__name_en", "difficulty__company__name_ko", "difficulty__reference"]
    search_fields += ["programme__name_ko", "programme__name_en", "result"]
    autocomplete_fields = ["company", "programme", "organisation", "body"]

    def get_queryset(self, request):
        """The linkages that one member of staff may see, with the names beside them."""
        return super().get_queryset(request).with_names()

    def get_fieldsets(self, request, obj=None):
        """The firm or its difficulty first. The reason of a withdrawal is asked of what is recorded."""
        of = "difficulty" if obj and obj.difficulty_id else "company"
        told = [of, "programme", ("linked_on", "organisation"), "result", "body"]
        if obj is None:
            return [(None, {"fields": told})]
        told += ["recorded_by", "recorded_at"]
        if obj.withdrawn_at:
            return [(None, {"fields": [*told, "withdrawn_at", "withdrawn_by", "withdrawn_because"]})]
        mend = [(pgettext_lazy("a linkage", "Withdraw"), {"classes": ["collapse"], "fields": ["withdraw"]})]
        return [(None, {"fields": told}), *(mend if self.has_change_permission(request, obj) else [])]

    def get_readonly_fields(self, request, obj=None):
        """Firm, difficulty and body stay; what was withdrawn stays as it was."""
        own = list(super().get_readonly_fields(request, obj))
        if obj is None:
            return own
        own += [*GIVEN, "recorded_by", "recorded_at", "withdrawn_at", "withdrawn_by", "withdrawn_because"]
        return [*own, "programme", "linked_on", "organisation", "result"] if obj.withdrawn_at else own

    def has_change_permission(self, request, obj=None):
        """The body that made it writes it; others that see the difficulty read it."""
        may = super().has_change_permission(request, obj)
        if obj is None or request.user.has_perm("missions.view_every_body"):
            return may
        return may and obj.body in own_bodies(request)

    def has_delete_permission(self, request, obj=None):
        """One that is wrong is withdrawn."""
        return False

    def has_add_permission(self, request):
        """Whoever records one does so for a body."""
        may = super().has_add_permission(request)
        oversees = request.user.has_perm("missions.view_every_body")
        return may and (oversees or bool(own_bodies(request)))

    def save_model(self, request, obj, form, change):
        """Note who recorded it, or who withdrew it."""
        if not change:
            obj.recorded_by = request.user
        elif obj.withdrawn_at is None and (reason := form.cleaned_data.get("withdraw", "").strip()):
            obj.withdrawn_at, obj.withdrawn_by, obj.withdrawn_because = timezone.now(), request.user, reason
        super().save_model(request, obj, form, change)

    @admin.display(description=_("company"))
    def firm_name(self, obj):
        """The firm that was linked."""
        return obj.firm

    @admin.display(description=_("linked by"))
    def made_by_name(self, obj):
        """The organisation or the body that brought the firm there."""
        return obj.made_by

    @admin.display(description=_("difficulty"))
    def reference(self, obj):
        """The difficulty behind it."""
        return obj.difficulty.reference if obj.difficulty_id else None

    @admin.display(description=_("counts"), boolean=True)
    def counts(self, obj):
        """Whether it was not withdrawn."""
        return obj.withdrawn_at is None
