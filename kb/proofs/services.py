"""Servers that recipes name: each starts inside the sandbox, on its loopback, and is there before the set-up runs.

What a set-up makes lies in `~/services`. Where a server can't start, the recipe is not tried: its set-up fails.
"""

from collections.abc import Iterable
from typing import Final

from kb.entry import ServiceName

_FOLDER: Final = "mkdir -p ~/services\n"
_HTTPS: Final = """\
openssl req -x509 -newkey rsa:2048 -nodes -keyout ~/services/https.key -out ~/services/https.crt -days 30 \\
  -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
openssl s_server -quiet -accept 127.0.0.1:8443 -key ~/services/https.key -cert ~/services/https.crt -www \\
  >~/services/https.log 2>&1 &
"""
_HTTP: Final = """\
mkdir -p ~/services/http && /usr/bin/python3 -m http.server 8080 --bind 127.0.0.1 --directory ~/services/http \\
  >~/services/http.log 2>&1 &
"""
# Without the tables of accounts it starts in a second, and lets everybody in. `~/.my.cnf` tells clients where it is.
_MARIADB: Final = """\
mkdir -p ~/services/mariadb
mariadbd --no-defaults --bootstrap --user="$(id -un)" --datadir="$HOME/services/mariadb" \
  </dev/null >~/services/mariadb.log 2>&1
(mariadbd --no-defaults --user="$(id -un)" --datadir="$HOME/services/mariadb" --socket="$HOME/services/mariadb.sock" \
  --pid-file="$HOME/services/mariadb.pid" --bind-address=127.0.0.1 --skip-grant-tables --skip-networking=0 \
  >>~/services/mariadb.log 2>&1 &)
printf '%s\\n' '[client]' "socket=$HOME/services/mariadb.sock" user=root >~/.my.cnf
"""
_POSTGRESQL: Final = """\
PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' :)
export PGHOST=127.0.0.1 PGUSER=postgres
initdb -D ~/services/postgresql -A trust -U postgres >~/services/initdb.log
pg_ctl -D ~/services/postgresql -o '-k /tmp -h 127.0.0.1' -l ~/services/postgresql.log -w start >~/services/pg_ctl.log
"""
_REDIS: Final = """\
redis-server --bind 127.0.0.1 --port 6379 --save '' --daemonize yes --dir ~/services --logfile redis.log >/dev/null
"""
# What a recipe says in a file `sshd_config` of its own comes first, and of two settings sshd takes the first.
_SSHD: Final = """\
mkdir -p -m 700 ~/.ssh
for kind in ed25519 rsa; do ssh-keygen -qt $kind -N '' -f ~/services/host_$kind; done
ssh-keygen -qt ed25519 -N '' -f ~/.ssh/deploy_key
cp ~/.ssh/deploy_key.pub ~/services/keys
cut -d' ' -f1,2 ~/services/host_*.pub | sed 's/^/[127.0.0.1]:2222 /' >~/.ssh/known_hosts
printf '%s\\n' "Include $PWD/sshd_config" "HostKey $HOME/services/host_ed25519" "HostKey $HOME/services/host_rsa" \
  'Port 2222' 'ListenAddress 127.0.0.1' "AuthorizedKeysFile $HOME/services/keys" 'StrictModes no' 'UsePAM no' \
  'PasswordAuthentication no' 'KbdInteractiveAuthentication no' 'PidFile none' >~/services/sshd_config
/usr/sbin/sshd -f ~/services/sshd_config -E ~/services/sshd.log
"""

SERVICES: Final[dict[ServiceName, tuple[str, int]]] = {
    "https-self-signed": (_HTTPS, 8443),
    "http": (_HTTP, 8080),
    "mariadb": (_MARIADB, 3306),
    "postgresql": (_POSTGRESQL, 5432),
    "redis": (_REDIS, 6379),
    "sshd": (_SSHD, 2222),
}
"""Name -> the commands that start it, and the port that it listens on."""


def starting(names: Iterable[ServiceName]) -> str:
    """The commands that start services and wait until each listens; nothing where none is named."""
    started = [SERVICES[name] for name in names]
    return _FOLDER + "".join(script + _waiting(port) for script, port in started) if started else ""


def _waiting(port: int) -> str:
    return (
        f"for turn in $(seq 200); do (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && break; sleep 0.05; done\n"
        f"(exec 3<>/dev/tcp/127.0.0.1/{port}) || {{ echo 'nothing listens on port {port}'; exit 1; }}\n"
    )
