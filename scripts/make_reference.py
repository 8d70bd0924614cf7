"""Write the pages of the manual that say what the code says, and run again the commands that it shows.

`make docs` and `make fix` write them. A test compares them with what would be written, so that a
page cannot fall behind the code.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
import hazard_log
import reference_annual
import reference_application
import reference_assumptions
import reference_breakdowns
import reference_derivations
import reference_instruments
import reference_measures
import reference_pages as pages_of
import reference_practice
import reference_programme
import reference_record
import reference_rules
import reference_synthetic
import reference_synthetic_facts
import reference_tables as tables_of
import reference_web
import threat_log
from manual_examples import can_run, example_pages, rerun

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SAFETY = ROOT / "docs" / "safety"
RELEASES = ROOT.parent / "shared" / "data" / "published"
# At the end: a page that does not open with its title is named after its file.
MARK = "<!-- Written by scripts/make_reference.py from the code. Change the code, then run `make docs`. -->\n"


def pages() -> dict[Path, str]:
    """Every generated page, with its text."""
    made = {
        "commands": pages_of.commands_page(),
        "settings": pages_of.settings_page(),
        "web-settings": reference_web.web_settings_page(),
        "errors": pages_of.errors_page(),
        "results": pages_of.results_page(),
        "figures": tables_of.figures_page(),
        "counts": tables_of.counts_page(),
        "programme": reference_programme.programme_page(),
        **reference_programme.other_programme_pages(),
        "practice-sheet": reference_practice.practice_page(),
        "identities": tables_of.identities_page(),
        "layouts": tables_of.layouts_page(),
        "glossary": tables_of.glossary_page(),
        "assumptions": reference_assumptions.assumptions_page(),
        "instruments": reference_instruments.instruments_page(),
        "derivations": reference_derivations.derivations_page(),
        "rules": reference_rules.rules_page(),
        **reference_measures.measure_pages(),
        "breakdowns": reference_breakdowns.breakdowns_page(),
        "annual-report": reference_annual.annual_page(),
        "tables": reference_record.tables_page(),
        "record-in-the-application": reference_application.application_page(),
        "codes": reference_record.codes_page(),
        "synthetic-facts": reference_synthetic_facts.synthetic_facts_page(),
        "synthetic": reference_synthetic.synthetic_page(),
    }
    placed = {REFERENCE / f"{name}.md": text for name, text in made.items()}
    placed[SAFETY / "hazard-log.md"] = hazard_log.hazard_page()
    placed[SAFETY / "THREATS.md"] = threat_log.threat_page()
    return {path: f"{text.rstrip()}\n\n{MARK}" for path, text in placed.items()}


# The manual lists every error of the package, and the application's modules are loaded for that.
def prepare() -> None:
    """Let the modules of the practice application be loaded."""
    os.environ.setdefault("CASENESS_WEB_MODE", "demonstration")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseness.web.settings")
    django.setup()


def main() -> int:
    """Write each page that has changed, and say which. Commands on releases need `../shared/data`."""
    prepare()
    REFERENCE.mkdir(exist_ok=True)
    for path, text in pages().items():
        _write(path, text)
    if "--examples" in sys.argv:
        for path in example_pages(ROOT / "docs"):
            text = path.read_text(encoding="utf-8")
            if can_run(text, RELEASES):
                _write(path, rerun(text, RELEASES))
    return 0


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(f"Wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
