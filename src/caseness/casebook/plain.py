"""A case study as plain content, for JSON: what the page says, without the charts."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from caseness.casebook.blocks import Block, Picture, Study

# The layout of the file. A field that is added raises the second number, one that changes or goes the first.
VERSION = "1.0.0"


def study_to_plain(study: Study) -> dict[str, Any]:
    """A case study as mappings, lists and text."""
    return {
        "schema_version": VERSION,
        "title": study.title,
        "purpose": study.purpose,
        **({"synthetic": study.made_up} if study.made_up else {}),
        "warnings": list(study.warnings),
        "lead": study.lead,
        "chapters": [
            {"id": one.id, "heading": one.heading, "blocks": [_plain(block) for block in one.blocks]}
            for one in study.chapters
        ],
    }


# A chart is told by its alternative; its numbers are those of the table below it.
def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        return {"kind": block.kind, "id": block.id, "alternative": block.alternative}
    return {"kind": block.kind, **{each.name: _listed(getattr(block, each.name)) for each in fields(block)}}


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, tuple) else value
