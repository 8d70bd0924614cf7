"""A command of `caseness-web`, run in this process as from a shell."""

import contextlib
import io

import pytest

from caseness.web.__main__ import main


def run(*words):
    """The exit code, and all that was said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code or 0, said.getvalue()
