#!/usr/bin/env python3
"""Recomputes the journal of an evidence bundle with Python's standard library alone.

    python3 check_entries.py BUNDLE.zip [HEAD.txt]

Trust in Holdfast's own programs is not needed for what this shows: that every entry gives its leaf, that all leaves give
the root of the head in the bundle, and that the journal contains the whole journal of HEAD.txt, kept elsewhere. It does
not check the signature (`openssl pkeyutl -verify` does) and takes no verdict again. See docs/decisions/0002 and 0010.
"""
import hashlib
import hmac
import io
import sys
import zipfile


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(hashes):
    """The Merkle tree hash of RFC 6962, section 2.1, over hashes of leaves."""
    if not hashes:
        return sha256()
    peaks = []  # (height, hash) of complete subtrees, the largest first
    for leaf in hashes:
        height = 0
        while peaks and peaks[-1][0] == height:
            leaf = sha256(b"\x01", peaks.pop()[1], leaf)
            height += 1
        peaks.append((height, leaf))
    whole = peaks.pop()[1]
    while peaks:
        whole = sha256(b"\x01", peaks.pop()[1], whole)
    return whole


def leaves(entries):
    """The leaf of each entry, from its own bytes."""
    def expect(right, what):
        if not right:
            raise SystemExit("REFUSED entry %d: %s" % (number, what))

    number = 0
    read = lambda: next(lines)[:-1]
    lines = iter(entries)
    expect(read() == b"holdfast-entries 1" and read() == b"first 0" and read() == b"", "not a journal from entry 0")
    for line in lines:
        if line.startswith(b"end "):
            expect(line == b"end %d\n" % number, "the end states another number of entries")
            return
        header = [line] + [next(lines) for _ in range(7)]
        expect(header[0] == b"holdfast-entry 1\n", "no header where one should begin")
        fields = dict(h[:-1].split(b" ", 1) for h in header[1:])
        seed = bytes.fromhex(read().removeprefix(b"seed ").decode())
        hashes = []
        for n in range(int(fields[b"count"])):
            text = read().removeprefix(b"line ")
            salt = hmac.new(seed, n.to_bytes(4, "big"), hashlib.sha256).digest()[:16]
            hashes.append(sha256(b"\x00", salt, text))
        expect(root(hashes).hex().encode() == fields[b"lines"], "the lines do not give the root in the header")
        leaf = sha256(b"\x00", *header)
        expect(read() == b"leaf %d %s" % (number, leaf.hex().encode()), "the header does not give the leaf")
        expect(read() == b"", "no empty line after the entry")
        yield leaf
        number += 1
    raise SystemExit("REFUSED the journal ends after %d entries without saying so" % number)


def main(bundle, *heads):
    with zipfile.ZipFile(bundle) as parts:
        stated = [parts.read("head.txt").decode()] + [open(head, encoding="utf-8").read() for head in heads]
        with parts.open("entries.txt") as entries:
            found = list(leaves(io.BufferedReader(entries)))
    for head in stated:
        _, version, size, expected, _, _ = head.split()
        if version != "1" or int(size) > len(found) or root(found[: int(size)]).hex() != expected:
            raise SystemExit("REFUSED %d entries do not contain the journal of the head: %s" % (len(found), head.strip()))
    print("%d entries give the root %s" % (len(found), root(found).hex()))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
