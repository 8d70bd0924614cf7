"""Official releases, and the embedded national facts, as figures in the one shape."""

from caseness.published.embedded import Embedded
from caseness.published.releases import Ignored, Release, Releases, open_releases

__all__ = ["Embedded", "Ignored", "Release", "Releases", "open_releases"]
