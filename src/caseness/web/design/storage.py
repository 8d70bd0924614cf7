"""Where stylesheets and scripts are collected to be served."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Files under names that change with their content, so that a browser may keep them for ever.

    Where nothing was collected, as in tests, a file has the name that it has in the package.
    """

    def stored_name(self, name: str) -> str:
        """The name under which a file is served."""
        return super().stored_name(name) if self.hashed_files else name
