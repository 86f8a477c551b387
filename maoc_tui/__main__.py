"""``python -m maoc_tui`` is ``maoc``."""

from maoc_tui.cli import main

if __name__ == "__main__":
    main()
