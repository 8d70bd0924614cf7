"""An independent audit of England's talking therapies programme, from its published record."""

__version__ = "0.1.0"
