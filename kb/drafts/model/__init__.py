"""Drafts by a model: from facts with names to statements with sources, guarded whatever the model has read."""

from kb.drafts.model.answer import SECTIONS
from kb.drafts.model.asking import ask, messages_for, tokens_at_most
from kb.drafts.model.client import ModelBusyError, ModelClient, ModelError
from kb.drafts.model.guards import Guards
from kb.drafts.model.hosts import hosts_of
from kb.drafts.model.proposing import Proposal, Proposing, open_sections
from kb.drafts.model.settings import ModelSettings, SettingsError, model_settings
from kb.drafts.model.sources import SourceText, source_of, within_bounds

__all__ = [
    "SECTIONS",
    "Guards",
    "ModelBusyError",
    "ModelClient",
    "ModelError",
    "ModelSettings",
    "Proposal",
    "Proposing",
    "SettingsError",
    "SourceText",
    "ask",
    "hosts_of",
    "messages_for",
    "model_settings",
    "open_sections",
    "source_of",
    "tokens_at_most",
    "within_bounds",
]
