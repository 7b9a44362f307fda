"""`python -m contested` is the command `contested`."""

from __future__ import annotations

import sys

from contested.cli import main

if __name__ == "__main__":
    sys.exit(main())
