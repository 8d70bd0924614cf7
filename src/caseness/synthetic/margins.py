"""Set a made-up record against the published figures, margin by margin, with a distance and a tolerance for each.

Each margin is worked out directly and simply (see `journey`). None is an official measure: they say how near a
made-up record comes, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from caseness.synthetic.chapters import appointments, contacts, endings, volumes, waits
from caseness.synthetic.chapters_beside import circumstances
from caseness.synthetic.chapters_of_change import functioning, last_scores
from caseness.synthetic.chapters_of_people import outcomes, people, providers, scores
from caseness.synthetic.facts import Facts, load_facts
from caseness.synthetic.known_gaps import reason_for
from caseness.synthetic.margin import Margin
from caseness.synthetic.sample import Sample, read_sample

_CHAPTERS = (
    volumes,
    waits,
    endings,
    contacts,
    appointments,
    scores,
    last_scores,
    functioning,
    outcomes,
    people,
    circumstances,
    providers,
)


def compare_margins(record_folder: Path, facts: Facts | None = None) -> tuple[Margin, ...]:
    """Set a record against the published figures. Referrals that ended in the last twelve months of the record count.

    A record that begins empty has no long courses to end in its first year: make two years or more, and the last is compared.

    Raises
    ------
    UnreadableInput
        If the folder holds no record.
    """
    margins = _all_margins(read_sample(record_folder, facts or load_facts()))
    return tuple(replace(margin, note=margin.note or reason_for(margin.name)) for margin in margins)


def _all_margins(sample: Sample) -> Iterator[Margin]:
    for chapter in _CHAPTERS:
        yield from chapter(sample)
