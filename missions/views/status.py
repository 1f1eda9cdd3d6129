"""Where a report stands: asked with the status code of its receipt, by POST, so that no address and no log has it.

The form carries no token against forged posts: it changes nothing, and readers have no cookie that another site could
use (``docs/adr/0045``). How often one may ask is limited by ``portal.questions``.
"""

from django import forms
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from missions.fields import status_codes
from missions.fields.dates import KOREA, today_in
from missions.models import ReportStatus

LONGEST = 200  # characters that somebody types for a code


class CodeForm(forms.Form):
    """The code, however it is written."""

    code = forms.CharField(
        label=_("Status code"),
        max_length=LONGEST,
        error_messages={"required": _("Type the status code of your receipt.")},
    )

    def clean_code(self):
        """The code as it is kept. Raises ``ValidationError`` for a slip."""
        return status_codes.read(self.cleaned_data["code"])


@method_decorator(csrf_exempt, name="dispatch")
class Status(TemplateView):
    """The form, and below it what the view of the database tells of a code. Nobody keeps either."""

    asked_by_post = True
    template_name = "missions/status.html"

    def dispatch(self, request, *args, **kwargs):
        """Keep answers out of caches and search engines."""
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
        return response

    def get_context_data(self, **kwargs):
        return {"form": CodeForm(), "longest": LONGEST, **super().get_context_data(**kwargs)}

    def post(self, request):
        """Answer. A code that ended and one that never was are asked for and answered alike."""
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        rows = ReportStatus.objects.filter(digest__in=status_codes.digests(form.cleaned_data["code"]))
        found = rows.select_related("body__mission").first()
        zone = found.body.time_zone if found and found.body else KOREA
        told = {
            "form": form,
            "found": found,
            "is_unknown": found is None,
            "since": found and found.since and today_in(zone, found.since),
            "is_late": bool(found and found.until and found.until < today_in(zone)),
        }
        return self.render_to_response(self.get_context_data(**told))
