"""What the forms of a difficulty ask for, in their order."""

from django.utils.translation import gettext_lazy as _

from missions.admin.difficulty.filing_form import CONSENTS

CHOSEN = ["company", "country", "type", "sector", "ntm_chapter", "similar"]  # found by typing
ASKED_FIRST = ["country", "type", "title", "account", "report_source"]
REST = [
    (
        _("More about the firm’s situation"),
        {
            "classes": ["collapse"],
            "fields": [
                "steps_taken",
                ("reported_on", "became_aware_on"),
                "place",
                ("sector", "ntm_chapter"),
                "hs_codes",
            ],
        },
    ),
    (
        _("Urgency and value"),
        {
            "classes": ["collapse"],
            "fields": [
                ("is_urgent", "urgent_reason"),
                ("hurts_on", "hurts_how"),
                ("value_amount", "value_currency"),
                "due_on",
            ],
        },
    ),
]
ALIKE = (_("Similar difficulties"), {"classes": ["collapse"], "fields": ["similar"]})
NEW_FIRM = [
    (
        _("New firm"),
        {
            "classes": ["collapse"],
            "description": _(
                "Only where the firm is not found above. Without its number or full name, write what is known: "
                "firms like it are shown before one is made."
            ),
            "fields": [
                ("firm_name_ko", "firm_name_en"),
                "firm_registration_number",
                ("firm_contact", "firm_telephone", "firm_email"),
                tuple(f"firm_{name}" for name in CONSENTS),
            ],
        },
    )
]
