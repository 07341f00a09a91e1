"""IO: imports httpx without its command line: rich, Pygments and click cost 5 MB and 50 ms.

httpx works without its command line when that cannot be imported; others can still import it later.
"""

import sys
from importlib import import_module

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]  # makes its import fail
    import_module("httpx")
    del sys.modules[_COMMAND_LINE]
