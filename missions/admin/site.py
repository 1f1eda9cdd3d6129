"""The admin site: its name, its front page, and the order of its records."""

from functools import partial, reduce
from operator import or_
from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, When
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import MAX_URL_REDIRECT_LENGTH
from django.utils.translation import gettext_lazy as _

from missions.admin import limits
from missions.models import Language, Notice
from missions.search import staff as staff_search

MOST_UNREAD = 99
SECTIONS = [
    (
        _("Work"),
        ["Difficulty", "Company", "Meeting", "ActionItem", "Linkage", "LocalInformation", "Recipient", "PublishedCase"],
    ),
    (_("Bodies"), ["Body", "Membership", "Mission", "Organisation", "Posting", "HandoverNote", "User"]),
    (
        _("Programme and sources"),
        [
            "Agreement",
            "LegalProvision",
            "Ministry",
            "SupportProgramme",
            "Service",
            "EarlierCase",
            "ContactPoint",
            "ReportedResult",
            "Source",
            "Discrepancy",
        ],
    ),
    (
        _("Classifications"),
        ["Region", "Country", "DifficultyType", "Sector", "NtmChapter", "HsChapter", "PublicHoliday"],
    ),
]


def of_the_desk(address):
    """An address if a page of the desk may have it, and the front page for any other."""
    front = reverse("admin:index")
    path = unquote(address.partition("?")[0])
    fits = address.startswith(front) and ".." not in path and len(address) <= MAX_URL_REDIRECT_LENGTH
    return address if fits else front


class Choices(AutocompleteJsonView):
    """Rows to choose from, by what tells those of one name apart."""

    def process_request(self, request):
        """What is asked for. Only a field holds a choice: the other side of a relation has no form."""
        term, chosen_from, field, key = super().process_request(request)
        if field.auto_created:
            raise PermissionDenied
        return term, chosen_from, field, key

    def get_queryset(self):
        """The rows of a small table, those called so first, then those that begin so: “인도” before its ocean."""
        found, term = super().get_queryset(), self.term.strip()
        columns = {field.name for field in found.model._meta.fields} & {"name_ko", "name_en", "code"}
        if not term or not columns or found.model not in staff_search.FEW:
            return found
        called = reduce(or_, (Q(**{f"{name}__iexact": term}) for name in columns))
        begins = reduce(or_, (Q(**{f"{name}__istartswith": term}) for name in columns))
        near = Case(When(called, then=0), When(begins, then=1), default=2)
        return found.order_by(near, *(found.query.order_by or found.model._meta.ordering))

    def serialize_result(self, obj, to_field_name):
        """A row as the chooser shows it."""
        found = super().serialize_result(obj, to_field_name)
        return found | {"text": getattr(obj, "told_apart", found["text"])}


class StaffDesk(admin.AdminSite):
    """Where both ministries' staff edit the programme."""

    site_title = _("Staff desk")
    site_header = _("SME support bodies at missions abroad: staff desk")
    index_title = _("My desk")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def get_urls(self):
        """Leave out Django's “view on site”, which answers for rows of every body."""
        from missions.admin.counters import counted, counters
        from missions.admin.english import english_page
        from missions.admin.front.health import health_page
        from missions.admin.help_pages import help_index, help_page
        from missions.admin.messages import mails, notices
        from missions.admin.people.access_log import access_log
        from missions.admin.people.keys import keys
        from missions.admin.reports import draft_page, report_page, reports_page
        from missions.admin.saved_views import views_page
        from missions.admin.search_page import search_page

        urls = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        return [
            path("language/", self.admin_view(self.choose_language), name="language"),
            path("search/", self.admin_view(search_page), name="search"),
            path("help/", self.admin_view(help_index), name="help"),
            path("help/<slug:name>/", self.admin_view(help_page), name="help_page"),
            path("views/", self.admin_view(views_page), name="views"),
            path("english/", self.admin_view(english_page), name="english"),
            path("messages/", self.admin_view(notices.messages_page), name="messages"),
            path("messages/delivery/", self.admin_view(notices.delivery_page), name="messages_delivery"),
            path("messages/mails/", self.admin_view(mails.mails_page), name="messages_mails"),
            path("health/", self.admin_view(health_page), name="health"),
            path("accesses/", self.admin_view(access_log), name="accesses"),
            path("keys/", self.admin_view(keys), name="keys"),
            path("counters/", self.admin_view(counters), name="counters"),
            path("counters/<slug:key>/", self.admin_view(counted), name="counted"),
            path("reports/", self.admin_view(reports_page), name="reports"),
            path("reports/draft/", self.admin_view(draft_page), name="report_draft"),
            path("reports/<int:pk>/", self.admin_view(report_page), name="report"),
            *urls,
        ]

    def each_context(self, request):
        """What every page of the desk may show: unread notices, asked for where drawn, and the help about it."""
        from missions.admin.help_pages import about

        unread = Notice.objects.visible_to(request.user).unread() if request.user.is_authenticated else None
        further = {"unread": unread is not None and partial(self._unread, unread), "version": settings.VERSION}
        return super().each_context(request) | further | {"help_about": SimpleLazyObject(partial(about, request))}

    @staticmethod
    def _unread(notices):
        count = notices[: MOST_UNREAD + 1].count()
        return f"{MOST_UNREAD}+" if count > MOST_UNREAD else count

    def choose_language(self, request):
        """Remember the language a member of staff prefers for the admin."""
        language = request.POST.get("language")
        if language in Language.values:
            request.user.language = language
            request.user.save(update_fields=["language"])
        return redirect(of_the_desk(request.POST.get("next", "")))

    def autocomplete_view(self, request):
        """What a chooser offers, with what tells rows of one name apart."""
        return limits.refused(request, "choices") or Choices.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The records in sections by what staff do with them, not by application.

        Worked out where they are shown: Django asks for them on every page, for a side bar that the desk does not have.
        """
        return SimpleLazyObject(partial(self._sections, request, app_label))

    def _sections(self, request, app_label):
        apps = super().get_app_list(request, app_label)
        records = {model["object_name"]: model for app in apps for model in app["models"]}
        sections = []
        for name, members in SECTIONS:
            shown = [records[member] for member in members if member in records]
            if shown:
                sections.append({**apps[0], "name": name, "models": shown})
        return sections

    def index(self, request, extra_context=None):
        """The front page: what waits for this person before the list of records."""
        from missions.admin.front.page import panels, unposted
        from missions.admin.front.panels import arranged
        from missions.admin.help_pages import tour
        from missions.admin.saved_views import on_the_front

        found = panels(request.user)
        own = {"panels": found, **arranged(found), "unposted": unposted(request)}
        own |= {"saved": on_the_front(request), "tour": tour(request.user)}
        return super().index(request, {**(extra_context or {}), **own})
