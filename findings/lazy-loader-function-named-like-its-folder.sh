#!/usr/bin/env bash
# With lazy-loader's guard, a module below a package that is named like a function can't be imported under another name.
#
# Packages: lazy-loader 0.6, beside 0.4; Python 3.11 or newer.
# Expected: a package `base` offers the function `search` of its subpackage `base/search/` through a stub. 0.6 guards the
#   function: loading the subpackage no longer puts the module in its place. `import base.search.ranking as ranking` is to
#   bind the module, as the Python Language Reference says of `import … as` (7.11), and as `from base.search import
#   ranking` does.
# Seen: with 0.6 it raises `ImportError: cannot import name 'ranking' from 'search' (unknown location)`, also where the
#   module was loaded before: the statement walks the attributes, and finds the function. `from base.search import ranking`
#   and `import base.search.ranking` work. With 0.4, which has no guard, the same statement works, and `base.search` is the
#   module instead of the function as soon as anything below it was loaded.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/base/search"
printf 'import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)\n' >"$folder/base/__init__.py"
echo 'from .search.ranking import search as search' >"$folder/base/__init__.pyi"
: >"$folder/base/search/__init__.py"
echo 'def search(): return "found"' >"$folder/base/search/ranking.py"
cat >"$folder/probe.py" <<'PYTHON'
from base.search import ranking as loaded

import base

try:
    import base.search.ranking as renamed
except ImportError as error:
    print(f"renamed: {error};", end=" ")
else:
    print(f"renamed: {'works' if renamed is loaded else 'another'};", end=" ")
print(f"base.search: {type(base.search).__name__}")
PYTHON
python3 -m venv "$folder/guarded"
python3 -m venv "$folder/unguarded"
"$folder/guarded/bin/pip" install --quiet --disable-pip-version-check lazy-loader==0.6 packaging==25.0
"$folder/unguarded/bin/pip" install --quiet --disable-pip-version-check lazy-loader==0.4 packaging==25.0
cd "$folder"
guarded=$(guarded/bin/python probe.py)
unguarded=$(unguarded/bin/python probe.py)
printf 'lazy-loader 0.6: %s\nlazy-loader 0.4: %s\n' "$guarded" "$unguarded"
if [ "$guarded" != "renamed: cannot import name 'ranking' from 'search' (unknown location); base.search: function" ] ||
  [ "$unguarded" != "renamed: works; base.search: module" ]; then
  echo "changed: lazy-loader or Python lets the statement through, or refuses it, in another way"
  exit 1
fi
echo "as described: the guard keeps the function, and takes the way to what is below it"
