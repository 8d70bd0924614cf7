"""The options that commands share, so that one rule holds for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from caseness.audit.assumptions import Assumptions, read_assumptions, read_shipped_assumptions
from caseness.audit.record import Record, gather
from caseness.cli.show import FORMATS, working
from caseness.disclosure import OWN_USE, POLICIES
from caseness.published import Embedded, Releases, open_releases

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def releases_option() -> Decorator:
    """`--releases PATH`."""
    return click.option(
        "--releases",
        type=click.Path(path_type=Path),
        help="A file or folder of official releases. Without it: the embedded national figures.",
    )


def about_option() -> Decorator:
    """`--period` and `--organisation`."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option(
            "--organisation", help="A code, or a name that only one organisation has. Without it: England."
        )(function)
        return click.option(
            "--period", help="A financial year (2021-22) or a month (2021-04). Without it: the latest whole year."
        )(function)

    return decorate


def assumptions_option() -> Decorator:
    """`--assumptions FILE`."""
    return click.option(
        "--assumptions",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A file that changes some of what is assumed (see `caseness assumptions`).",
    )


def rules_option() -> Decorator:
    """`--assume RULE=OPTION`, for what is derived from a record."""
    return click.option(
        "--assume",
        "chosen",
        multiple=True,
        metavar="RULE=OPTION",
        help="Another option for a rule of deriving that is assumed (see `caseness assumptions`). May be repeated.",
    )


def open_assumptions(path: Path | None) -> Assumptions:
    """The assumptions that were asked for: those of the package, with a file's changes. A file that changes none is said to."""
    if path is None:
        return read_shipped_assumptions()
    assumed = read_assumptions(path)
    shipped = read_shipped_assumptions()
    if (assumed.numbers, assumed.entries) == (shipped.numbers, shipped.entries):
        click.echo(f"caseness: {path.name} changes no assumption: everything is as shipped.", err=True)
    return assumed


def output_options(
    formats: tuple[str, ...] = FORMATS, folder: str = "A folder to write into.", usual: tuple[str, ...] = ()
) -> Decorator:
    """`--json`, `--out` and `--format`. `usual` names the formats that are written unless others are asked for."""
    without = ", ".join(usual) if usual else "everything"

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")(function)
        function = click.option(
            "--format",
            "formats",
            multiple=True,
            type=click.Choice(formats),
            help=f"What to write into --out. Repeat for more; without it: {without}.",
        )(function)
        return click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=folder)(function)

    return decorate


def deprivation_option() -> Decorator:
    """`--deprivation`."""
    return click.option(
        "--deprivation",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A CSV file of the deciles of deprivation: Postcode, IndicesOfDeprivationDecile (1 is the most deprived).",
    )


def open_source(releases: Path | None) -> Embedded | Releases:
    """The source of figures that was asked for. What is damaged in it is said at once, whatever is asked of the rest."""
    if releases is None:
        return Embedded()
    with working(f"Opening the releases in {releases} ..."):
        opened = open_releases(releases)
    for said in opened.provenance().damaged:
        click.echo(f"caseness: {said}", err=True)
    return opened


def gather_record(releases: Path | None) -> Record:
    """The record that was asked for, laid out for counting."""
    source = open_source(releases)
    with working("Laying out the record ..."):
        return gather(source)


def policy_option(usual: str | None = OWN_USE.id, without: str = "") -> Decorator:
    """`--policy`. `without` says what holds where none is given and there is no usual one."""
    return click.option(
        "--policy",
        metavar="POLICY",
        default=usual,
        show_default=usual is not None,
        help=f"Under which disclosure policy they are let out: {', '.join(POLICIES)}, or a TOML file of your own.{without}",
    )
