"""Work that is done at once: as many pieces as there are threads, and what they give in the order of the pieces."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")


def in_order(pieces: Iterable[Callable[[], Given]], threads: int) -> Iterator[Given]:
    """What each piece of work gives, in their order. At most one more than `threads` is ready or under way.

    It is for work on arrays, which numpy and Arrow do outside the interpreter's lock. A piece that fails raises here.

    Examples
    --------
    >>> list(in_order((lambda i=i: i * i for i in range(4)), threads=2))
    [0, 1, 4, 9]
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Given]] = deque()
        for piece in pieces:
            waiting.append(pool.submit(piece))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
