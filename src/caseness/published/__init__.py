"""Official releases, and the embedded national facts, as figures in the one shape."""

from caseness.published.embedded import Embedded
from caseness.published.percentages import Percentage, all_percentages
from caseness.published.releases import Ignored, Release, Releases, open_releases
from caseness.published.revisions import Revision, Revisions, list_revisions, list_revisions_within
from caseness.published.scan import Impossible, PercentageScan, Scan, scan_releases

__all__ = [
    "Embedded",
    "Ignored",
    "Impossible",
    "Percentage",
    "PercentageScan",
    "Release",
    "Releases",
    "Revision",
    "Revisions",
    "Scan",
    "all_percentages",
    "list_revisions",
    "list_revisions_within",
    "open_releases",
    "scan_releases",
]
