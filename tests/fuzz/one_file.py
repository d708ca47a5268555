"""Read, check, format and render one file, and print as JSON how long each took (CPU seconds) and how much memory.

python one_file.py FILE: a file of up to 1 MB, taken for an entry of the product that its folder is called after.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from kb.checks import check, to_report
from kb.entry import formatted, load_collection
from kb.site.prose import ProseRenderer, signature_html
from kb.site.urls import Urls

PRODUCTS = '{"git": {"name": "Git", "home": "https://git.example/", "repository": "g/g", "category": "x"}}'
RENDERER = ProseRenderer({}, {}, Urls.at(2))


def measure(path: Path) -> dict[str, object]:
    """CPU seconds of each stage, the most memory that this process ever had, and how many problems were found."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "git").mkdir()
        (root / "products.yml").write_text(PRODUCTS)
        (root / "tools.yml").write_text("[]")
        shutil.copy(path, root / f"git/a{path.suffix}")
        start = time.process_time()

        def stage(name: str) -> None:
            nonlocal start
            now = time.process_time()
            seconds[name], start = round(now - start, 3), now

        collection = load_collection(root)
        (source,) = collection.sources
        stage("read")
        problems = check(collection, date(2026, 6, 1))
        stage("check")
        to_report(problems[:1000])
        stage("report")
        if source.document.value is not None and not source.document.defects:
            with suppress(ValueError):  # it says that the file can't be read
                formatted(source)
        stage("format")
        if source.entry:
            entry = source.entry
            RENDERER.sections(entry.body, entry.source, {"x"})
            for signature in entry.signatures:
                signature_html(signature.text)
        stage("render")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "mebibytes": round(peak), "problems": len(problems)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))
