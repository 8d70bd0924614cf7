"""The margins of what changed: last scores, and the Work and Social Adjustment Scale at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from caseness import engine
from caseness.synthetic.chapters_of_people import PROMS, SCORED_PROBLEMS, label_of
from caseness.synthetic.courses import Courses
from caseness.synthetic.facts import Facts
from caseness.synthetic.journey import scores_of
from caseness.synthetic.margin import Margin, amount, mean, rate
from caseness.synthetic.sample import Sample

OF_ONE_THERAPY = (
    f"{PROMS}: courses of one therapy. How last scores of all finished courses differ from them is not published"
)
OF_FIVE = f"{PROMS}: courses of one therapy. Compared are people with all five items at both ends"
MONTHLY = "measures_monthly.parquet, England, mean of the monthly values"
# Our name of each item of the facts, its code, its title, and the official measures: pairs, first mean, last mean.
ITEMS: Mapping[str, tuple[str, str, str]] = {
    "work": ("932621000000100", "work", "M212, M213, M215"),
    "home": ("932581000000100", "home", "M217, M218, M220"),
    "social": ("932611000000106", "social leisure", "M222, M223, M225"),
    "private": ("932591000000103", "private leisure", "M227, M228, M230"),
    "relationships": ("932601000000109", "relationships", "M232, M233, M235"),
}
_KEY = ("provider", "ServiceRequestId")


def last_scores(sample: Sample) -> Iterator[Margin]:
    """Last scores of finished courses, over all and by problem."""
    facts, courses, problem = sample.facts, sample.courses, sample.courses.problem
    yield from _last(facts, courses, "all", "all finished courses", courses.is_finished)
    for code in SCORED_PROBLEMS:
        yield from _last(facts, courses, code, label_of(facts, code), courses.is_finished & (problem == code))


def _last(facts: Facts, courses: Courses, code: str, label: str, members: np.ndarray) -> Iterator[Margin]:
    course = facts.course(code)
    for scale, title in (("phq9", "PHQ-9"), ("gad7", "GAD-7")):
        last = courses.numbers(f"{scale}_last")[members]
        last = last[~np.isnan(last)]
        end, deviation = getattr(course, f"{scale}_end"), getattr(course, f"{scale}_end_sd")
        count, value = len(last), float(last.mean()) if len(last) else None
        name, of = f"last.{code}.{scale}", f"{title}, {label}"
        yield mean(f"{name}.mean", f"Mean of last {of}", "scores", value, count, end, deviation, OF_ONE_THERAPY)
        if code == "all":
            spread, of_last = float(last.std()) if count > 1 else None, f"Standard deviation of last {of}"
            yield amount(f"{name}.sd", of_last, "scores", spread, count, deviation, PROMS)


def functioning(sample: Sample) -> Iterator[Margin]:
    """Each item of the scale at both ends and how many have both, and its total by problem."""
    facts, rows = sample.facts, _wsas(sample)
    by_item = {row["tool"]: row for row in engine.fetch(_of_items(rows)).to_pylist()}
    finished = float(sample.courses.is_finished.sum())
    for item, (code, title, measures) in ITEMS.items():
        held = by_item.get(code, {"pairs": 0, "first": None, "last": None})
        yield from _item(facts, item, title, held, finished, f"{MONTHLY}: {measures}")
    totals = {row["problem"]: row for row in engine.fetch(_totals(rows)).to_pylist()}
    pooled = _pool(totals.values())
    yield from _total(facts, "all", "all finished courses", pooled)
    for code in SCORED_PROBLEMS:
        yield from _total(facts, code, label_of(facts, code), totals.get(code, _pool(())))


# First and last score of each item and finished course: the last only where there are two.
def _wsas(sample: Sample) -> ibis.Table:
    courses = sample.courses
    every = courses.rows.select([*_KEY, "received", "ended"]).append_column(
        "problem", pa.array(courses.problem, pa.string())
    )
    finished = engine.load(every.filter(pa.array(courses.is_finished)))
    codes = [code for code, _title, _measures in ITEMS.values()]
    scores = scores_of(sample.tables, finished.drop("problem")).filter(_.tool.isin(codes))
    ends = scores.group_by(*_KEY, "tool").aggregate(
        first=_.score.argmin(_.day), last=ibis.ifelse(_.day.max() > _.day.min(), _.score.argmax(_.day), None)
    )
    paired = ends.filter(_.last.notnull()).inner_join(finished.select(*_KEY, "problem"), _KEY)
    return engine.load(engine.fetch(paired.select(*_KEY, "problem", "tool", "first", "last")))


def _of_items(rows: ibis.Table) -> ibis.Table:
    return rows.group_by("tool").aggregate(pairs=_.count(), first=_.first.mean(), last=_.last.mean())


def _totals(rows: ibis.Table) -> ibis.Table:
    people = rows.group_by(*_KEY, "problem").aggregate(items=_.count(), first=_.first.sum(), last=_.last.sum())
    whole = people.filter(_.items == len(ITEMS))
    return whole.group_by("problem").aggregate(pairs=_.count(), first=_.first.mean(), last=_.last.mean())


def _item(facts: Facts, item: str, title: str, held: Mapping, finished: float, source: str) -> Iterator[Margin]:
    pairs, chapter = held["pairs"], "functioning"
    share = facts.number(f"wsas.{item}.paired.share")
    name, of = f"wsas.{item}", f"WSAS, {title}"
    yield rate(f"{name}.paired", f"First and last score of {of}", chapter, pairs, finished, share, source)
    for end, word in (("start", "first"), ("end", "last")):
        published = facts.number(f"wsas.{item}.{end}")
        yield amount(f"{name}.{end}", f"Mean {word} score of {of}", chapter, held[word], pairs, published, source)


def _total(facts: Facts, code: str, label: str, held: Mapping) -> Iterator[Margin]:
    course = facts.course(code)
    for end, word in (("start", "first"), ("end", "last")):
        published, deviation = getattr(course, f"wsas_{end}"), getattr(course, f"wsas_{end}_sd")
        name, title = f"wsas.{code}.{end}", f"Mean of {word} WSAS, {label}"
        yield mean(name, title, "functioning", held[word], held["pairs"], published, deviation, OF_FIVE)


def _pool(groups: Iterable[Mapping]) -> dict:
    held = list(groups)
    pairs = sum(one["pairs"] for one in held)
    ends = {end: sum(one["pairs"] * one[end] for one in held) / pairs if pairs else None for end in ("first", "last")}
    return {"pairs": pairs, **ends}
