"""Use cases: the one place where store, feeds, geo and domain meet."""
