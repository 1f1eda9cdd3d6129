"""How days and times read in English."""

from django.conf.locale.en import formats as known

from portal.formats import DOTTED

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
DATE_INPUT_FORMATS = [*known.DATE_INPUT_FORMATS, *DOTTED]
