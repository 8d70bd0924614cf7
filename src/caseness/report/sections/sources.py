"""Provenance: which files the figures rest on, and how to make this report again."""

from __future__ import annotations

from caseness.audit.run import Audit
from caseness.disclosure import POLICIES
from caseness.report.blocks import Block, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.pointers import Held
from caseness.report.sentence import say
from caseness.report.table import Table, numbers, words
from caseness.results import ENGLAND


def tell_sources(audit: Audit) -> Section:
    """The section of the provenance."""
    provenance = audit.provenance
    versions = say(
        f"Caseness {provenance.package_version}; definitions {provenance.definitions_version}; "
        f"results schema {provenance.schema_version}."
    )
    blocks: list[Block] = [Paragraph(versions), *_files(audit), Heading("Make it again", "rerun"), *_rerun(audit)]
    blocks += _ignored(audit)
    return Section("sources", "Sources, and how to make this report again", tuple(blocks))


def _files(audit: Audit) -> list[Block]:
    sources = audit.provenance.sources
    if not sources:
        return [absent(_NO_FILE[audit.record.is_computed])]
    columns = (
        words("file", "File"), words("layout", "Layout"), words("periods", "Periods"), numbers("bytes", "Bytes"),
        words("sha256", "SHA-256"), words("licence", "Licence"), words("attribution", "Attribution"),
    )  # fmt: skip
    rows = tuple(
        (one.name, one.layout, one.periods, Held(one, "bytes"), one.sha256, one.licence, one.attribution)
        for one in sources
    )
    return [Grid(Table("sources", "The files that the figures were taken from", columns, rows))]


_NO_FILE = {
    False: "The figures were handed over as results in memory: no file is named.",
    True: "The figures were counted from the rows of a record. Its files are not named here; `caseness record` lists them.",
}


def _rerun(audit: Audit) -> list[Block]:
    return [
        Paragraph(say(f"Run: {command(audit)}"), "command"),
        Paragraph(say(
            "The page, the JSON and the CSV files are the same to the byte when the same version reads the same files. "
            "Every number on this page stands in audit.json, at the place that its data-ref attribute names."
        )),
    ]  # fmt: skip


def command(audit: Audit) -> str:
    """The command that makes this audit again. Where the releases lie is for the reader to say."""
    subject = audit.subject
    sources = audit.provenance.sources
    is_embedded = bool(sources) and all(one.name.startswith("embedded:") for one in sources)
    given = ["--records DIR"] if audit.record.is_computed else ["--releases PATH"]
    releases = [] if is_embedded else given
    under = audit.disclosure
    policy = [] if not audit.record.is_computed or under.is_own_use else [f"--policy {_named(under.policy)}"]
    organisation = [] if subject.organisation == ENGLAND else [f"--organisation {subject.organisation}"]
    return " ".join(
        ["caseness audit", *releases, *policy, f"--period {subject.period.label}", *organisation, "--out DIR"]
    )


# A policy of one's own is a file, and where it lies is for the reader to say.
def _named(policy: str) -> str:
    return policy if policy in POLICIES else f"{policy}.toml"


def _ignored(audit: Audit) -> list[Block]:
    ignored = audit.provenance.ignored
    return [Heading("Not read", "ignored"), Items(tuple(say(one) for one in ignored))] if ignored else []
