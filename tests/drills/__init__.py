"""Drills that are too long for the suite: ``./run drill NAME`` calls ``main`` of the module of that name."""
