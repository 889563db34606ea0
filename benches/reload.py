#!/usr/bin/env python3
"""Times an edit under `ringback serve`: from the write until the page over HTTP has it.

    benches/reload.py [N…]       1000 and 10000 lessons unless told

RINGBACK names the release binary (./bench sets it). The corpus is that of `./bench build` in a memory filesystem, with the
rules of this repository and a theme of one file on top. For each kind of edit 20 times: write, ask every half millisecond until
the answer has it. `title` is seen on the next lesson, which names it; `rule` on the rule's own page; `css` in the style sheet that
the page names. Then the same with 50 tabs that listen and fetch their page at each event, and the memory after 1,000 saves.
"""
import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHM = Path("/dev/shm")
RUNS = 20
SAVES = 1000
TABS = 50


class Server:
    def __init__(self, ringback, corpus, log):
        self.process = subprocess.Popen([ringback, "--root", corpus, "serve", "--port", "0"], stdout=log, stderr=subprocess.STDOUT)
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", Path(log.name).read_text())):
            if self.process.poll() is not None:
                sys.exit(f"the server ended: {Path(log.name).read_text()}")
            time.sleep(0.01)
        self.port = int(found[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path, connection=None):
        connection = connection or self.connection
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def memory(self, name="VmRSS"):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024

    def seen(self, look, word):
        """Milliseconds until `look` has the word."""
        began = time.perf_counter()
        while word not in look():
            if time.perf_counter() - began > 60:
                sys.exit(f"{word} is never seen")
            time.sleep(0.0005)
        return (time.perf_counter() - began) * 1000

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)


def tab(server, path, ready, ends):
    """A browser's tab: listens, and fetches its page at each state."""
    events = http.client.HTTPConnection("127.0.0.1", server.port)
    events.request("GET", "/_ringback/events")
    answer = events.getresponse()
    pages = http.client.HTTPConnection("127.0.0.1", server.port)
    ready.release()
    while not ends.is_set():
        line = answer.fp.readline()
        if line.startswith(b"event: state"):
            server.get(f"/_ringback/page?{path}", pages)


def prepare(lessons, room):
    corpus = room / f"corpus-{lessons}"
    subprocess.run([HERE / "target/release/corpus", str(lessons), corpus], check=True, stdout=subprocess.DEVNULL)
    for folder in ("rules", "methods", "lexicon"):
        shutil.copytree(HERE.parent / "content" / folder, corpus / "content" / folder)
    (corpus / "themes/ours/css").mkdir(parents=True)
    shutil.copy(HERE.parent / "themes/default/css/tokens.css", corpus / "themes/ours/css/tokens.css")
    with open(corpus / "book.toml", "a") as settings:
        settings.write('\n[output]\ntheme = "ours"\n')
    return corpus


def two_lessons(corpus):
    """Two lessons that follow each other in the middle of the book, and the address of each."""
    sections = sorted(path for path in (corpus / "content").iterdir() if path.is_dir() and re.search(r"\d", path.name))
    section = sections[len(sections) // 2]
    first, second = sorted(path for path in section.iterdir() if path.name != "index.md")[3:5]
    address = lambda path: "/" + re.sub(r"(^|/)\d+-(?=[a-z])", r"\1", str(path.relative_to(corpus / "content").with_suffix(""))) + "/"
    return (first, address(first)), (second, address(second))


def measure(lessons, ringback, room):
    corpus = prepare(lessons, room)
    (lesson, url), (_, next_url) = two_lessons(corpus)
    rule = corpus / "content/rules/single-ask.yaml"
    style = corpus / "themes/ours/css/tokens.css"
    text, rule_text, style_text = lesson.read_text(), rule.read_text(), style.read_text()
    rows = []
    with open(room / f"log-{lessons}", "w+") as log:
        began = time.perf_counter()
        server = Server(ringback, corpus, log)
        ready = (time.perf_counter() - began) * 1000
        sheet = lambda: server.get(re.search(r'href="([^"]*\.css)"', server.get(url))[1])
        number = [0]

        def body():
            lesson.write_text(f"{text}\nA sentence with word{number[0]}z in it.\n")
            return server.seen(lambda: server.get(url), f"word{number[0]}z")

        def title():
            lesson.write_text(re.sub(r"(?m)^(title: |# ).*$", rf"\1Title number {number[0]}z", text, count=2))
            return server.seen(lambda: server.get(next_url), f"Title number {number[0]}z")

        def rule_edit():
            rule.write_text(re.sub(r"(?m)^title: .*$", f"title: Rule number {number[0]}z", rule_text))
            return server.seen(lambda: server.get("/rules/single-ask/"), f"Rule number {number[0]}z")

        def css():
            style.write_text(style_text + f"\n:root {{ --number: n{number[0]}z; }}\n")
            return server.seen(sheet, f"n{number[0]}z")

        def repeat(edit):
            times = []
            for _ in range(RUNS):
                number[0] += 1
                time.sleep(0.25)
                times.append(edit())
            return times

        for name, edit in (("body", body), ("title", title), ("rule", rule_edit), ("css", css)):
            rows.append((name, repeat(edit)))
        ready_tabs, ends = threading.Semaphore(0), threading.Event()
        for _ in range(TABS):
            threading.Thread(target=tab, args=(server, url, ready_tabs, ends), daemon=True).start()
        for _ in range(TABS):
            ready_tabs.acquire()
        rows.append((f"body, {TABS} tabs", repeat(body)))
        ends.set()
        before = server.memory()
        for _ in range(SAVES):
            number[0] += 1
            body()
        after = server.memory()
        server.stop()
    for name, times in rows:
        print(f"| {lessons} | {name} | {statistics.median(times):.1f} | {max(times):.1f} |")
    print(f"\n{lessons} lessons: ready after {ready:.0f} ms, {before:.0f} MiB before {SAVES} saves and {after:.0f} MiB after, load {os.getloadavg()[0]:.1f}\n", flush=True)
    shutil.rmtree(corpus)


def main():
    sizes = [int(text) for text in sys.argv[1:]] or [1000, 10000]
    ringback = os.environ.get("RINGBACK") or HERE.parent / "target/release/ringback"
    build = ["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "Cargo.toml", "--target-dir", HERE / "target"]
    subprocess.run(build, check=True)
    print("| lessons | edit | median ms | worst ms |\n|---:|---|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="ringback-reload-", dir=SHM if SHM.is_dir() else None) as room:
        for lessons in sizes:
            measure(lessons, ringback, Path(room))


if __name__ == "__main__":
    main()
