"""The official measures: algebra, chapters, catalogue and compile. Grains in, results out.

Measures read the grains that `derive` makes, one row a pathway and month, a contact, a log, a finished course or an employment
row, and never join. `compute` adds up every part in one pass for each clock, at the finest key that is asked for, and rolls up from there.
"""

from caseness.measures.aggregate import Grains
from caseness.measures.algebra import Clock, Condition, Measure
from caseness.measures.catalogue import (
    CHAPTERS,
    all_measures,
    all_official,
    chapter_of,
    choose,
    core_measures,
    find_measure,
    measures_in,
)
from caseness.measures.chapter import CATALOGUES, CORE, Chapter
from caseness.measures.clocks import whole_periods
from caseness.measures.columns import TEAM
from caseness.measures.computing import compute, needs_employment
from caseness.measures.lineage import columns_read, uids_read
from caseness.measures.places import LEVELS, UNKNOWN, Places, places_of_providers, read_places

__all__ = [
    "CATALOGUES",
    "CHAPTERS",
    "CORE",
    "LEVELS",
    "TEAM",
    "UNKNOWN",
    "Chapter",
    "Clock",
    "Condition",
    "Grains",
    "Measure",
    "Places",
    "all_measures",
    "all_official",
    "chapter_of",
    "choose",
    "columns_read",
    "compute",
    "core_measures",
    "find_measure",
    "measures_in",
    "needs_employment",
    "places_of_providers",
    "read_places",
    "uids_read",
    "whole_periods",
]
