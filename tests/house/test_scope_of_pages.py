"""Pages of the practice application reach data through the reader, and never through a model itself."""

import ast

import pytest

from house.source_tree import Module, modules, place

# What leads to all rows of a model, whoever reads.
OPEN_DOORS = {"objects", "_base_manager", "_default_manager"}
MARKS = {"page", "for_any_member", "for_anyone"}
# A class named so is what a page shows, or what is typed into one.
SHOWN = ("Page", "Form")


def is_of_pages(module):
    """The module has a view, a page object or a form."""
    return any(
        _is_shown(node) if isinstance(node, ast.ClassDef) else _is_a_view(node)
        for node in module.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    )


def _is_shown(node):
    return node.name.endswith(SHOWN)


def _is_a_view(node):
    names = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return any(isinstance(each, ast.Name) and each.id in MARKS for each in names)


def open_doors(module):
    """Each line that reaches all rows of a model, or all that lead to one from another."""
    return [
        place(module, node.lineno)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in OPEN_DOORS
    ]


def from_text(text):
    return Module("caseness.web.x.views", modules()[0].path, text, ast.parse(text))


OF_PAGES = [module for module in modules() if module.room == "web" and is_of_pages(module)]


@pytest.mark.parametrize("module", OF_PAGES, ids=lambda module: module.name)
def test_pages_reach_data_through_the_reader(module):
    assert not open_doors(module), "Take a function of a module named scope, which is given the reader."


def test_pages_are_found():
    names = {module.name for module in OF_PAGES}
    assert {"caseness.web.attention.views", "caseness.web.services.forms", "caseness.web.services.people_page"} <= names
    assert "caseness.web.caseload.scope" not in names


@pytest.mark.parametrize("door", sorted(OPEN_DOORS))
@pytest.mark.parametrize(
    "kind", ["@page(X)\ndef show(request):\n    ", "class SomePage:\n    ", "@for_anyone\ndef a():\n    "]
)
def test_an_open_door_is_seen(door, kind):
    module = from_text(f"{kind}return_ = Client.{door}.all()")
    assert is_of_pages(module)
    assert open_doors(module)


def test_a_module_of_neither_may_open_them():
    assert not is_of_pages(from_text("def find(reader):\n    return Client.objects.all()"))
