"""The page on which a step of an item of local information is taken, and what stands beside the form of the item."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from missions.admin.conflicts import typed
from missions.admin.contacts import may_show, show
from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.publication.following import led_on
from missions.admin.widgets import WholeTexts
from missions.fields.typed_days import DayField
from missions.fields.validators import validate_day
from missions.files.publishing import offered
from missions.models import LocalInformation, Recipient
from missions.personal_data.masking import masked_email
from missions.publication import gate
from missions.publication import information as relayed
from missions.publication.names_in_text import contacts_in
from missions.publication.workflow import PublicationRefused

SHOW = "show_addresses"  # the button that asks for addresses instead of taking the step


class InformationStepForm(WithoutPersonalNumbers, WholeTexts, forms.Form):
    """What a step needs. A field is called as the argument of the verb; a step without fields asks to be confirmed."""

    def __init__(self, *args, step, item, **kwargs):
        super().__init__(*args, **kwargs)
        if step.asks:
            self.fields["note"] = forms.CharField(label=step.asks, max_length=2000, widget=forms.Textarea({"rows": 4}))
        self.fields.update(FIELDS.get(step.name, lambda item: {})(item))

    def values(self):
        """Keyword arguments of the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name != "read"}


def _of_sending(item):
    label = gettext_lazy("Why it is urgent")
    told = gettext_lazy("Leave it empty otherwise. An urgent item may also be published by a second officer here.")
    return {"urgent": forms.CharField(label=label, help_text=told, max_length=300, required=False)}


def _of_publishing(item):
    """The files to publish with the text, none of them ticked, and that all of it was read."""
    label = gettext_lazy("I have read the text and it may be published.")
    untold = {"required": gettext_lazy("Read the text, then tick this box.")}
    fields = {"read": forms.BooleanField(label=label, error_messages=untold)}
    told = list(offered(item))
    choices = [(file.pk, _named(file, tells)) for file, tells, why_not in told if not why_not]
    if told:
        fields = {
            "files": _to_publish(choices, [f"{file}: {why_not}" for file, _x, why_not in told if why_not])
        } | fields
    return fields


def _named(file, tells):
    name = f"{file} ({file.get_kind_display()}, {filesizeformat(file.size)})"
    return f"{name}: {tells}" if tells else name


