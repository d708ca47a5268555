from .kept_answers import NothingReachedError as NothingReachedError
from .kept_answers import link_answers as link_answers
from .kept_results import Result as Result
from .whole import checked as checked
from .whole import loaded as loaded
from .whole import mended as mended
from .whole import problems_of as problems_of
