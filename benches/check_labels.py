#!/usr/bin/env python3
"""Checks data/scripts.yaml and, if it is there, data/pairs.yaml.

    python3 benches/check_labels.py             exit 1 and one line per mistake, or a count of the labels
    python3 benches/check_labels.py FILE…       the same for other files of that shape

Each item must carry every label of its channel once and no other, with pass, fail or na; ids must be unique; length
labels must follow stopwatch_s; labels that entail one another must agree; and every phone number must lie in a range
that is reserved for fiction. Needs PyYAML.
"""
import collections
import pathlib
import re
import sys

import yaml

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
PHONE = re.compile(r"\+?\(?\d(?:[\s().\-\u2010-\u2015]*\d){6,}")
LIMITS = {"under-30s": (30, 2), "under-45s": (45, 3)}
CHANNELS = ("voicemail", "email")
# If the first label has the first value, the second must have the second.
ENTAILS = [
    ("number-twice", "pass", "number-present", "pass"),
    ("number-start-and-end", "pass", "number-twice", "pass"),
    ("name-and-number-only", "pass", "company-named", "fail"),
    ("name-and-number-only", "pass", "number-present", "pass"),
    ("no-web-or-email-ask", "fail", "clear-ask", "pass"),
    ("says-next-call-time", "fail", "next-call-outside-9-to-5", "na"),
]

# National numbers that regulators keep for fiction, as digits without punctuation.
FICTION = re.compile(
    r"""
    (?:1?[2-9]\d\d)?55501\d\d                                   # North America
    | 0(?:11[3-8]|121|131|141|151|161)4960\d{3} | 01914980\d{3} # United Kingdom, large towns
    | 02079460\d{3} | 02896496\d{3} | 02920180\d{3}             # London, Northern Ireland, Cardiff
    | 01632960\d{3} | 03069990\d{3} | 08081570\d{3} | 07700900\d{3}
    | (?:0[2378])?(?:5550|7010)\d{4}                            # Australia, by land line
    | 1800160401 | 1800975707
    | 0491(?:570(?:006|156|157|158|159|110|313|737)|571(?:266|491|804)|572(?:549|665|983)|573(?:770|087)
      |574(?:118|632)|575(?:254|789)|576(?:398|801)|577(?:426|644)|578(?:957|148|888)|579(?:212|760|455))
    """,
    re.VERBOSE,
)


def reserved(number):
    """Whether a number as written lies in a range for fiction."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if number.lstrip().startswith("+"):
        digits = re.sub(r"^(44|61)", "0", digits)
    return FICTION.fullmatch(digits) is not None


def length(measured, limit, margin):
    if abs(measured - limit) <= margin:
        return "na"
    return "pass" if measured < limit else "fail"


def check_labels(data, say):
    wanted = {channel: [l["id"] for l in data["labels"] if channel in l["channel"]] for channel in CHANNELS}
    for label in data["labels"]:
        if not label.get("pass") or not set(label["channel"]) <= set(CHANNELS):
            say(label["id"], "a label needs its channels and its definition")
    seen = set()
    for item in data["items"]:
        name, labels = item["id"], item["labels"]
        if name in seen:
            say(name, "the id is used twice")
        seen.add(name)
        if not re.fullmatch(r"[ve]\d{2,3}", name) or not re.fullmatch(r"en-[A-Z]{2}", item["locale"]):
            say(name, "the id or the locale is malformed")
        if not 0 <= item["quality"] <= 100 or not item["text"].strip():
            say(name, "quality must be 0 to 100, and text must not be empty")
        if list(labels) != wanted[item["channel"]]:
            say(name, f"labels differ from the channel's: {set(labels) ^ set(wanted[item['channel']]) or 'order'}")
            continue
        for label, value in labels.items():
            if value not in ("pass", "fail", "na"):
                say(name, f"{label}: {value!r} is not pass, fail or na")
        for first, value, second, implied in ENTAILS:
            if labels.get(first) == value and labels.get(second, implied) != implied:
                say(name, f"{first}: {value} needs {second}: {implied}")
        if item["channel"] == "voicemail":
            for label, (limit, margin) in LIMITS.items():
                if labels[label] not in (length(item["stopwatch_s"], limit, margin), "na"):
                    say(name, f"{label} does not follow from {item['stopwatch_s']} s")
        check_numbers(name, item["text"], say)


def check_pairs(data, say):
    seen = set()
    for pair in data["pairs"]:
        if pair["id"] in seen or pair["channel"] not in CHANNELS:
            say(pair["id"], "the id is used twice, or the channel is unknown")
        seen.add(pair["id"])
        for side in ("bad", "good"):
            if not pair[side].strip():
                say(pair["id"], f"{side} must not be empty")
            check_numbers(pair["id"], pair[side], say)


def check_numbers(name, text, say):
    for match in PHONE.finditer(text):
        if not reserved(match.group()):
            say(name, f"{match.group()!r} is not reserved for fiction")


def counts(data):
    """Per label: pass, fail and na among the odd and the even ids."""
    table = collections.defaultdict(collections.Counter)
    for item in data["items"]:
        half = "odd" if int(item["id"][1:]) % 2 else "even"
        for label, value in item["labels"].items():
            table[label][half, value] += 1
    print(f"{'':26}{'odd: pass fail   na':>20}{'even: pass fail   na':>24}")
    for label in (l["id"] for l in data["labels"]):
        row = [table[label][half, value] for half in ("odd", "even") for value in ("pass", "fail", "na")]
        print(f"{label:26}{row[0]:10}{row[1]:5}{row[2]:5}{row[3]:14}{row[4]:5}{row[5]:5}")


def main():
    files = [pathlib.Path(name) for name in sys.argv[1:]]
    files = files or [file for file in (DATA / "scripts.yaml", DATA / "pairs.yaml") if file.exists()]
    mistakes = []
    for file in files:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        say = lambda name, what: mistakes.append(f"{file.name}: {name}: {what}")
        if "pairs" in data:
            check_pairs(data, say)
            print(f"{file.name}: {len(data['pairs'])} pairs")
        else:
            check_labels(data, say)
            print(f"{file.name}: {len(data['items'])} scripts")
            counts(data)
    print("\n".join(mistakes))
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
