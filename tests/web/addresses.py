"""The pages that the application resolves, so that no test lists them by hand."""

from dataclasses import dataclass

from django.urls import URLResolver, get_resolver

OURS = "caseness.web"


@dataclass(frozen=True)
class Address:
    """A page."""

    route: str
    name: str
    view: object
    converters: tuple[tuple[str, str], ...]

    def filled(self, values):
        """The address with values in the place of its parameters."""
        return "/" + self.pattern.format(**values)

    @property
    def pattern(self):
        """The address as `str.format` has it."""
        found = self.route
        for name, kind in self.converters:
            found = found.replace(f"<{kind}:{name}>", f"{{{name}}}")
        return found

    @property
    def is_ours(self):
        """Its view is one of this application, and not of a package."""
        return self.view.__module__.startswith(OURS)


def addresses(patterns=None, before="", converters=()):
    """All pages that the application resolves, but those of a package that were made absent."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        kinds = [(name, _kind(kind)) for name, kind in getattr(each.pattern, "converters", {}).items()]
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route, (*converters, *kinds))
        elif each.callback.__name__ != "absent":
            yield Address(route, each.name, each.callback, (*converters, *kinds))


def _kind(converter):
    return type(converter).__name__.removesuffix("Converter").replace("String", "Str").lower()
