"""Hold each method against made-up people whose truth is known, and write what was found: `make evidence`.

The page is made by a fixed seed, so the same code gives the same page. A test makes a small one of the same form.
"""

from __future__ import annotations

import sys
from pathlib import Path

from evidence_change import tell_change
from evidence_courses import tell_courses
from evidence_gains import tell_gains
from evidence_headline import tell_headline
from evidence_missing import tell_missing
from evidence_natural import tell_natural
from evidence_page import FULL, Chapter, Size, write_chapter
from evidence_record import make_record

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "evidence.md"
INTRODUCTION = """# Evidence

Each method is held against made-up people whose truth is known. `make evidence` makes them, runs the methods, and writes this
page: {people:,} people in a sample, {repeats} small services of {service} people, one made-up record of {referrals:,} referrals, seed {seed}.
*Holds* means within three standard errors of what is promised. Where a method does not do what it promises, the end of its
chapter says by how much. Everything here is SYNTHETIC: it shows how methods behave, and nothing of therapy.

"""
MARK = "<!-- Written by scripts/make_evidence.py. Change the code, then run `make evidence`. -->\n"


def chapters(size: Size) -> tuple[Chapter, ...]:
    """Every chapter, in the order of the page."""
    truth = make_record(size)
    return (
        tell_change(size),
        tell_courses(size),
        tell_gains(size),
        tell_headline(truth),
        tell_missing(size, truth),
        tell_natural(size, truth),
    )


def write_page(size: Size) -> str:
    """The page as text."""
    told = INTRODUCTION.format(
        **{name: getattr(size, name) for name in ("people", "repeats", "service", "referrals", "seed")}
    )
    body = "\n".join(write_chapter(one) for one in chapters(size))
    return f"{told}{body.rstrip()}\n\n{MARK}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(write_page(FULL), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
