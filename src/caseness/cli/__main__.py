"""`python -m caseness.cli` is `caseness`."""

from caseness.cli import main

main()
