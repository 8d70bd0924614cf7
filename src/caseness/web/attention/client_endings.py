"""The end of a referral, and ends that were taken back, as pages tell them."""

from __future__ import annotations

from datetime import date

from caseness.codes import code_list
from caseness.web.caseload.models import Referral, Reopening


def say_end(referral: Referral) -> str:
    """When a referral ended and why, in a sentence; nothing where it is open."""
    if referral.ended is None:
        return ""
    return f"{_say(referral.ended, referral.end_code)}. The end stays to be seen, struck through, and counts no longer."


def say_reopening(reopening: Reopening) -> str:
    """The end that was taken back, as it is struck through."""
    return _say(reopening.ended, reopening.end_code)


def _say(ended: date, end_code: str) -> str:
    reason = code_list("EndCode").meaning_of(end_code) or end_code
    return f"Ended on {ended:%-d %B %Y}{f': {reason}' if reason else ''}"
