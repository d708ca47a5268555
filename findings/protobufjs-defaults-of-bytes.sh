#!/usr/bin/env bash
# protobufjs makes two bytes of one in the default of a field of bytes: "\377" is C3 BF.
#
# Packages: protobufjs 8.8.1 (npm), on Node.js 20 or newer, and grpcio-tools 1.85.1 (PyPI) for protoc.
# Expected: Protocol Buffers, "Text Format", "String literals", and the .proto grammar: an octal or hexadecimal escape is one byte, and a field of type
#   `bytes` has these bytes as they are. protoc's descriptor has \377.
# Seen: the literal is read as text and the text becomes UTF-8, so each byte from 80 on is two: "\377" is c3bf, "\xCA\xFE" is c38ac3be. A message of a service
#   that leaves the default away reads as other bytes. No error. Bytes up to 7F are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund protobufjs@8.8.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check grpcio-tools==1.85.1
cat > a.proto <<'PROTO'
syntax = "proto2";
message A {
  optional bytes ascii = 1 [default = "\101"];
  optional bytes octal = 2 [default = "\377"];
  optional bytes hex = 3 [default = "\xCA\xFE"];
}
PROTO
venv/bin/python -m grpc_tools.protoc -I. --descriptor_set_out=a.bin --python_out=. a.proto
cat > main.mjs <<'JS'
import protobuf from "protobufjs";
const type = protobuf.loadSync("a.proto").lookupType("A");
const message = type.decode(new Uint8Array());
for (const { name } of type.fieldsArray) {
  console.log("protobufjs:", name, Buffer.from(message[name]).toString("hex"));
}
JS
cat > main.py <<'PYTHON'
from a_pb2 import A

for field in A.DESCRIPTOR.fields:
    print("protoc:", field.name, getattr(A(), field.name).hex())
PYTHON
{ venv/bin/python main.py; node main.mjs; } | tee seen
cat > expected <<'EXPECTED'
protoc: ascii 41
protoc: octal ff
protoc: hex cafe
protobufjs: ascii 41
protobufjs: octal c3bf
protobufjs: hex c38ac3be
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: protobufjs reads such defaults otherwise"
  exit 1
fi
echo "as described: a byte more"
