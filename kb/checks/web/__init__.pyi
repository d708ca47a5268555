from .answer import LinkAnswer as LinkAnswer
from .answer import Outcome as Outcome
from .answer import web_addresses as web_addresses
from .asking import Manners as Manners
from .asking import ask as ask
