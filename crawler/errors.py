"""Pure: our exceptions, for our own inability to go on; a broken link is a value, never one of these.

CrawlerError            the base; its text is complete as it stands: place, fault, next step
├── ConfigError         the settings cannot be used
├── ResourcesError      the list of resources cannot be used
└── StoreError          the database, its lock or its folder cannot be used
"""


class CrawlerError(Exception):
    """The crawler cannot go on."""


class ConfigError(CrawlerError):
    """A setting is unknown, of the wrong type or out of its range: exit status 2."""


class ResourcesError(CrawlerError):
    """The list has a structural fault, told as ``file:line: what and what to do``: exit status 2."""


class StoreError(CrawlerError):
    """A file or folder of ours cannot be read or written, is not ours, or is in use: exit status 3."""