def _to_publish(choices, why_not):
    told = _("The public gets copies without author, dates and place. Open each first: nobody reads it for you.")
    if why_not:
        told = " ".join([told, _("Not for the public:"), " / ".join(why_not)])
    return forms.TypedMultipleChoiceField(
        label=gettext_lazy("files that the public gets"),
        help_text=told,
        choices=choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class _WithAddress(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, recipient):
        """The recipient with the address that the text is sent to, masked."""
        return f"{recipient} <{masked_email(recipient.email)}>"


def _of_distributing(item):
    rows = Recipient.objects.to_be_told(item)
    fitting = rows.interested_in(item).values_list("pk", flat=True)
    help_text = gettext_lazy("Those whose countries, topics and sectors fit are ticked. Send the text first.")
    label = gettext_lazy("recipients")
    return {"recipients": _WithAddress(rows, label=label, help_text=help_text, initial=list(fitting))}


def _of_receiving(item):
    day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    rows = item.distributions.filter(received_on=None).select_related("recipient__organisation")
    return {
        "distribution": forms.ModelChoiceField(rows, label=gettext_lazy("recipient")),
        "received_on": DayField(
            label=gettext_lazy("received on"), validators=[validate_day], widget=day, initial=timezone.localdate
        ),
        "receipt": forms.CharField(
            label=gettext_lazy("how they said so"),
            help_text=gettext_lazy("For example an answer by e-mail, or the number of a letter."),
            max_length=200,
            required=False,
        ),
    }


FIELDS = {"send": _of_sending, "publish": _of_publishing, "distribute": _of_distributing, "receive": _of_receiving}


def information_step_page(request, site, item, name, following):
    """Show what a step needs, and take it. A refusal is shown with everything that was typed.

    ``following`` finds the next item that this person is to decide on.
    """
    if name not in relayed.INFORMATION_STEPS:
        raise Http404
    step = relayed.INFORMATION_STEPS[name]
    why_not = relayed.why_not(step, item, request.user)
    begun = typed.take(request) or {}
    posted = request.POST if request.method == "POST" else None
    form = InformationStepForm(posted, step=step, item=item, initial={"note": begun.get("note", "")})
    distributes = why_not is None and name == "distribute"
    shows = distributes and posted is not None and SHOW in posted
    if not shows and form.is_valid() and _taken(request, item, step, form, following):
        return redirect(_page(item))
    decides = why_not is None and name in ("send", "publish", "send_back")
    context = {
        **site.each_context(request),
        "title": step.label,
        "subtitle": str(item),
        "opts": LocalInformation._meta,
        "item": item,
        "step": step,
        "form": form,
        "seen": request.POST.get("seen", request.GET.get("seen", "")),
        "why_not": why_not if posted is None else None,
        "printed": _printed(item) if decides else [],
        "contacts": contacts_in(_whole(item)) if decides else [],
        "text_to_send": text_to_send(item) if distributes else "",
        "addresses": _addresses(request, form) if shows else "",
        "may_show_addresses": distributes and request.user.has_perm("missions.change_recipient"),
        "show": SHOW,
    }
    return render(request, "admin/missions/localinformation/step.html", context)


def _taken(request, item, step, form, following):
    """Whether the step was taken; where it was refused, the form says why."""
    try:
        getattr(relayed, step.name)(item, by=request.user, seen=request.POST.get("seen", ""), **form.values())
    except PublicationRefused as refused:
        form.add_error(None, refused.messages)
        return False
    item.refresh_from_db()
    told = {"step": step.label, "state": item.state.label}
    said = _("Done: %(step)s. The item is “%(state)s”.") % told
    messages.success(request, led_on(said, following()) if step.name in ("publish", "send_back") else said)
    return True


def beside(item, user):
    """What the page of an item shows of its way, to somebody who may see it."""
    labels = {name: step.label for name, step in relayed.INFORMATION_STEPS.items()}
    steps = relayed.information_steps(item, user)
    publish = relayed.INFORMATION_STEPS["publish"]
    decides = item.state in publish.sources and (relayed.at_home(user) or item.is_urgent)
    return {
        "information_steps": steps,
        "why_not_publish": relayed.why_not(publish, item, user) if decides else None,
        "seen": item.fingerprint,
        "way": [(event, labels.get(event.step, event.step)) for event in item.events.order_by("-pk")],
        "distributed_to": item.distributions.count(),
        "distributions": _distributions(item, user),
        "public_files": item.public_files.all(),
    }


def _distributions(item, user):
    """To whom an item went, for those who keep the register of recipients."""
    rows = item.distributions.filter(recipient__in=Recipient.objects.visible_to(user))
    return rows.select_related("recipient__organisation", "by")


def text_to_send(item):
    """The words that go to recipients: in Korean, with where they come from and until when they hold."""
    with override("ko"):
        told = _("From: %(body)s (%(country)s, %(topic)s)")
        origin = told % {"body": item.body.name, "country": item.country.name, "topic": item.topic.name}
        day = item.valid_until and date_format(item.valid_until, "DATE_FORMAT")
        until = _("Valid until %(day)s") % {"day": day} if day else ""
        return "\n\n".join(filter(None, [item.title, item.text, origin, until]))


def _addresses(request, form):
    """The addresses of those ticked; each that was still masked is written down. Raises ``PermissionDenied``."""
    ticked = {str(key) for key in (form["recipients"].value() or [])}
    chosen = [recipient for recipient in form.fields["recipients"].queryset if str(recipient.pk) in ticked]
    if not all(recipient.is_reachable_by(request.user) for recipient in chosen):
        raise PermissionDenied
    show(request, *(recipient for recipient in chosen if may_show(request, recipient)))
    return ", ".join(recipient.email for recipient in chosen)


def _printed(item):
    """The words that the public reads. The key in the address is nobody's word, and says nothing to whoever decides."""
    texts = [told for told in gate.texts_of(item) if told[0] != "key"]
    return [(label, text, name.rpartition("_")[2]) for name, label, text in texts if text]


def _whole(item):
    return "\n".join(text for _name, _label, text in gate.texts_of(item))


def _page(item):
    return reverse("admin:missions_localinformation_change", args=[item.pk])
