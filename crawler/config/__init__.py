"""Pure: the settings, from their defaults, a TOML text, the environment and the command line."""

from crawler.config.settings import (
    DEFAULT_CONTACT,
    ConfirmSettings,
    FetchSettings,
    GuardSettings,
    HostSettings,
    NotifySettings,
    ReportSettings,
    ScheduleSettings,
    Settings,
)
from crawler.config.sources import load

__all__ = [
    "DEFAULT_CONTACT",
    "ConfirmSettings",
    "FetchSettings",
    "GuardSettings",
    "HostSettings",
    "NotifySettings",
    "ReportSettings",
    "ScheduleSettings",
    "Settings",
    "load",
]
