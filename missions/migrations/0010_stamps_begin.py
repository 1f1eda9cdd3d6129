"""Public stamps begin with the last change, and linkages with the moment at which their history says they were made."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

STAMPED = ["Body", "LocalInformation", "Meeting", "Mission", "Organisation", "PublishedCase"]


def begin(apps, schema_editor):
    for name in STAMPED:
        apps.get_model("missions", name)._base_manager.update(reworded_at=F("updated_at"))
    made = apps.get_model("missions", "HistoricalLinkage")._base_manager.filter(id=OuterRef("pk"), history_type="+")
    linkages = apps.get_model("missions", "Linkage")._base_manager
    moments = linkages.annotate(made=Subquery(made.order_by("history_id").values("history_date")[:1]))
    for pk, moment in moments.exclude(made=None).values_list("pk", "made"):
        linkages.filter(pk=pk).update(recorded_at=moment)


class Migration(migrations.Migration):
    dependencies = [("missions", "0009_public_stamps_and_closed_months")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
