#!/usr/bin/env bash
# Kombu 5.7.0 takes `packaging` from its extra `redis` alone, and there in one version: without the extra its transport
# for Redis can't be imported, with it no other version of `packaging` can stand beside it.
#
# Packages: kombu 5.6.2 and 5.7.0, redis 8.1.0.
# Expected: a minor release goes on working where `kombu` and `redis` are installed by name, as with 5.6.2, whose metadata
#   require `packaging` in any version, always. And a library names a range, so that others can ask for a version, too
#   (Python Packaging User Guide, "install_requires vs requirements files").
# Seen: 5.7.0 requires `packaging==26.3; extra == "redis"`. Beside redis 8.1.0 without the extra:
#   ModuleNotFoundError: No module named 'packaging'
#   With the extra and packaging==26.2 in one call pip ends with: ERROR: ResolutionImpossible
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/5.6.2"
python3 -m venv "$folder/5.7.0"
"$folder/5.6.2/bin/pip" install --quiet --disable-pip-version-check kombu==5.6.2 redis==8.1.0
"$folder/5.7.0/bin/pip" install --quiet --disable-pip-version-check kombu==5.7.0 redis==8.1.0
before=$("$folder/5.6.2/bin/python" -c 'import kombu.transport.redis; print("imported")')
after=$("$folder/5.7.0/bin/python" -c 'import kombu.transport.redis' 2>&1 | tail -n 1 || true)
required=$("$folder/5.7.0/bin/python" -c \
  'from importlib.metadata import requires; print(*(one for one in requires("kombu") if one.startswith("packaging")))')
both=$(
  exec 2>&1
  "$folder/5.7.0/bin/pip" install --disable-pip-version-check kombu[redis]==5.7.0 packaging==26.2
) || both=$(grep -o 'ERROR: ResolutionImpossible' <<<"$both" || true)
printf '%s\n' "5.6.2: $before" "5.7.0: $after" "$required" "$both"
if [ "$before" != imported ] || [ "$after" != "ModuleNotFoundError: No module named 'packaging'" ] ||
  [ "$required" != 'packaging==26.3; extra == "redis"' ] || [ "$both" != 'ERROR: ResolutionImpossible' ]; then
  echo "changed: Kombu takes packaging otherwise"
  exit 1
fi
echo "as described: no packaging without the extra, and one version of it with the extra"
