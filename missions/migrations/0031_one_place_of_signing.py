"""Takes away a disagreement that is none: the Foreign Ministry's building is the annex of the Government Complex Seoul.

Loads change and add, and take nothing away. Where staff have edited the entry it stays.
"""

from django.db import migrations


def take_away(apps, schema_editor):
    """Delete the loaded entry if it still says what was loaded."""
    loaded = apps.get_model("missions", "LoadedRow").objects.filter(file="discrepancies", key="agreement-place")
    entries = apps.get_model("missions", "Discrepancy").objects
    for row in loaded:
        same = {name: row.values[name] for name in ("topic_ko", "claims_ko", "shown_ko") if name in row.values}
        deleted, _of_each = entries.filter(pk=row.record, **same).delete()
        if deleted:
            row.delete()


class Migration(migrations.Migration):
    dependencies = [("missions", "0030_legal_provisions")]
    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]
