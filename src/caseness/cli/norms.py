"""`caseness norms fit`, `caseness norms show` and `caseness norms enable`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from caseness import __version__
from caseness.cli.clock import find_today
from caseness.cli.grains import Derived, How, derived, require_apart
from caseness.cli.marking import marked
from caseness.cli.options import output_options, rules_option
from caseness.cli.show import Table, answer, working
from caseness.derive import read_options
from caseness.errors import CannotWrite, say_why_not_written
from caseness.feedback.card import card_tables, render_card
from caseness.feedback.fitting import About, fit_norms
from caseness.feedback.norms import Norms
from caseness.feedback.norms_file import BadNorms, enable, read_norms, write_norms
from caseness.feedback.reading import choose_tools, cohorts, providers_of
from caseness.feedback.rules import read_rules
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.read.database import is_address


@click.group(name="norms")
def command() -> None:
    """Fit norms of expected courses to your own record, show them, and have them enabled."""


@command.command(name="fit")
@click.argument("path", metavar="DIR")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A file for the norms, in JSON."
)
@click.option(
    "--tool",
    "tools",
    multiple=True,
    help="A questionnaire, such as phq9. Repeat for more; without it: all that are scored.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that changes some of the numbers that norms go by.",
)
@rules_option()
def fit_command(path: str, out: Path, tools: tuple[str, ...], rules: Path | None, chosen: tuple[str, ...]) -> None:
    """Fit norms to the record at DIR, and judge them on people kept apart.

    DIR is a record, as for `caseness check`, or what `caseness derive --scores` made of one. Beside the file of norms
    their model card is written, in Markdown. No band is drawn before a clinical safety officer enables them.
    """
    picked, by = choose_tools(tools), read_rules(rules)
    _require_room(out)
    if not is_address(path):
        require_apart(Path(path), out)
    with derived(path, How(read_options(chosen), scores=True)) as given, working("Fitting norms ..."):
        fitted = fit_norms(cohorts(given.grains, by, picked), by, _about(given))
    norms = write_norms(fitted, out)
    _write_card(norms, out)
    _show(norms, as_json=False, out=None, formats=())


# What somebody enabled is in use, and what is no file of norms is somebody's.
def _require_room(out: Path) -> None:
    if out.suffix == ".md":
        raise click.UsageError(
            "The card is written beside the norms with the ending .md: give --out another, such as .json."
        )
    if not out.exists():
        return
    try:
        held = read_norms(out)
    except BadNorms as problem:
        raise CannotWrite(
            f"{out} is something else than norms, or damaged. Nothing was fitted. Choose another file."
        ) from problem
    if held.sign_off:
        raise CannotWrite(
            f"{out} was enabled by {held.sign_off.officer} on {held.sign_off.on}, and is not written over. Nothing was fitted. "
            "Choose another file, and have that enabled."
        )


def _about(given: Derived) -> About:
    grains = given.grains
    months = tuple(period.label for period in grains.periods)
    return About(given.name, providers_of(grains), months, grains.made_up, __version__, grains.options)


def _write_card(norms: Norms, beside: Path) -> None:
    card = beside.with_suffix(".md")
    try:
        card.write_text(render_card(norms), encoding="utf-8")
    except OSError as problem:
        raise CannotWrite(f"The card {card} was not written: {say_why_not_written(problem)}.") from problem
    for path in (beside, card):
        click.echo(f"Wrote {path}", err=True)


@command.command(name="show")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@output_options()
def show_command(file: Path, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """The model card of the norms in FILE: what they rest on, what their bands held, and how often signals were right."""
    _show(read_norms(file), as_json, out, formats)


def _show(norms: Norms, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    tables = [Table(one.id, one.title, one.columns, one.rows, one.notes) for one in card_tables(norms)]
    if out:
        marks = {"Intended purpose": INTENDED_PURPOSE, "Synthetic": norms.made_up}
        tables = [marked(one, marks) for one in tables]
    else:
        notes = tuple(filter(None, (norms.made_up, f"Intended purpose: {INTENDED_PURPOSE}")))
        tables[0] = replace(tables[0], notes=(*tables[0].notes, *notes))
    answer(tables, {"intended_purpose": INTENDED_PURPOSE, "norms": norms}, as_json, out, formats)


@command.command(name="enable")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--officer", required=True, help="The clinical safety officer, by name.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day on which they enable them."
)
def enable_command(file: Path, officer: str, day: datetime) -> None:
    """Enable the norms in FILE, for just what it holds now.

    Who enables them has read the model card, and answers for using them in this service. It is written into the file and
    into its card. Norms of made-up people, and those that did not pass, cannot be enabled.
    """
    norms = write_norms(enable(read_norms(file), officer, day.date(), find_today()), file)
    _write_card(norms, file)
    passed = sum(one.passes for one in norms.norms)
    click.echo(f"Enabled by {officer.strip()} on {day.date()}: {passed} of {len(norms.norms)} norms.")
