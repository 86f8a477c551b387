"""The record on SQLite: tables, sessions, migrations, tracks."""
