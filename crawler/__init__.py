"""Pure: the link-health and metadata crawler for curated link lists."""

__version__ = "0.1.0"
