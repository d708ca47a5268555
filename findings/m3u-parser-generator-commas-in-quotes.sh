#!/usr/bin/env bash
# m3u-parser-generator cuts an entry at the first comma, also within quotes: the rest of the attributes becomes part of the name.
#
# Packages: m3u-parser-generator 5.0.2 and iptv-playlist-parser 0.15.2 (npm), on Node.js 20 or newer.
# Expected: its README has attributes in quotes before the comma that separates the name, and writes them so itself. A quoted value may hold commas, as in the lists of
#   attributes of RFC 8216, 4.2; iptv-playlist-parser reads them.
# Seen: of `group-title="News, World",One` the name is ` World",One`, and the group is gone. So it is of what it writes of such a group. A comma in the name is
#   read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund m3u-parser-generator@5.0.2 iptv-playlist-parser@0.15.2
cat > main.mjs <<'JS'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { M3uMedia, M3uParser, M3uPlaylist } = require("m3u-parser-generator");
const iptv = require("iptv-playlist-parser");
const media = new M3uMedia("http://host.example/1");
media.attributes = { "group-title": "News, World", "tvg-id": "one" };
media.name = "One, Two";
media.duration = -1;
const playlist = new M3uPlaylist();
playlist.medias.push(media);
const text = playlist.getM3uString();
console.log(text.split("\n")[1]);
const [{ name, attributes }] = new M3uParser().parse(text).medias;
console.log("m3u-parser-generator", JSON.stringify({ name, group: attributes["group-title"] ?? null }));
const [item] = iptv.parse(text).items;
console.log("iptv-playlist-parser", JSON.stringify({ name: item.name, group: item.group.title }));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
#EXTINF:-1 group-title="News, World" tvg-id="one",One, Two
m3u-parser-generator {"name":" World\" tvg-id=\"one\",One, Two","group":null}
iptv-playlist-parser {"name":"One, Two","group":"News, World"}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: commas in quotes are read otherwise"
  exit 1
fi
echo "as described: the entry is cut at a comma in quotes"
