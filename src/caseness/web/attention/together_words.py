"""What client and therapist may ask together when they look at a course: no signal is named, and nobody is judged."""

from __future__ import annotations

from collections.abc import Iterable

ALWAYS_FIRST = "Does the line fit how these weeks have felt to you?"
ALWAYS_LAST = "What would you like to be different the next time we look?"

_HARDER = (
    "Have things been harder lately? What has been going on, in here or outside?",
    "Is there anything in how we work together that you would like to change?",
    "Is this the kind of help that you hoped for?",
)
_SO_FAR = (
    "What has helped so far, even a little? What has not?",
    "Are we working on what matters most to you?",
)
_MOVED = "Between two of our meetings the line moved a lot. What happened around then?"
_THESE_QUESTIONS = "Do these questions ask about what matters to you? Which days do you think of when you answer them?"
# Of each signal of `feedback`, in words for both, what it gives to consider.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "adverse-initial-response": _HARDER,
    "reliable-deterioration": _HARDER,
    "beyond-expected-band": _SO_FAR,
    "no-early-response": _SO_FAR,
    "sudden-loss": (_MOVED,),
    "sudden-gain": (_MOVED, "What did you do that helped?"),
    "implausible-first-score": (_THESE_QUESTIONS,),
    "sawtooth": (_THESE_QUESTIONS, "If there were ups and downs, what do they go with?"),
    "flat-line": (_THESE_QUESTIONS,),
    "not-seen": ("What would make it easier to come?", "If you would like to stop, how would you like to end?"),
    # Risk is asked in person, and stands on no page that is turned round or printed.
    "risk-item": (),
}


def questions_of(signals: Iterable[str]) -> tuple[str, ...]:
    """What to talk about, of the signals that hold; each question once, and two that are always asked.

    >>> questions_of(["risk-item"]) == (ALWAYS_FIRST, ALWAYS_LAST)
    True
    """
    asked = (question for one in signals for question in QUESTIONS.get(one, ()))
    return tuple(dict.fromkeys((ALWAYS_FIRST, *asked, ALWAYS_LAST)))
