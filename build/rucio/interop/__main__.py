"""Drives the published Rucio client against a running server and says which of its methods work.

usage: python interop [--expect FILE] [--write FILE] [WORD ...]   only proofs whose methods contain a word
The client's configuration (RUCIO_CONFIG) names the server. FILE lists the methods that must pass, one a line; the run
fails when one of them fails, and when one passes that is not listed. --write writes what passed.
"""

import argparse
import importlib
import pkgutil
import shutil
import sys
import time
import traceback

import proof
import world

AREAS = ("accounts", "rses", "contents", "metadata", "replicas", "rules", "transfers", "commands", "wire")
# Methods without an endpoint of their own, or whose endpoint no server has.
WITHOUT_ENDPOINT = {
    "MetaConventionClient.del_value", "MetaConventionClient.del_key", "MetaConventionClient.update_key",
    "OpenDataClient.get_opendata_host", "DownloadClient.is_useable", "DownloadClient.try_extraction",
    "DownloadClient.preferred_impl", "UploadClient.preferred_impl",
    "DownloadClient.download_aria2c",  # wants a program that is not everywhere
}


def methods_of_the_client():
    import rucio.client

    found = set()
    for module in pkgutil.iter_modules(rucio.client.__path__):
        for name, kind in vars(importlib.import_module("rucio.client." + module.name)).items():
            if name.endswith("Client") and name != "BaseClient" and isinstance(kind, type):
                found |= {f"{name}.{m}" for m, f in vars(kind).items() if callable(f) and not m.startswith("_")}
    return found - WITHOUT_ENDPOINT


def run(words):
    """Runs the proofs; method -> None when every proof of it passed, else the first reason."""
    results = {}
    w = world.World()
    w.client.ping()
    try:
        for methods, function in proof.PROOFS:
            if words and not any(word in method for word in words for method in methods):
                continue
            reason = None
            began = time.monotonic()
            try:
                function(w)
            except Exception as e:  # noqa: BLE001 - whatever it is, it is what the table tells
                where = [f for f in traceback.extract_tb(e.__traceback__) if "/interop/" in f.filename][-1]
                said = " ".join(str(e).split())[:220]
                reason = f"{function.__name__}:{where.lineno}: {type(e).__name__}: {said}"
            took = time.monotonic() - began
            for method in methods:
                results[method] = (results.get(method, (None, 0))[0] or reason, took)
    finally:
        shutil.rmtree(w.folder, ignore_errors=True)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--expect")
    parser.add_argument("--write")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    for area in AREAS:
        importlib.import_module(area)
    unproved = methods_of_the_client() - {m for methods, _ in proof.PROOFS for m in methods}
    wanted = set()
    if options.expect:
        with open(options.expect, encoding="utf-8") as file:
            wanted = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    results = run(options.words)

    wrong = 0
    for method, (reason, took) in sorted(results.items()):
        if reason is None:
            verdict = "passed" if method in wanted or not options.expect else "PASSED, but is not listed: list it"
        else:
            verdict = ("FAILED: " if method in wanted or not options.expect else "not yet: ") + reason
        wrong += verdict.startswith(("PASSED", "FAILED"))
        print(f"{method:62} {took:5.1f} s  {verdict}")
    if not options.words:
        for method in sorted(unproved):
            print(f"{method:62}          NO PROOF: the client has this method and no proof of it is written")
        for method in sorted(wanted - set(results)):
            print(f"{method:62}          LISTED, but there is no such proof")
        wrong += len(unproved) + len(wanted - set(results))
    passed = sorted(m for m, (reason, _) in results.items() if reason is None)
    if options.write:
        with open(options.write, "w", encoding="utf-8") as file:
            file.write("# What the published Rucio client must be able to do here, one method a line.\n" + "\n".join(passed) + "\n")
    print(f"{len(passed)} of {len(results)} passed")
    sys.exit(1 if wrong else 0)


main()
