"""What a search is asked: by its page, and by its feed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from missions.lists import filters
from missions.lists.filter_fields import ALL, KeyField, Select
from missions.models import Body
from missions.search.kinds import KINDS


class SearchForm(forms.Form):
    """What is looked for, and what it is narrowed to. Its state is the address."""

    q = forms.CharField(label=_("Keywords"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Select)
    country = KeyField(None, label=_("Country"), required=False, to_field_name="code", empty_label=ALL, widget=Select)
    body = KeyField(None, label=_("Body"), required=False, to_field_name="code", empty_label=ALL, widget=Select)

    def __init__(self, request):
        super().__init__(request.GET)
        self.fields["kind"].choices = [("", ALL), *((kind.name, kind.label) for kind in KINDS.values())]
        self.fields["country"].queryset = filters.countries_found(request)
        self.fields["body"].queryset = Body.objects.published().select_related("mission")
