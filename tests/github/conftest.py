"""GitHub for tests."""

from against_stand_in import client, github, kb, new_client  # noqa: F401
