"""The official measures: algebra, chapters, catalogue and compile. Grains in, results out.

Measures read the grains that `derive` makes, one row a pathway and month, a contact, a log or a finished course, and never
join. `compute` adds up every part in one pass for each clock, at period, provider and commissioner, and rolls up from there.
"""

from caseness.measures.aggregate import Grains
from caseness.measures.algebra import Clock, Condition, Measure
from caseness.measures.catalogue import CHAPTERS, all_measures, all_official, chapter_of, choose, find_measure
from caseness.measures.chapter import Chapter
from caseness.measures.clocks import whole_periods
from caseness.measures.computing import compute
from caseness.measures.lineage import columns_read, uids_read
from caseness.measures.places import LEVELS, UNKNOWN, Places, places_of_providers, read_places

__all__ = [
    "CHAPTERS",
    "LEVELS",
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
    "find_measure",
    "places_of_providers",
    "read_places",
    "uids_read",
    "whole_periods",
]
