"""Every command, in the order of the help, with the one line that the help shows.

A command's module is loaded only when the command is asked for: this is the only lazy
import in the package, and its edges are counted by the architecture tests.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command of the command line: its name, its one line of help, and where it lives."""

    name: str
    help: str
    module: str


COMMANDS = (
    Command("audit", "Audit the programme, and write the report.", "caseness.cli.audit"),
    Command("ledger", "The journey from referral to recovery, stage by stage.", "caseness.cli.ledger"),
    Command("rates", "Every published rate recomputed, over every denominator.", "caseness.cli.rates"),
    Command("waits", "Waits to the first and to the second treatment, against the targets.", "caseness.cli.waits"),
    Command("trend", "Months and years, with limits, breaks and what is lowest since when.", "caseness.cli.trend"),
    Command("variation", "Services and groups that differ by more than chance.", "caseness.cli.variation"),
    Command("missing", "Worst and best case of each rate, for outcomes that nobody knows.", "caseness.cli.missing"),
    Command(
        "natural", "Who might have recovered anyway, by several estimates, and what remains.", "caseness.cli.natural"
    ),
    Command("cost", "What it cost in all and for each result, and what moves it.", "caseness.cli.cost"),
    Command("otherwise", "Scenarios of what the same money could buy.", "caseness.cli.otherwise"),
    Command("promise", "What was promised, what happened, and where the difference arises.", "caseness.cli.promise"),
    Command("assumptions", "Every number that is assumed, with its range and source.", "caseness.cli.assumptions"),
    Command(
        "programme", "A programme's stages, instruments and targets, and what is unknown.", "caseness.cli.programme"
    ),
    Command("practice-template", "Write an empty practice sheet, to fill in.", "caseness.cli.practice_template"),
    Command("claims", "Check claims about the programme against its published figures.", "caseness.cli.claims"),
    Command("record", "Read record-level submissions, and say what was found.", "caseness.cli.record"),
    Command("check", "Check a record, and say what is rejected and what to do.", "caseness.cli.check"),
    Command("derive", "Derive what NHS England derives, from a record.", "caseness.cli.derive"),
    Command("case", "Study one person's course from a record, without names.", "caseness.cli.case"),
    Command("derivations", "The derived columns: what each means and reads.", "caseness.cli.derivations"),
    Command("catalogue", "The official measures: meaning, formula, lineage and errata.", "caseness.cli.catalogue"),
    Command("measures", "Compute official measures from a record, and compare them.", "caseness.cli.measures"),
    Command("norms", "Fit norms of expected courses to your record, show and enable them.", "caseness.cli.norms"),
    Command("signals", "What is noticed in the open courses of a record, most urgent first.", "caseness.cli.signals"),
    Command("change", "Finished courses judged under every definition of change.", "caseness.cli.change"),
    Command("releases", "What the files of a folder are, and which figures they hold.", "caseness.cli.releases"),
    Command("fetch", "Fetch official releases into a folder.", "caseness.cli.fetch"),
    Command(
        "instruments", "Questionnaires, with their cut-offs, norms, codes and licences.", "caseness.cli.instruments"
    ),
    Command("organisations", "The organisations in a record, with their codes.", "caseness.cli.organisations"),
    Command("tables", "The tables of the record, and the columns of each.", "caseness.cli.tables"),
    Command("codes", "The code lists of the record, and what each code means.", "caseness.cli.codes"),
    Command(
        "synthesise", "Make up a record of people who do not exist, for tests and training.", "caseness.cli.synthesise"
    ),
    Command("doctor", "Whether this installation is in order.", "caseness.cli.doctor"),
    Command("completion", "Print the script that completes commands in a shell.", "caseness.cli.completion"),
)
