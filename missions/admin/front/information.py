"""Panels of the front page: local information that waits for somebody on its way home."""

from django.utils.translation import gettext as _

from missions.admin.front.panels import panel, question_address, remark
from missions.admin.publication.information import InformationQuestions
from missions.models import LocalInformation


def of_information(user, today):
    """What this person is to publish or return, to distribute, to mend, and what they wait for at home."""
    titles = {
        "to_publish": _("Local information to be published or returned"),
        "returned": _("Local information that came back"),
        "to_distribute": _("Local information to be distributed"),
        "sent": _("Local information awaiting publication"),
    }
    return [_panel(name, title, user, today) for name, title in titles.items()]


def _panel(name, title, user, today):
    rows = LocalInformation.objects.visible_to(user).with_names()
    found = InformationQuestions.questions[name][1](rows, user, today)
    return panel(
        title,
        found.order_by("-is_urgent", "sent_at", "pk"),
        lambda item: remark(item.is_urgent, item.country, item.body.code),
        "",
        question_address(name, "localinformation"),
    )
