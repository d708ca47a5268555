from .client import GITLAB_SERVICE as GITLAB_SERVICE
from .client import GitLabClient as GitLabClient
