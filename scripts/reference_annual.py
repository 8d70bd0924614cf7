"""The reference page of the annual report: each of its fields with where it stands, its files, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.measures.annual import (
    COURSES,
    READINGS,
    Field,
    all_fields,
    all_files,
    fields_of,
    measures_of,
    status_of_field,
)
from caseness.measures.catalogue import all_official
from caseness.measures.words import formula

_DESCRIBED = tuple(one for one in all_fields() if one.official)
_EXACT = sum(status_of_field(one).startswith("exact") for one in _DESCRIBED)
_OPENING = f"""# The annual report

`caseness measures compute --layout nhs-annual` writes the files of NHS England's annual report, of a service's own record:
[how to](../how-to/compute-the-official-measures.md#the-files-of-the-annual-report). The metadata of 2024-25 describe
{len(_DESCRIBED)} fields. All of them are written: {_EXACT} are exact where the public documents settle what they count, and
{len(_DESCRIBED) - _EXACT} rest on rules that are assumed and on [readings](#readings). None is left out, and none cannot be told
from a record; groups of deprivation need a file of deciles by postcode.

Fields bear the names of the files of 2024-25, in the order of the metadata: only a sorted list of the columns of those files was
read, so their order there is not known. The metadata name {sum(one.official != one.printed for one in _DESCRIBED)} of them otherwise.
Rules are those of [derivations](derivations.md#rules-that-are-assumed).

"""


def annual_page() -> str:
    """Every field of every file, and the readings."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _OPENING
    yield "## Where a row belongs\n\nThese columns every file has. The metadata describe them twice: of the main data, and of the others.\n\n"
    yield table(("field", "status"), ((code(one.printed), status_of_field(one)) for one in fields_of("shared")))
    for file in all_files().values():
        yield f"\n## {file.title}\n\n"
        yield f"`{file.id if file.id == COURSES else f'annual-{file.id}'}-2024-25.csv`. {_by(file.by, file.takes_others)}"
        yield f"{_OF_COURSES if file.id == COURSES else ''}\n\n"
        shown = [one for one in fields_of(file.id) if one.printed not in file.place]
        yield table(("field", "in the metadata", "what it holds", "status"), map(_row, shown))
    yield "\n## Readings\n\nHow a definition is read that can be read in several ways, or that was in no document that was read. They are not chosen.\n\n"
    yield table(
        ("reading", "what is read", "what else it could be", "source"),
        ((code(one.id), one.says, one.otherwise, one.source) for one in READINGS),
    )


_OF_COURSES = (
    " It is table 4 of the therapy-based outcomes, which are published beside the report, and none of the fields that its metadata "
    "describe. Their tables 1 to 3 and 5 are not written."
)


def _by(variables: tuple[object, ...], takes_others: bool) -> str:
    titles = [f"*{one.title}*" for one in variables]  # type: ignore[attr-defined]
    always = f"Always by {' and '.join(titles)}. " if titles else ""
    return f"{always}{'With `--breakdown`, by other variables too.' if takes_others else 'By nothing else.' if titles else 'By nothing.'}"


def _row(one: Field) -> tuple[str, ...]:
    described = (
        "not described" if not one.official else "the same" if one.official == one.printed else code(one.official)
    )
    return code(one.printed), described, _holds(one), status_of_field(one)


def _holds(one: Field) -> str:
    measures = measures_of(one)
    if not measures:
        return "What the line is of."
    official = [each.id for each in measures if each.id in all_official()]
    if official:
        return names(official)
    first, *others = measures
    more = f" And so for {len(others)} other lines." if others else ""
    return f"{formula(first)}.{more}"
