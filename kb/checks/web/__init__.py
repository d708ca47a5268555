"""Links to other sites: asking, politely, whether they still lead somewhere."""

from kb.checks.web.answer import LinkAnswer, Outcome, web_addresses
from kb.checks.web.asking import Manners, ask

__all__ = ["LinkAnswer", "Manners", "Outcome", "ask", "web_addresses"]
