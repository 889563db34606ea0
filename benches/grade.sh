#!/bin/sh
# Scripts graded a second, on one core and on all, and the memory that a long stream takes.
#
# Needs $RINGBACK, the release binary. Usage: benches/grade.sh [SCRIPTS] (default 20000; a million shows that memory stays flat).
set -eu
cd "$(dirname "$0")/.."
scripts=${1:-20000}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
python3 - "$scripts" > "$lines" <<'PYTHON'
import json, random, sys
random.seed(1)
PARTS = """Hi Maren, it's Kyle at Lakeshore Motors, 555 0142.|You asked online about a used wagon, green, with the tow hitch.|Call me when you have two minutes: 555 0142.
I'll try you again tomorrow around noon.|Kyle, Lakeshore.|Good morning Mr. Thackeray, this is Imogen Vale from Castle & Moat Security.|I noticed the rear shutter doesn't lock.
We are the best dealer in the county and have been in business since 1970.|Could you call me back at 541.555.0113?|Your fleet manager, Dougie Ross, asked me to phone you direct.
It's important that we speak about the pricing you asked for.|Please visit our website or e-mail me to find out more.|I'll telephone again on Monday at half past eight.|Thank you so much and have a wonderful day.""".replace("\n", "|").split("|")
for number in range(int(sys.argv[1])):
    words, text = 0, []
    while words < 150:
        part = random.choice(PARTS)
        text.append(part)
        words += len(part.split())
    print(json.dumps({"id": number, "channel": "voicemail", "text": " ".join(text)}))
PYTHON
for threads in 1 "$(getconf _NPROCESSORS_ONLN)"; do
    python3 - "$RINGBACK" "$lines" "$scripts" "$threads" <<'PYTHON'
import os, resource, subprocess, sys, time
program, lines, scripts, threads = sys.argv[1:]
start = time.monotonic()
with open(lines) as source, open(os.devnull, "w") as sink:
    code = subprocess.run([program, "grade", "--jsonl"], stdin=source, stdout=sink, env={**os.environ, "RAYON_NUM_THREADS": threads}).returncode
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if code not in (0, 1):
    sys.exit(f"ringback grade ended with {code}")
cpu = used.ru_utime + used.ru_stime
print(f"{threads} thread(s): {int(scripts) / wall:,.0f} scripts/s by the clock, {int(scripts) / cpu:,.0f} per second of CPU, peak {used.ru_maxrss / 1024:.0f} MiB")
PYTHON
done
