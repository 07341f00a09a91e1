"""Pure: the settings, from their defaults, a TOML text, the environment and the command line."""

from crawler.config.loading import load
from crawler.config.reach import Reach, reach
from crawler.config.settings import (
    DEFAULT_CONTACT,
    LOCAL_CLUSTER,
    ArchiveSettings,
    ConfirmSettings,
    CrawlSettings,
    FetchSettings,
    FixSettings,
    GuardSettings,
    HostSettings,
    ListSettings,
    NotifySettings,
    ReportSettings,
    ScheduleSettings,
    Settings,
    is_credential,
)
from crawler.config.value_types import ArchiveKind

__all__ = [
    "DEFAULT_CONTACT",
    "LOCAL_CLUSTER",
    "ArchiveKind",
    "ArchiveSettings",
    "ConfirmSettings",
    "CrawlSettings",
    "FetchSettings",
    "FixSettings",
    "GuardSettings",
    "HostSettings",
    "ListSettings",
    "NotifySettings",
    "Reach",
    "ReportSettings",
    "ScheduleSettings",
    "Settings",
    "is_credential",
    "load",
    "reach",
]
