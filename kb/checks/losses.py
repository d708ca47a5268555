"""Programs that delete or overwrite data, and with which arguments they do."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final

from kb.checks.commands import SUBSTITUTED, filled_later, program_name, short_flags

Judge = Callable[[tuple[str, ...]], str | None]
"""From the words after a program to what it does with them, if that is harm."""

_CACHES: Final = ("/var/lib/apt/lists/", "/var/cache/apt/", "/var/cache/apk/", "/var/cache/dnf", "/var/cache/yum")
"""What every image is built without: the lists of packages, which the next update fetches again."""
_POWERSHELL: Final = re.compile(
    r"-(?:r(?:e(?:c(?:u(?:r(?:s(?:e)?)?)?)?)?)?|fo(?:r(?:ce?)?)?)(?::\$?\w+)?", re.IGNORECASE
)
"""`-Recurse` and `-Force`, which PowerShell takes in any form that is long enough to be told from others."""
_FOLDERS_TOO: Final = re.compile(r"(?:/[a-z])*/s(?:/[a-z])*", re.IGNORECASE)
"""Switches of cmd, one of them `/s`."""
_DEVICE: Final = re.compile(r"(?:/dev/(?!(?:null|zero|stdout|stderr|tty|fd|shm)\b)|(?:\\\\|//)[.?][\\/])")
r"""A device of Unix, or of Windows (`\\.\PhysicalDrive0`)."""
_NAMES_A_DEVICE: Final = re.compile(
    r"(?:.*[_\W\d])?(?:dev|device|disk|drive|partition|usb|sd_?card)(?:_?(?:path|name|id))?\d?"
)
_NAMES_A_FILE: Final = re.compile(r"file|path|image|img|iso|swap|out|backup|dump")
_NAMES_A_DRIVE: Final = re.compile(r"drive|volume|disk|letter")
_DELETERS: Final = frozenset({"rm", "unlink", "shred", "del", "rmdir"})


def _rm(words: tuple[str, ...]) -> str | None:
    flags = short_flags(words)
    operands = [word for word in words if not word.startswith("-")]
    if operands and all(word.startswith(_CACHES) for word in operands):
        return None
    if flags & {"r", "R"} or "--recursive" in words:
        return "deletes folders with all that is in them"
    return "deletes folders with all that is in them" if any(map(_POWERSHELL.fullmatch, words)) else None


def _remove_item(words: tuple[str, ...]) -> str | None:
    return "deletes all that is in a folder" if any(map(_POWERSHELL.fullmatch, words)) else None


def _git(words: tuple[str, ...]) -> str | None:
    rest = [word for word in words if not word.startswith(("-C", "-c"))]
    verb = next((word for word in rest if not word.startswith("-")), "")
    flags = short_flags(words)
    forced = "f" in flags or "--force" in words
    if verb == "push":
        if forced or "--mirror" in words or any(word.startswith("+") and len(word) > 1 for word in words):
            return "overwrites the branch that others pull from"
        is_deleted = (
            "d" in flags or "--delete" in words or any(word.startswith(":") and len(word) > 1 for word in words)
        )
        return "deletes a branch that others use" if is_deleted else None
    if verb == "reset":
        return "throws away changes that are not committed" if "--hard" in words else None
    if verb == "clean":
        return "deletes files that git does not know" if forced else None
    if verb in ("checkout", "restore", "switch"):
        thrown = forced or "--discard-changes" in words or (verb != "switch" and bool({".", "--"} & set(words)))
        return "throws away changes that are not committed" if thrown and "--staged" not in words else None
    if verb == "branch":
        return "deletes a branch that may not be merged" if "D" in flags or (forced and "d" in flags) else None
    if verb == "stash":
        return "throws away what was stashed" if "drop" in words or "clear" in words else None
    if verb in ("filter-branch", "filter-repo"):
        return "rewrites the history of the repository"
    if verb == "rm":
        return "deletes files" if forced and "--cached" not in words else None
    if verb == "gc" and "--prune=now" in words:
        return "deletes commits that nothing leads to"
    if verb == "reflog" and "expire" in words:
        return "deletes the way back to lost commits"
    return None


def _docker(words: tuple[str, ...]) -> str | None:
    flags = short_flags(words)
    if "prune" in words:
        return "deletes containers, images or volumes"
    # `docker rm -f $(docker ps -aq)` and `… | xargs docker rm -f` name no container.
    if "f" in flags and {"rm", "rmi"} & set(words) and (words[-1] in (SUBSTITUTED, "-f")):
        return "deletes all containers or images that are listed"
    if "volume" in words and "rm" in words:
        return "deletes volumes with all data in them"
    if "down" in words and ("v" in flags or "--volumes" in words):
        return "deletes volumes with all data in them"
    return None


def _verbs(*verbs: str, what: str) -> Judge:
    """Harm if one of the words is one of the verbs."""
    return lambda words: what if any(word.lower() in verbs for word in words) else None


def _always(what: str) -> Judge:
    return lambda words: what if words else None


def _dd(words: tuple[str, ...]) -> str | None:
    targets = [word.removeprefix("of=") for word in words if word.startswith("of=")]
    return "overwrites a device" if any(_is_device(target) or _may_be_device(target) for target in targets) else None


def _is_device(word: str) -> bool:
    """Whether a word is a device, or something to fill in whose name says so."""
    name = filled_later(word)
    return _DEVICE.match(word) is not None or (name is not None and _NAMES_A_DEVICE.fullmatch(name) is not None)


def _may_be_device(word: str) -> bool:
    """Whether a word is something to fill in whose name does not say that it is a file."""
    name = filled_later(word)
    return name is not None and word[:1] in "{$%<!" and not _NAMES_A_FILE.search(name)


def _last_is_device(words: tuple[str, ...]) -> str | None:
    return "overwrites a device" if len(words) > 1 and _is_device(words[-1]) else None


def _tee(words: tuple[str, ...]) -> str | None:
    return "overwrites a device" if any(map(_is_device, words)) else None


def _find(words: tuple[str, ...]) -> str | None:
    runs = (after for word, after in _pairs_without_sudo(words) if word in ("-exec", "-execdir", "-ok", "-okdir"))
    is_deleted = "-delete" in words or not _DELETERS.isdisjoint(map(program_name, runs))
    return "deletes every file that it finds" if is_deleted else None


def _pairs_without_sudo(words: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    return pairwise(word for word in words if word not in ("sudo", "doas"))


def _xargs(words: tuple[str, ...]) -> str | None:
    """Options of xargs take numbers and `{}`; the first other word is the program that it runs."""
    run = next((word for word in words if word[0].isalpha() or "/" in word if word not in ("sudo", "doas")), "")
    return "deletes every file that it is given" if program_name(run) in _DELETERS else None


def _del(words: tuple[str, ...]) -> str | None:
    is_deep = any(map(_FOLDERS_TOO.fullmatch, words))
    return _rm(words) or ("deletes folders with all that is in them" if is_deep else None)


def _truncate(words: tuple[str, ...]) -> str | None:
    return "empties files" if any(word.startswith(("-s", "--size")) for word in words) else None


def _format(words: tuple[str, ...]) -> str | None:
    return "erases a drive" if any(map(_is_drive, words[:1])) else None


def _is_drive(word: str) -> bool:
    """Whether a word is the letter of a drive (`d:`), or something to fill in that will be one."""
    name = filled_later(word)
    return re.fullmatch(r"[A-Za-z]:", word) is not None or (
        name is not None and (word.endswith(":") or _NAMES_A_DRIVE.search(name) is not None)
    )


def _rsync(words: tuple[str, ...]) -> str | None:
    return "deletes what the source does not have" if any(word.startswith("--delete") for word in words) else None


def _reg(words: tuple[str, ...]) -> str | None:
    is_deleted = bool(words) and words[0].lower() == "delete"
    return "deletes keys of the registry" if is_deleted else None


def _first(*verbs: str, what: str) -> Judge:
    """Harm if the first word that is no option is one of the verbs."""
    return lambda words: what if next((word for word in words if not word.startswith("-")), "") in verbs else None


def _both(one: str, other: str, what: str) -> Judge:
    return lambda words: what if one in words and other in words else None


def _system_folders(words: tuple[str, ...]) -> str | None:
    recursive = "R" in short_flags(words) or "--recursive" in words
    hit = any(_SYSTEM_FOLDER.fullmatch(word) for word in words)
    return "changes the rights of the system's own files, which then may not start" if recursive and hit else None


_SYSTEM_FOLDER: Final = re.compile(r"/(?:(?:usr|etc|var|bin|sbin|lib|lib64|boot|opt|dev|home|root)/?)?\*?")


def _partitions(words: tuple[str, ...]) -> str | None:
    shows = {"-l", "--list", "-s", "--getsize", "-V", "--version", "-h", "-d", "--dump", "-p", "--print"}
    return "changes the partitions of a drive" if words and not shows & set(words) else None


def _asks_nobody(*verbs: str, flags: tuple[str, ...]) -> Judge:
    """Harm if a verb that changes what runs is told not to ask."""

    def judge(words: tuple[str, ...]) -> str | None:
        lowered = {word.lower() for word in words}
        if lowered.isdisjoint(verbs) or not any(word.startswith(flags) for word in lowered):
            return None
        return "changes or deletes what runs, and asks nobody"

    return judge


def _any_of(*judges: Judge) -> Judge:
    return lambda words: next(filter(None, (judge(words) for judge in judges)), None)


_GONE: Final = "deletes what runs, and may delete its data"
LOSSES: Final[Mapping[str, Judge]] = {
    "rm": _rm,
    "rmdir": _del,
    "rd": _del,
    "del": _del,
    "erase": _del,
    "ri": _remove_item,
    "remove-item": _remove_item,
    "clear-item": _remove_item,
    "clear-disk": _always("erases a drive"),
    "format-volume": _always("erases a drive"),
    "format": _format,
    "git": _git,
    "docker": _docker,
    "podman": _docker,
    "nerdctl": _docker,
    "docker-compose": _docker,
    "kubectl": _verbs("delete", "drain", what=_GONE),
    "oc": _verbs("delete", what=_GONE),
    "helm": _verbs("uninstall", "delete", what=_GONE),
    "terraform": _any_of(
        _verbs("destroy", "-destroy", what=_GONE), _asks_nobody("apply", flags=("-auto-approve", "--auto-approve"))
    ),
    "tofu": _any_of(
        _verbs("destroy", "-destroy", what=_GONE), _asks_nobody("apply", flags=("-auto-approve", "--auto-approve"))
    ),
    "pulumi": _any_of(_first("destroy", what=_GONE), _asks_nobody("up", "update", flags=("--yes", "-y"))),
    "cdk": _first("destroy", what=_GONE),
    "kubeadm": _first("reset", what="deletes what the node runs"),
    "microk8s": _first("reset", what=_GONE),
    "colima": _first("delete", what=_GONE),
    "limactl": _first("delete", what=_GONE),
    "multipass": _first("delete", "purge", what=_GONE),
    "wsl": _verbs("--unregister", what="deletes the distribution with all files in it"),
    "fdisk": _partitions,
    "sfdisk": _partitions,
    "cfdisk": _partitions,
    "gdisk": _partitions,
    "sgdisk": _partitions,
    "blkdiscard": _always("erases a drive"),
    "cryptsetup": _verbs("luksformat", "erase", "lukserase", what="erases a drive"),
    "mdadm": _verbs("--zero-superblock", what="erases a drive"),
    "nvme": _first("format", "sanitize", what="erases a drive"),
    "hdparm": lambda words: "erases a drive" if any("security-erase" in word for word in words) else None,
    "xfs_repair": lambda words: "may lose what was written last" if "L" in short_flags(words) else None,
    "mkswap": _always("erases a drive"),
    "chown": _system_folders,
    "chgrp": _system_folders,
    "chmod": _system_folders,
    "rimraf": _always("deletes folders with all that is in them"),
    "clear-content": _always("empties files"),
    "svn": _first("revert", what="throws away changes that are not committed"),
    "hg": _any_of(
        _first("strip", "purge", "revert", what="throws away changes that are not committed"),
        lambda words: "throws away changes that are not committed" if {"-C", "--clean"} & set(words) else None,
    ),
    "mysqladmin": _verbs("drop", what="deletes a database"),
    "pg_dropcluster": _always("deletes databases"),
    "nix-collect-garbage": lambda words: "deletes the way back to earlier systems" if words else None,
    "gpg": lambda words: (
        "deletes keys that nobody else has" if any(word.startswith("--delete-secret") for word in words) else None
    ),
    "gcloud": _verbs("delete", what=_GONE),
    "az": _verbs("delete", what=_GONE),
    "aws": lambda words: (
        _GONE
        if any(word in ("rb", "rm", "terminate-instances") or word.startswith("delete-") for word in words)
        else None
    ),
    "dropdb": _always("deletes a database"),
    "dropuser": _always("deletes a database's user"),
    "dd": _dd,
    "cp": _last_is_device,
    "tee": _tee,
    "find": _find,
    "xargs": _xargs,
    "parallel": _xargs,
    "mkfs": _always("erases a drive"),
    "mke2fs": _always("erases a drive"),
    "shred": _always("overwrites files for good"),
    "wipefs": _always("erases a drive"),
    "truncate": _truncate,
    "rsync": _rsync,
    "reg": _reg,
    "zfs": _first("destroy", "rollback", what="deletes a file system with all data in it"),
    "zpool": _first("destroy", what="deletes a pool with all data in it"),
    "btrfs": _both("subvolume", "delete", what="deletes a file system with all data in it"),
    "lvremove": _always("deletes a volume with all data in it"),
    "vgremove": _always("deletes volumes with all data in them"),
    "pvremove": _always("erases a drive"),
    "parted": _verbs("mklabel", "rm", what="erases a drive"),
    "diskutil": _verbs("erasedisk", "erasevolume", "partitiondisk", "zerodisk", what="erases a drive"),
    "pg_resetwal": _always("may lose what the database has written last"),
    "vagrant": _first("destroy", what=_GONE),
    "minikube": _first("delete", what=_GONE),
    "kind": _both("delete", "cluster", what=_GONE),
    "k3d": _both("cluster", "delete", what=_GONE),
    "heroku": _verbs("pg:reset", "apps:destroy", what=_GONE),
    "gh": _both("repo", "delete", what="deletes a repository"),
    "crontab": lambda words: "deletes all jobs" if "-r" in words else None,
    "userdel": lambda words: "deletes a user with all files" if "r" in short_flags(words) else None,
}
"""Program, in lower case -> what says whether it loses data. Nothing else in the checks lists such programs."""


def loss_by(program: str, words: tuple[str, ...]) -> str | None:
    """What a program, by its name in lower case, does with the words after it, if it loses data."""
    # mkfs.ext4, mkfs.xfs, … are one family.
    judge = LOSSES.get("mkfs" if program.startswith("mkfs.") else program)
    return judge(words) if judge else None
