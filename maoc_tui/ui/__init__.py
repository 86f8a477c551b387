"""Screens and widgets: they know desk snapshots, never SQL or HTTP."""
