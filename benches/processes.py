#!/usr/bin/env python3
"""Measures arkerr as a whole process, on any folder of saved pages.

    cargo build --release
    cargo build --release -p arkerr-benches --examples
    python3 benches/processes.py SNAPSHOTS

All programs run in turn, A B C A B C, so that whatever else the machine does meets each of them
alike, and ratios are those of runs that follow one another. CPU time and peak memory are what the
system says of the process when it has ended. Needs nothing but Python and a Unix.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
# `ru_maxrss` is in kilobytes, but on macOS in bytes.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
ROUNDS = 7


@dataclass
class Run:
    """What a process took: seconds, seconds, bytes."""

    cpu: float
    wall: float
    memory: int
    first_byte: float = 0.0


@dataclass
class Program:
    """What is run in each round, and what is done before, which is not measured."""

    name: str
    arguments: list
    prepare: object = lambda: None


def spawn(arguments, output):
    """Starts a process with its standard output there and its messages nowhere."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, output, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    arguments = [str(argument) for argument in arguments]
    return os.posix_spawn(arguments[0], arguments, os.environ, file_actions=actions)


def wait(process, arguments, start):
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        line = " ".join(map(str, arguments))
        sys.exit(f"this failed, run it to see why: {line}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * MEMORY_UNIT)


def run(arguments):
    """Runs a program that prints to nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    process = spawn(arguments, nowhere)
    result = wait(process, arguments, start)
    os.close(nowhere)
    return result


def read(arguments):
    """Runs a program that prints into a pipe: the run, and what it printed."""
    reader, writer = os.pipe()
    start = time.perf_counter()
    process = spawn(arguments, writer)
    os.close(writer)
    parts = [os.read(reader, 1 << 16)]
    first = time.perf_counter() - start
    while parts[-1]:
        parts.append(os.read(reader, 1 << 16))
    os.close(reader)
    result = wait(process, arguments, start)
    result.first_byte = first
    return result, b"".join(parts).decode()


def interleave(programs, rounds, runner=run):
    """The runs of each program, round by round, after a round that does not count."""
    runs = {program.name: [] for program in programs}
    for number in range(rounds + 1):
        for program in programs:
            program.prepare()
            result = runner(program.arguments)
            if number > 0:
                runs[program.name].append(result)
    return runs


def clear(*paths):
    """Removes files and folders, whether they are there or not."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


class Project:
    """A folder with snapshots, and the commands that are run in it."""

    def __init__(self, folder, arkerr):
        self.folder = folder
        self.arkerr = arkerr
        self.snapshots = folder / "docs-snapshot"
        self.generated = folder / "generated"
        self.names = folder / "names.toml"
        self.snapshots.mkdir(parents=True)

    def command(self, *arguments):
        return [self.arkerr, "-C", self.folder, *arguments]

    def forget(self):
        """Makes the next `generate` the first one."""
        clear(self.generated, self.names)

    def programs(self):
        """`generate` of everything, of nothing new, and `check`; in this order, as each needs what
        the one before has left."""
        return [
            Program("generate, first", self.command("generate"), self.forget),
            Program("generate, unchanged", self.command("generate")),
            Program("check, unchanged", self.command("check")),
        ]

    def written(self):
        """The files that `generate` writes, with their sizes."""
        files = [path for path in self.generated.rglob("*") if path.is_file()]
        return [(path.stat().st_size, path.relative_to(self.folder)) for path in [self.names, *files]]

    def sizes(self):
        """The number of pages and codes, and the sizes that peak memory is to be seen beside."""
        catalog = json.loads((self.generated / "json/catalog.json").read_text("utf-8"))
        pages = [path.stat().st_size for path in self.snapshots.iterdir()]
        return {
            "pages": len(pages),
            "codes": sum(len(page["codes"]) for page in catalog["pages"]),
            "snapshots": sum(pages),
            "largest page": max(pages),
            "records": (self.generated / "json/catalog.json").stat().st_size,
            "written": sum(size for size, _ in self.written()),
            "files": len(self.written()),
        }


class Report:
    """Prints tables, for a terminal or for a document."""

    def __init__(self, markdown):
        self.markdown = markdown

    def say(self, text):
        print(f"\n{text}\n")

    def table(self, head, rows):
        rows = [head, *rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(head))]

        def line(cells):
            padded = [cell.ljust(width) if place == 0 else cell.rjust(width)
                      for place, (cell, width) in enumerate(zip(cells, widths))]
            return "| " + " | ".join(padded) + " |" if self.markdown else "  ".join(padded).rstrip()

        print(line(rows[0]))
        if self.markdown:
            rules = ["-" * width if place == 0 else "-" * (width - 1) + ":"
                     for place, width in enumerate(widths)]
            print("| " + " | ".join(rules) + " |")
        for row in rows[1:]:
            print(line(row))

    def runs(self, runs):
        head = ["program", "CPU ms", "least", "wall ms", "least", "peak MB"]
        self.table(head, [[name, *spread(results, "cpu"), *spread(results, "wall"),
                           f"{max(result.memory for result in results) / 1e6:.1f}"]
                          for name, results in runs.items()])

    def ratios(self, rows):
        """Each row has a name, two lists of runs, what is compared, and what it may be at most (or
        at least, where the number is negative)."""
        head = ["ratio, pair by pair", "of", "median", "least", "most", "target", ""]
        cells = []
        for name, above, below, what, target in rows:
            ratios = [getattr(a, what) / getattr(b, what) for a, b in zip(above, below)]
            median = statistics.median(ratios)
            cells.append([name, what, *(f"{ratio:.2f}" for ratio in (median, min(ratios), max(ratios))),
                          *verdict(median, target)])
        self.table(head, cells)


