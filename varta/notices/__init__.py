"""Notices by e-mail, SMS and Telegram: an outbox in the database, and the ways out."""
