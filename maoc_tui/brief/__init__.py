"""The daily brief as values: a document for one recipient, what changed in it, and every form it is written in."""
