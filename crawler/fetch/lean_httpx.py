"""IO: httpx without the command line that it brings along: rich, Pygments and click in 5 MB and 50 ms.

It does without what cannot be imported; whoever wants it later on can still have it.
"""

import sys
from importlib import import_module

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]  # the documented way to refuse it
    import_module("httpx")
    del sys.modules[_COMMAND_LINE]
