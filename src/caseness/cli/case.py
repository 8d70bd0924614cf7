"""`caseness case`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from caseness.casebook import (
    Case,
    Listing,
    list_courses,
    make_case,
    make_key,
    open_key,
    study_to_plain,
    tell_case,
    usual_key,
    write_markdown,
)
from caseness.casebook.listing import FINISHED, OPEN
from caseness.casebook.spelling import Spell
from caseness.check import PRACTICE_PROFILE, PROFILES, SUBMISSION_PROFILE
from caseness.cli.clock import find_today
from caseness.cli.grains import is_derived, name_of, require_place
from caseness.cli.show import Table, print_json, print_tables, working
from caseness.errors import UnreadableRecord
from caseness.feedback import INTENDED_PURPOSE
from caseness.feedback.norms_file import read_norms
from caseness.read import Record, mark_of, open_record, read_record
from caseness.read.database import is_address
from caseness.read.manifest import MANIFEST
from caseness.read.practice import Practice, read_practice
from caseness.report.case_page import render_case
from caseness.report.files import put_in_place
from caseness.settings import load_settings

FORMATS = ("html", "markdown", "json")
_ENDINGS = {"html": "html", "markdown": "md", "json": "json"}


@click.command(name="case")
@click.argument("path", metavar="DIR")
@click.argument("asked", metavar="[ID]", required=False)
@click.option("--finished", "state", flag_value=FINISHED, help="Without ID: list the finished courses only.")
@click.option("--open", "state", flag_value=OPEN, help="Without ID: list the open courses only.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Without ID: so many at most.")
@click.option("--provider", help="The code of the provider, where several use the same ID.")
@click.option("--dates", is_flag=True, help="Show dates. Without it: days from the referral.")
@click.option("--notes", is_flag=True, help="Show free text, marked. It may name people.")
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of the key for pseudonyms. Without it: that of the settings, or one that is made once for you.",
)
@click.option(
    "--norms",
    "norms_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file of norms that were enabled, for expected bands.",
)
@click.option("--demonstration", is_flag=True, help="Nobody is treated by this: norms of made-up people may be shown.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=SUBMISSION_PROFILE,
    show_default=True,
    help="What DIR holds: submissions, or the sheet of a practice.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="A folder for the case study.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="What to write into --out. Without it: all."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(path: str, asked: str | None, **chosen: Any) -> None:
    """Study one person's course in the record at DIR, or list the courses that can be studied.

    ID is the provider's own identifier of the referral (ServiceRequestId), its pathway number as `caseness signals` shows
    it, or the pseudonym that the list shows. The case study names nobody, and counts days from the referral. Without --out it
    is printed as Markdown.

    DIR is a record, as for `caseness record`. One that was read before, by `caseness record --out`, is opened at once;
    the rows of the one person are all that is taken from it. What `caseness derive` made is refused: grains do not hold
    all that a case study tells, so name the record that they were derived from.
    """
    _require_sense(asked, chosen)
    out: Path | None = chosen["out"]
    if out is not None:
        require_place(path, out)
    key = _key(chosen["key"])
    norms = read_norms(chosen["norms_file"]) if chosen["norms_file"] else None
    with _opened(path, chosen["profile"]) as record:
        if asked is None:
            _list(list_courses(record, key, chosen["state"], chosen["limit"]), record, path, chosen)
            return
        with working("Looking for the course ..."):
            case = make_case(record, asked, key, chosen["provider"], chosen["notes"], norms, chosen["demonstration"])
        _say_until_when(case)
        if case.norms_of_others:
            click.echo(f"caseness: {case.norms_of_others}", err=True)
        _tell(case, out, chosen)


def _require_sense(asked: str | None, chosen: dict[str, Any]) -> None:
    if asked is None and any(chosen[name] for name in ("out", "formats", "provider", "dates", "notes", "norms_file")):
        raise click.UsageError("Say which course with ID. Without it only the list is printed.")
    if asked is not None and chosen["state"]:
        raise click.UsageError("--finished and --open are for the list: leave out ID, or leave out the option.")
    if chosen["demonstration"] and chosen["norms_file"] is None:
        raise click.UsageError("--demonstration says how norms are used: name them with --norms.")
    if chosen["formats"] and chosen["out"] is None:
        raise click.UsageError("--format writes files: say into which folder with --out.")


# A key that was named must be there: a slip in its name would make other pseudonyms without a word.
def _key(named: Path | None) -> bytes:
    path = named or load_settings().case_key
    if path is not None:
        return open_key(path)
    usual = usual_key()
    if usual.exists():
        return open_key(usual)
    made = make_key(usual)
    click.echo(
        f"caseness: made a key for pseudonyms, {usual}. Keep it: with another key the pseudonyms are others.", err=True
    )
    return made


@contextmanager
def _opened(path: str, profile: str) -> Iterator[Record]:
    if is_derived(path):
        raise UnreadableRecord(
            f"{path} holds grains, and no record. Nothing was shown. Name the record that they were derived from."
        )
    if not is_address(path) and (Path(path) / MANIFEST).is_file():
        yield open_record(path)
        return
    with tempfile.TemporaryDirectory(prefix="caseness-case-") as folder:
        with working(f"Reading {name_of(path)} ..."):
            record = _read(path, Path(folder) / "record", profile)
        yield record


def _read(path: str, to: Path, profile: str) -> Record:
    if profile == PRACTICE_PROFILE:
        return read_practice(Path(path), to, Practice(read_on=find_today()))[0]
    return read_record(path, to)


def _list(listing: Listing, record: Record, path: str, chosen: dict[str, Any]) -> None:
    if chosen["as_json"]:
        courses = [asdict(one) for one in listing.courses]
        mark = mark_of(record.notes)
        print_json(
            {
                "purpose": INTENDED_PURPOSE,
                **({"synthetic": mark} if mark else {}),
                "total": listing.total,
                "courses": courses,
            }
        )
        return
    rows = tuple(
        (one.pseudonym, one.provider, "ended" if one.has_ended else "open", str(one.attended), str(one.treatments))
        for one in listing.courses
    )
    kind = f"{chosen['state']} courses" if chosen["state"] else "courses with an attended contact"
    title = f"{name_of(path)}, {kind}: {listing.total:,}. Shown, in the order of their pseudonyms: {len(rows)}"
    notes = tuple(filter(None, (INTENDED_PURPOSE, mark_of(record.notes))))
    print_tables([Table("courses", title, ("Case", "Provider", "State", "Attended", "Treatments"), rows, notes)])


# Said beside the case study, and not in it: a date of the record would give the other dates away.
def _say_until_when(case: Case) -> None:
    last = case.received + timedelta(days=case.known_until)
    click.echo(
        f"caseness: the record reaches to {last.isoformat()}. What happened since is not in the case study.", err=True
    )


def _tell(case: Case, out: Path | None, chosen: dict[str, Any]) -> None:
    study, spell = tell_case(case, chosen["dates"]), Spell(case.received if chosen["dates"] else None)
    texts = {
        "html": lambda: render_case(study, spell),
        "markdown": lambda: write_markdown(study),
        "json": lambda: json.dumps(study_to_plain(study), indent=2, ensure_ascii=False) + "\n",
    }
    if chosen["as_json"]:
        click.echo(texts["json"](), nl=False)
    elif out is None:
        click.echo(texts["markdown"](), nl=False)
    if out is not None:
        wanted = chosen["formats"] or FORMATS
        contents = {f"{case.pseudonym}.{_ENDINGS[form]}": texts[form]().encode() for form in FORMATS if form in wanted}
        for path in put_in_place(out, contents):
            click.echo(f"Wrote {path}. It is personal data.", err=True)
