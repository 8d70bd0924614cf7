"""What the worker does in each round, in this order."""

from __future__ import annotations

from datetime import timedelta

from caseness.web.accounts.old_sessions import remove_old_sessions
from caseness.web.attention.rounds import ROUNDS as OF_ATTENTION
from caseness.web.attention.rounds import Round
from caseness.web.exchange.rounds import do_transfers, remove_old_files

# What somebody may be in danger by comes before what takes long.
ROUNDS = (
    *OF_ATTENTION,
    Round("transfers", do_transfers, timedelta(minutes=1)),
    Round("old-sessions", remove_old_sessions, timedelta(hours=1)),
    Round("old-files", remove_old_files, timedelta(hours=1)),
)