def verdict(median, target):
    if target is None:
        return ["", ""]
    met = median <= target if target > 0 else median >= -target
    return [f"{'<=' if target > 0 else '>='} {abs(target):g}", "met" if met else "missed"]


def spread(runs, what):
    values = [getattr(result, what) * 1000 for result in runs]
    return f"{statistics.median(values):.1f}", f"{min(values):.1f}"


def describe(sizes):
    return ("{pages} pages with {codes} codes, {0:.2f} MB; the largest page has {1:.3f} MB, "
            "the records (catalog.json) {2:.2f} MB; {files} files of {3:.2f} MB are written").format(
        *(sizes[key] / 1e6 for key in ("snapshots", "largest page", "records", "written")), **sizes)


def measure_real(report, project, tools, rounds):
    """`generate` and `check` beside a program that only builds each page's DOM."""
    run(project.command("generate"))
    sizes = project.folder / "sizes"
    sizes.write_text("".join(f"{size} {path}\n" for size, path in project.written()), "utf-8")
    output = project.folder / "copy"
    baseline = [tools / "examples/dom_only", project.snapshots]
    programs = [
        *project.programs(),
        Program("dom_only", [*baseline, sizes, output], lambda: clear(output)),
        Program("dom_only, nothing written", baseline),
    ]
    runs = interleave(programs, rounds)
    report.say("Real pages, all targets: " + describe(project.sizes()))
    report.runs(runs)
    print()
    first, again, check, dom, dom_reads = runs.values()
    report.ratios([
        ("generate, first / dom_only", first, dom, "cpu", 1.5),
        ("generate, first / dom_only", first, dom, "wall", 1.0),
        ("check / dom_only", check, dom, "cpu", 1.5),
        ("check / dom_only", check, dom, "wall", 1.0),
        ("generate, unchanged / dom_only", again, dom, "cpu", None),
        ("check / dom_only, nothing written", check, dom_reads, "cpu", None),
        ("check / generate, unchanged", check, again, "cpu", 1.0),
        ("check / generate, unchanged", check, again, "wall", 1.0),
    ])


def measure_peer(report, project, python, rounds):
    """The first `generate` beside a script that does the same in the usual way."""
    output = project.folder / "peer"
    script = REPOSITORY / "benches/peers/generate.py"
    command = [python, script, project.snapshots, output]
    settings = project.folder / "arkerr.toml"
    four = 'targets = ["rust", "arkts", "typescript", "markdown"]\n'

    def prepare(text):
        settings.write_text(text, "utf-8")
        project.forget()

    programs = [
        Program("generate, the same four targets", project.command("generate"), lambda: prepare(four)),
        Program("generate, all targets", project.command("generate"), lambda: prepare("")),
        Program("BeautifulSoup and Jinja2", command, lambda: clear(output)),
    ]
    runs = interleave(programs, rounds)
    found = read(command)[1].strip()
    codes = project.sizes()["codes"]
    report.say(f"The peer finds {found}, arkerr {codes} codes")
    report.runs(runs)
    print()
    same, everything, peer = runs.values()
    report.ratios([
        ("peer / generate, the same four targets", peer, same, "cpu", None),
        ("peer / generate, the same four targets", peer, same, "wall", -30),
        ("peer / generate, all targets", peer, everything, "cpu", None),
        ("peer / generate, all targets", peer, everything, "wall", None),
    ])


