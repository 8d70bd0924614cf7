"""Names and words as they are compared: letters and digits only, whatever the case."""

from __future__ import annotations


def plain(text: str) -> str:
    """A text without case and without anything but letters and digits.

    >>> plain(" PHQ-9 Total "), plain("Session date:")
    ('phq9total', 'sessiondate')
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())
