"""Items of local information: written at a body, published and distributed at home."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _

from missions.admin.base import SOURCED, ReferenceAdmin
from missions.admin.files import file_urls, files_beside
from missions.admin.list_filters import QuestionFilter, TranslationFilter
from missions.admin.lists import body_code
from missions.admin.publication.information_steps import beside, information_step_page
from missions.models import Body, InformationState, LocalInformation
from missions.publication import information as relayed

ENGLISH = ("title_en", "text_en", "note_en")


def to_publish(rows, user, today):
    """Items sent home that this person may have to decide on: not begun by them; at a mission only the urgent ones."""
    found = rows.in_state(InformationState.SENT).exclude(drafted_by=user)
    return found if relayed.at_home(user) else found.filter(is_urgent=True, body__in=Body.objects.staffed_by(user))


def returned(rows, user, today):
    """Drafts of the user’s bodies that came back."""
    return rows.returned().filter(body__in=Body.objects.visible_to(user))


def to_distribute(rows, user, today):
    """Items published at home that no recipient has yet, for those who distribute."""
    return rows.undistributed() if relayed.at_home(user) else rows.none()


def sent_home(rows, user, today):
    """Items of the user’s bodies about which nobody decided yet; for those who decide, what they began themselves."""
    found = rows.in_state(InformationState.SENT)
    mine = {"drafted_by": user} if relayed.at_home(user) else {"body__in": Body.objects.staffed_by(user)}
    return found.filter(**mine)


class InformationQuestions(QuestionFilter):
    """Narrows items to the answer of a question."""

    questions = {
        "to_publish": (_("To be published or returned"), to_publish),
        "returned": (_("Returned to the body"), returned),
        "to_distribute": (_("To be distributed"), to_distribute),
        "sent": (_("Sent home, not decided on"), sent_home),
    }


class StateFilter(admin.SimpleListFilter):
    """Narrows items to those in one state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return InformationState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in InformationState.values else queryset


@admin.register(LocalInformation)
class LocalInformationAdmin(ReferenceAdmin):
    """Items of host-country information. Only drafts are written; the steps do the rest."""

    change_form_template = "admin/missions/localinformation/change_form.html"
    list_display = ["title_ko", "title_en", body_code, "country", "topic", "issued_on", "valid_until", "standing"]
    list_filter = [InformationQuestions, StateFilter, TranslationFilter, "topic", "body", "certainty"]
    list_select_related = ["body", "country", "topic"]
    date_hierarchy = "issued_on"
    search_fields = ["title_ko", "title_en", "text_ko", "text_en"]
    autocomplete_fields = ["body", "country", "topic", "sector", "sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "body",
                    ("country", "topic"),
                    "sector",
                    ("title_ko", "title_en"),
                    ("text_ko", "text_en"),
                    ("issued_on", "valid_until"),
                ]
            },
        ),
        (_("Sources"), {"fields": SOURCED}),
    ]

    @admin.display(description=_("state"))
    def standing(self, item):
        """How far it has come."""
        return item.state.label

    def get_urls(self):
        step = path(
            "<int:pk>/way/<slug:name>/",
            self.admin_site.admin_view(self.step_view),
            name="missions_localinformation_way",
        )
        return [step, *file_urls(self), *super().get_urls()]

    def may_write_files(self, request, obj):
        """Files are added to a draft, by those who write it."""
        return obj.state == InformationState.DRAFT and relayed.may_write(obj, request.user)

    def step_view(self, request, pk, name):
        """The page of one step with an item that the user may see."""
        item = self.get_object(request, pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return information_step_page(request, self.admin_site, item, name, lambda: self._following(request))

    def _following(self, request):
        waiting = to_publish(self.get_queryset(request), request.user, None)
        return waiting.order_by("-is_urgent", "sent_at", "pk").first()

    def get_readonly_fields(self, request, obj=None):
        """Of a published item only the English that it lacks is written."""
        own = super().get_readonly_fields(request, obj)
        if obj is None or not obj.is_published:
            return own
        lacking = [name for name in ENGLISH if not getattr(obj, name)]
        return [*own, *(field.name for field in _editable(obj) if field.name not in lacking)]

    def has_change_permission(self, request, obj=None):
        """A draft is written at its body, the missing English of a published item at home."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.state != InformationState.DRAFT:
            return obj is None or relayed.may_translate(obj, request.user)
        return relayed.may_write(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        """What was ever sent home stays, with its history."""
        if obj is None or obj.state != InformationState.DRAFT or obj.events.exists():
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Note who began it."""
        if not change:
            obj.drafted_by = request.user
        super().save_model(request, obj, form, change)

    def beside_form(self, request, obj):
        """The way that the item went so far, and the steps that this person may take with it."""
        return beside(obj, request.user) | files_beside(self, request, obj) if obj else {}


def _editable(item):
    return [field for field in [*item._meta.fields, *item._meta.many_to_many] if field.editable and field.name != "id"]
