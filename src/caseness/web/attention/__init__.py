"""Signals raised from a course, what was done about them, risk that somebody owns, and the pages of a day's work."""
