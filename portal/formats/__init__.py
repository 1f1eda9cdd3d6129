"""How days and times read, and in which ways they may be typed: the year first, never the American order.

Forms read days by ``missions.fields.typed_days``, which knows more ways and says what is wrong with another.
"""

DAYS = ["%Y-%m-%d", "%Y.%m.%d", "%Y.%m.%d.", "%Y. %m. %d", "%Y. %m. %d.", "%Y/%m/%d", "%Y년 %m월 %d일"]
MOMENTS = [f"{day} %H:%M" for day in DAYS]
