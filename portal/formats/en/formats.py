"""How days and times read in English."""

from portal.formats import DAYS, MOMENTS

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
DATE_INPUT_FORMATS = DAYS
DATETIME_INPUT_FORMATS = MOMENTS
