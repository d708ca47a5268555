"""Drafts by a model: from facts with names to statements with sources, guarded whatever the model has read."""

from kb.drafts.model.analysing import ANALYSED, Analysis, analysis_of, source_of_fix
from kb.drafts.model.answer import SECTIONS
from kb.drafts.model.asking import Asked, ask, messages_for, tokens_at_most
from kb.drafts.model.client import Message, ModelBusyError, ModelClient, ModelError
from kb.drafts.model.evaluating import DraftEvaluation, Judged, counted_up, facts_of_entry, guards_of, judged
from kb.drafts.model.guards import Guards
from kb.drafts.model.hosts import hosts_in, hosts_of
from kb.drafts.model.proposing import Outcome, Proposal, Proposing, open_sections
from kb.drafts.model.settings import ModelSettings, SettingsError, model_settings
from kb.drafts.model.sources import SourceText, source_of, within_bounds
from kb.drafts.model.taking import Dropped, Said

__all__ = [
    "ANALYSED",
    "SECTIONS",
    "Analysis",
    "Asked",
    "DraftEvaluation",
    "Dropped",
    "Guards",
    "Judged",
    "Message",
    "ModelBusyError",
    "ModelClient",
    "ModelError",
    "ModelSettings",
    "Outcome",
    "Proposal",
    "Proposing",
    "Said",
    "SettingsError",
    "SourceText",
    "analysis_of",
    "ask",
    "counted_up",
    "facts_of_entry",
    "guards_of",
    "hosts_in",
    "hosts_of",
    "judged",
    "messages_for",
    "model_settings",
    "open_sections",
    "source_of",
    "source_of_fix",
    "tokens_at_most",
    "within_bounds",
]
