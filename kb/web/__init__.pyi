from .deadline import OverdueError as OverdueError
from .deadline import within as within
