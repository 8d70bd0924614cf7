"""`caseness releases show`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.cli.options import open_source, output_options
from caseness.cli.show import Table, answer
from caseness.published import Releases


@click.group(name="releases")
def command() -> None:
    """What the files of a folder are, and which figures they hold."""


@command.command(name="show")
@click.argument("path", type=click.Path(path_type=Path))
@output_options()
def show(path: Path, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """List the releases at PATH, what is taken from each, and what is no release and why."""
    opened = open_source(path)
    assert isinstance(opened, Releases), f"Unhandled {opened!r}"
    provenance = opened.provenance()
    read = Table(
        "releases",
        f"{_many(len(provenance.sources), 'release')} in {path}",
        ("File", "Layout", "Periods", "Figures", "SHA-256"),
        tuple(
            (release.name, release.layout.title, source.periods, f"{release.rows:,}", release.sha256[:12])
            for release, source in zip(opened.releases, provenance.sources, strict=True)
        ),
        (*provenance.damaged, *provenance.notes),
    )
    ignored = Table(
        "ignored",
        f"{_many(len(opened.ignored), 'file')} ignored",
        ("File", "Why"),
        tuple((one.name, one.why) for one in opened.ignored),
    )
    answer([read, ignored], provenance, as_json, out, formats)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
