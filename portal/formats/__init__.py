"""How days and times read, and in which ways days may be typed."""

DOTTED = ["%Y.%m.%d", "%Y.%m.%d.", "%Y. %m. %d", "%Y. %m. %d."]  # as Koreans write them, with zeros or without
