"""Backups: of the database and the attached files together, and the way from SQLite to PostgreSQL."""
