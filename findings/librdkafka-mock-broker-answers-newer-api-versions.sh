#!/usr/bin/env bash
# librdkafka's mock broker refuses newer ApiVersions requests in bytes that are no version of the answer.
#
# Packages: confluent-kafka 2.16.1 (librdkafka 2.16.0, with `test.mock.num.brokers`), kafka-python 3.0.12; Python 3.11.
# Expected: KIP-511 ("Collect and Expose Client's Name and Version in the Brokers") has a broker that doesn't know the version
#   of an ApiVersions request answer as in version 0: error 35 in two bytes, the number of keys in four, then each key with its
#   range. kafka-python asks with version 4, and would ask again with what stands there.
# Seen: for versions 3, 4 and 5 the number of keys takes one byte, `01`: by version 0 three bytes are missing, and in a compact
#   array, as version 3 has, 01 says that no key follows (counts are one higher there, KIP-482). One key follows all the same.
#   kafka-python can't decode it, closes the connection, tries until its time is over and says "Unable to bootstrap". With
#   `api_version=(2, 3)` it doesn't ask, and sends to the very same broker.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check confluent-kafka==2.16.1 kafka-python==3.0.12
cat >probe.py <<'PYTHON'
import logging
import socket
import struct

from confluent_kafka import Producer, libversion
from kafka import KafkaProducer
from kafka.errors import KafkaTimeoutError

logging.disable()
mock = Producer({"bootstrap.servers": "replaced", "test.mock.num.brokers": 1, "log_level": 0})
(broker,) = mock.list_topics(timeout=20).brokers.values()


def answer(version: int) -> str:
    head = struct.pack(">hhih", 18, version, 7, 1) + b"c"
    if version >= 3:
        head += b"\0" + b"\x02n" + b"\x02v" + b"\0"
    with socket.create_connection((broker.host, broker.port), 10) as connection:
        connection.sendall(struct.pack(">i", len(head)) + head)
        stream = connection.makefile("rb")
        return stream.read(struct.unpack(">i", stream.read(4))[0]).hex(" ")


print("librdkafka", libversion()[0])
for version in (2, 3, 4, 5):
    print(version, answer(version)[:50])
address = f"{broker.host}:{broker.port}"
told = KafkaProducer(bootstrap_servers=address, api_version=(2, 3))
print("with api_version:", told.send("t", b"x").get(20).offset)
told.close()
try:
    KafkaProducer(bootstrap_servers=address)
    print("by itself: connected")
except KafkaTimeoutError as error:
    print("by itself:", str(error).partition(" from ")[0])
PYTHON
timeout 200 venv/bin/python probe.py 2>log | tee out
expected='librdkafka 2.16.0
2 00 00 00 07 00 00 00 00 00 18 00 00 00 00 00 0a 00
3 00 00 00 07 00 23 01 00 12 00 00 00 02 00 00 00 00
4 00 00 00 07 00 23 01 00 12 00 00 00 02 00 00 00 00
5 00 00 00 07 00 23 01 00 12 00 00 00 02 00 00 00 00
with api_version: 0
by itself: KafkaTimeoutError: Unable to bootstrap'
if [ "$(cat out)" != "$expected" ]; then
  tail -3 log
  echo "changed: another answer, or kafka-python reads it"
  exit 1
fi
echo "as described: error 35 with a count of one byte, which no version has"
