"""The page of the manual on the settings of the practice application."""

from __future__ import annotations

from reference_pages import code, table

from caseness.web.variables import FILE, VARIABLES, Variable

_OPENING = f"""# Settings of the practice application

All are variables of the environment. [How to run it](../how-to/run-the-application.md) shows them in use. A name that begins with `CASENESS_WEB_` and is not in
this list is refused, with the one that was probably meant. A secret can stand in a file instead: the variable with `{FILE}` at its end names it.

Production is what runs where `CASENESS_WEB_MODE` is not set. What stands under "refused" keeps it from starting, and so does a database that lacks a
migration or that holds a made-up service.

"""


def web_settings_page() -> str:
    """Every variable, with its default and what production refuses of it."""
    rows = ((code(one.full_name), one.meaning, _default(one), one.refused, _file(one)) for one in VARIABLES)
    return _OPENING + table(
        ("variable", "meaning", "where it is not set", "refused in production", "may stand in a file"), rows
    )


def _default(one: Variable) -> str:
    return one.otherwise or (code(one.default) if one.default else "none")


def _file(one: Variable) -> str:
    return code(one.full_name + FILE) if one.is_secret else ""
