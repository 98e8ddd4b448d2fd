"""Tells what nobody expected: the run of a module against expected-failures.json and expected-skips.json.

Both files have the form that the suite's own runner reads, so either runner may be used.
"""

import fnmatch
import json


def surprises(folder, config, name, info, log):
    """Sentences about a module: failures and warnings that are not listed, and listed ones that did not come."""
    listed = [e for e in read(folder / "expected-failures.json") if concerns(e, config, name, info)]
    skip_listed = any(concerns(e, config, name, info) for e in read(folder / "expected-skips.json"))
    found = []
    if info["status"] != "FINISHED":
        found.append(f"did not finish: {info['status']}")
    if (info.get("result") == "SKIPPED") != skip_listed:
        found.append("was skipped, which is not listed" if not skip_listed else "was listed as skipped but ran")
    problems = list(conditions(log))
    for block, source, result, message in problems:
        if not any(is_the_listed(e, block, source, result) for e in listed):
            found.append(f"{result} {source}: {message} [{block}]")
    for entry in listed:
        if not any(is_the_listed(entry, *problem[:3]) for problem in problems):
            found.append(f"listed but did not happen: {entry['expected-result']} {entry['condition']}")
    return found


def read(path):
    """The entries of an expectations file."""
    return json.loads(path.read_text())


def concerns(entry, config, name, info):
    """Is the entry about this module, run with this configuration and variant?"""
    variant = entry.get("variant", "*")
    return (
        fnmatch.fnmatch(name, entry["test-name"])
        and fnmatch.fnmatch(config, entry["configuration-filename"])
        and (variant == "*" or variant.items() <= (info.get("variant") or {}).items())
    )


def is_the_listed(entry, block, source, result):
    """Is this problem the one that the entry lists?"""
    return (entry["current-block"], entry["condition"], entry["expected-result"].upper()) == (block, source, result)


def conditions(log):
    """Failures and warnings of a log as (block, condition, result, message)."""
    blocks = {}
    for line in log:
        if line.get("startBlock"):
            blocks[line["blockId"]] = line["msg"]
        elif line.get("result") in ("FAILURE", "WARNING"):
            yield blocks.get(line.get("blockId"), ""), line["src"], line["result"], line["msg"]
