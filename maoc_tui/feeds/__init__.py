"""The outside world: each format or service is a small source of report batches."""
