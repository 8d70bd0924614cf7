"""A page as a reader of its source sees it: elements, their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "path", "rect", "line"}


@dataclass
class Element:
    tag: str
    attributes: dict
    parent: "Element | None" = None
    pieces: list = field(default_factory=list)

    @property
    def text(self):
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def walk(self):
        yield self
        for piece in self.pieces:
            if isinstance(piece, Element):
                yield from piece.walk()

    def all(self, *tags):
        return [one for one in self.walk() if one.tag in tags]

    def with_attribute(self, name):
        return [one for one in self.walk() if name in one.attributes]

    def has_class(self, name):
        return name in (self.attributes.get("class") or "").split()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.here = Element("root", {})

    def handle_starttag(self, tag, attrs):
        one = Element(tag, dict(attrs), self.here)
        self.here.pieces.append(one)
        if tag not in VOID:
            self.here = one

    def handle_startendtag(self, tag, attrs):
        self.here.pieces.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.here.tag == tag, f"<{self.here.tag}> is closed by </{tag}>"
            self.here = self.here.parent

    def handle_data(self, data):
        self.here.pieces.append(data)


def read_html(text):
    """The elements of a page. Fails where one is not closed."""
    reader = _Reader()
    reader.feed(text)
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root
