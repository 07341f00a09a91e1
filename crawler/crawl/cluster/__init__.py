"""IO: shards on other machines: on the workers of a Dask cluster."""

import importlib.util

from crawler.errors import ConfigError

_MISSING = (
    "crawl.cluster is set, but Dask is not installed; pip install 'resource-crawler[cluster]', or"
    " set no cluster"
)


def require() -> None:
    """Returns if shards can be sent to a cluster.

    Raises:
        ConfigError: Dask is not installed.
    """
    if importlib.util.find_spec("distributed") is None:
        raise ConfigError(_MISSING)
