#!/usr/bin/env python3
"""Times every voicemail of data/scripts.yaml with a speech synthesiser.

    python3 benches/stopwatch.py            shows recorded and measured seconds, exit 1 if they differ by over 0.5 s
    python3 benches/stopwatch.py --write    records the seconds, and labels under-30s and under-45s from them

Needs espeak-ng and sox (`apt-get install espeak-ng sox`) and PyYAML.

Phone numbers are spoken digit by digit; espeak-ng by itself would read 0142 as a number. Times, dates and
amounts are left to it. Voices: en-us for en-US and en-CA, else en-gb.

The pace is `-s 128`. espeak-ng's own unit is not a word a minute: at `-s 147` it reads plain prose at 191, at
`-s 128` at 167, before names and numbers slow it down. 128 is the setting that repeats 24 older readings, taken at
147 real words a minute over whole voicemails, with a mean error of 0.45 s and no bias; at 147 the same texts came
out 4.3 s short on average.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

FILE = pathlib.Path(__file__).resolve().parent.parent / "data" / "scripts.yaml"
PACE = "128"
WORDS = "zero one two three four five six seven eight nine".split()
# A run of at least seven digits with the marks that people put between the groups of a phone number.
PHONE = re.compile(r"\+?\(?\d(?:[\s().\-\u2010-\u2015]*\d){6,}")
# The length labels: limit in seconds, and how near to it the reading is too close to call.
LIMITS = {"under-30s": (30, 2), "under-45s": (45, 3)}


def spoken(text):
    """The text with each digit of a phone number as a word of its own."""

    def one_by_one(match):
        number = match.group().replace("+", "plus ")
        number = re.sub(r"[().\-\u2010-\u2015]", " ", number)
        return re.sub(r"\d", lambda digit: f" {WORDS[int(digit.group())]} ", number)

    return PHONE.sub(one_by_one, text)


def seconds(text, locale):
    """How long the synthesiser takes to read the text."""
    voice = "en-us" if locale in ("en-US", "en-CA") else "en-gb"
    with tempfile.NamedTemporaryFile(suffix=".wav") as wav:
        subprocess.run(["espeak-ng", "-v", voice, "-s", PACE, "-w", wav.name, spoken(text)], check=True)
        return float(subprocess.run(["soxi", "-D", wav.name], check=True, capture_output=True, text=True).stdout)


def verdict(measured, limit, margin):
    """pass, fail, or na where the reading is too close to the limit."""
    if abs(measured - limit) <= margin:
        return "na"
    return "pass" if measured < limit else "fail"


def rewrite(source, item_id, measured):
    """The file's text with the item's seconds and length labels set, every other byte as it was."""
    start = source.index(f"- id: {item_id}\n")
    end = source.find("\n- id: ", start)
    end = len(source) if end < 0 else end
    item = re.sub(r"(?m)^  stopwatch_s: .*$", f"  stopwatch_s: {measured:.1f}", source[start:end])
    for label, (limit, margin) in LIMITS.items():
        value = verdict(round(measured, 1), limit, margin)
        item = re.sub(rf"(?m)^    {label}: .*$", f"    {label}: {value}", item)
    return source[:start] + item + source[end:]


def main():
    write = "--write" in sys.argv[1:]
    source = FILE.read_text(encoding="utf-8")
    differing = 0
    for item in yaml.safe_load(source)["items"]:
        if item["channel"] != "voicemail":
            continue
        measured = seconds(item["text"], item["locale"])
        recorded = item["stopwatch_s"]
        differing += abs(measured - recorded) > 0.5
        print(f"{item['id']}  recorded {recorded:5.1f}  measured {measured:5.1f}")
        if write:
            source = rewrite(source, item["id"], measured)
    if write:
        FILE.write_text(source, encoding="utf-8")
    elif differing:
        sys.exit(f"{differing} differ by more than 0.5 s")


if __name__ == "__main__":
    main()