def measure_answers(report, project, rounds):
    """What somebody waits for who asks something."""
    run(project.command("generate"))
    arkerr = project.arkerr
    starts = interleave([Program("arkerr --version", [arkerr, "--version"]),
                         Program("arkerr --help", [arkerr, "--help"])],
                        rounds * 3, lambda arguments: read(arguments)[0])
    explains = interleave([Program("arkerr explain 401", project.command("explain", "401"))],
                          rounds * 3, lambda arguments: read(arguments)[0])
    report.say(f"Answers; explain has {project.sizes()['codes']} codes to look in")
    rows = []
    for runs, what, target in ((starts, "first_byte", 10), (explains, "wall", 30)):
        for name, results in runs.items():
            median, least = spread(results, what)
            rows.append([name, {"first_byte": "first byte", "wall": "end"}[what], median, least,
                         spread(results, "cpu")[0],
                         f"< {target}", "met" if float(median) < target else "missed"])
    report.table(["program", "until", "wall ms", "least", "CPU ms", "target", ""], rows)


def measure_growth(report, small, large, rounds):
    """Ten times the pages."""
    runs = {}
    for project in (small, large):
        programs = project.programs()
        runs[project] = interleave(programs, rounds)
        report.say("Synthetic pages: " + describe(project.sizes()))
        report.runs(runs[project])
    print()
    report.ratios([(f"{name}, {large.sizes()['pages']} / {small.sizes()['pages']} pages",
                    runs[large][name], runs[small][name], what, 11)
                   for name in runs[small] for what in ("cpu", "wall")])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshots", type=Path, help="a folder of saved pages")
    parser.add_argument("--suffix", default=".html", help="take the files that end so, and name them ID.html (%(default)s)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everything runs (%(default)s)")
    parser.add_argument("--peer-python", type=Path, metavar="PYTHON",
                        help="a Python that has what benches/peers/requirements.txt names; without it the peer is left out")
    parser.add_argument("--only", choices=["real", "peer", "answers", "growth"], action="append",
                        help="measure this alone; may be repeated")
    parser.add_argument("--markdown", action="store_true", help="print tables for a document")
    parser.add_argument("--binaries", type=Path, help="the folder of the release build")
    return parser.parse_args()


def binaries(given):
    """The folder with arkerr and the two examples."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    folder = (given or target / "release").absolute()
    missing = [name for name in ("arkerr", "examples/dom_only", "examples/write_pages")
               if not (folder / name).is_file()]
    if missing:
        sys.exit(f"{folder} lacks {', '.join(missing)}; build with:\n"
                 "  cargo build --release\n"
                 "  cargo build --release -p arkerr-benches --examples")
    return folder


def main():
    options = arguments()
    tools = binaries(options.binaries)
    report = Report(options.markdown)
    rounds = options.rounds
    wanted = options.only or ["real", "peer", "answers", "growth"]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)

        def synthetic(count):
            project = Project(folder / str(count), tools / "arkerr")
            run([tools / "examples/write_pages", count, project.snapshots])
            return project

        real = Project(folder / "real", tools / "arkerr")
        for page in sorted(options.snapshots.glob(f"*{options.suffix}")):
            shutil.copy(page, real.snapshots / f"{page.name.removesuffix(options.suffix)}.html")
        floor = run([shutil.which("true")]).memory / 1e6
        _, version = read([tools / "arkerr", "--version"])
        print(f"{version.strip()}, {os.cpu_count()} processors, {rounds} rounds; "
              f"a process that does nothing has a peak of {floor:.1f} MB here, that of this script")
        if "real" in wanted:
            measure_real(report, real, tools, rounds)
        if "peer" in wanted and options.peer_python:
            measure_peer(report, real, options.peer_python.absolute(), rounds)
        if {"answers", "growth"} & set(wanted):
            small = synthetic(200)
            if "answers" in wanted:
                measure_answers(report, small, rounds)
            if "growth" in wanted:
                measure_growth(report, small, synthetic(2000), max(rounds // 3, 1))


main()
