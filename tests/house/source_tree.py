"""The source of the package as the architecture tests see it: modules, functions and edges."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# A string such as "caseness.cli.audit" or "caseness.cli.audit:audit": the table of commands holds these.
MODULE_IN_A_STRING = re.compile(r"^caseness(\.\w+)+(:\w+)?$")


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part directly under `caseness` that the module lives in."""
        return self.name.split(".")[1] if "." in self.name else self.name

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Edge:
    """One module asks for another, now or when one of its functions is called."""

    importer: str
    imported: str
    line: int
    lazy: bool
    # A name in a string is an edge too, where a table of commands holds it.
    in_a_string: bool = False


@cache
def settings() -> dict:
    """pyproject.toml, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def layers() -> tuple[str, ...]:
    """The rooms of the house in the order in which a datum passes, lowest first."""
    contract = settings()["tool"]["importlinter"]["contracts"][0]
    return tuple(layer.strip("()") for layer in reversed(contract["layers"]))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(_read(path) for path in sorted((SOURCE / "caseness").rglob("*.py")))


def _read(path: Path) -> Module:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text()
    return Module(name, path, text, ast.parse(text))


def edges(module: Module) -> Iterator[Edge]:
    """Every import of a module, whether at the top, in a function, or by a name in a string."""
    lazy = {id(node) for function in functions(module.tree) for node in ast.walk(function)}
    for node in ast.walk(module.tree):
        for name in _imported(node, module):
            yield Edge(module.name, name, node.lineno, id(node) in lazy)
        if isinstance(node, ast.Constant) and _names_another_module(node.value, module):
            yield Edge(module.name, node.value.partition(":")[0], node.lineno, True, in_a_string=True)


# `caseness.toml` is a file, not a module: only what begins with a room of the house counts. A module that
# names its own package looks for a file that lies beside it, and loads nothing.
def _names_another_module(value: object, module: Module) -> bool:
    if not isinstance(value, str) or not MODULE_IN_A_STRING.match(value):
        return False
    return value.split(".")[1] in layers() and not f"{module.package}.".startswith(f"{value}.")


def _imported(node: ast.AST, module: Module) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [_module_of(_origin(node, module), alias.name) for alias in node.names]
    return []


# `from caseness import periods` names a module; `from caseness.periods import month` names what is in one.
def _module_of(origin: str, name: str) -> str:
    path = SOURCE.joinpath(*origin.split("."), name)
    return f"{origin}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else origin


def _origin(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, also those inside others."""
    return [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every call by its dotted name, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def function_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring: a numerical one is long, and should be."""
    docstring = 0
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        docstring = first.end_lineno - first.lineno + 1
    return function.end_lineno - function.lineno + 1 - docstring


def place(module: Module, line: int) -> str:
    """Where something stands, as an editor opens it."""
    return f"{module.path.relative_to(ROOT)}:{line}"


def longest_functions(count: int) -> list[tuple[int, str]]:
    """The longest functions of the package, with their lines and where they stand."""
    return sorted(measured_functions(), reverse=True)[:count]


@cache
def measured_functions() -> tuple[tuple[int, str], ...]:
    """Every function of the package, with its lines and where it stands."""
    return tuple(
        (function_lines(function), f"{place(module, function.lineno)} {function.name}")
        for module in modules()
        for function in functions(module.tree)
    )
