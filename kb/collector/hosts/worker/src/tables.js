/** What the server and the worker share, written from Python by tests, not by hand. */

export const SIGNALS = {"works": "Works", "easy_fix": "Easy fix", "time_saver": "Time saver", "blocking": "Blocking", "common_issue": "Common issue", "flaky": "Flaky / intermittent", "verified": "Verified / reproducible"};
export const WORDS_OF_HELPFUL = {"helpful": "Helpful: Yes", "unhelpful": "Helpful: No"};
export const HELPFUL = "helpful";
export const UNHELPFUL = "unhelpful";
export const OF_WORKAROUNDS = "works";
export const LEFT = 400;
export const MOST_WORDS = 40;
export const MOST_LINES = 4;
export const LONGEST_LINE = 2000;
export const QUOTED = "(?<!\\w)(?:'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|`[^`'\n]{1,200}['`]|\u2018[^\u2019\n]{1,200}\u2019|\u201c[^\u201d\n]{1,200}\u201d|\u00ab[^\u00bb\n]{1,200}\u00bb)(?!\\w)";
export const WORD = "(?=.{1,30}$)(?:[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){0,4}|[A-Z]{1,16}(?:_[A-Z]{1,16}){0,5}|[A-Za-z]?[a-z]{1,20}(?:['\\u2019-][a-z]{1,20}){1,3}|(?:E|TS|CS|ORA-|MSB|NU|LNK|C)[0-9]{3,5})";
export const EDGES = "()[]{}<>.,:;!?'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb|*";
export const NAMING = ["account", "attribute", "author", "branch", "bucket", "called", "class", "cluster", "column", "command", "container", "database", "db", "directory", "domain", "email", "file", "folder", "function", "host", "hostname", "id", "image", "index", "job", "key", "login", "method", "module", "name", "named", "namespace", "owner", "package", "passphrase", "passwd", "password", "pod", "project", "queue", "remote", "repo", "repository", "role", "schema", "secret", "server", "service", "table", "target", "tenant", "token", "topic", "user", "username", "variable"];
export const NOT_NAMES = ["a", "access", "already", "an", "and", "any", "are", "at", "authentication", "be", "but", "by", "called", "can", "cannot", "could", "defined", "denied", "did", "do", "does", "error", "exception", "exist", "exists", "expired", "failed", "failure", "file", "files", "for", "from", "had", "has", "have", "imported", "in", "incorrect", "invalid", "is", "it", "its", "key", "keys", "may", "might", "missing", "must", "name", "named", "names", "no", "not", "of", "on", "or", "path", "permission", "permissions", "required", "should", "that", "the", "this", "to", "unknown", "used", "verification", "version", "was", "were", "which", "will", "with", "without", "you", "your"];
