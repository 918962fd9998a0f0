"""What proofs stand on: one client, and things made through it when first asked for, all named after this run."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zlib

from rucio.client import Client

LOTS = 10**15


class World:
    def __init__(self):
        self.client = Client()
        self.tag = format(int(time.time() * 1000) % 16**8, "08x")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="holdfast-interop-"))
        self._made = {}
        self._count = 0

    def once(self, key, make):
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def fresh(self, what):
        """A name that nothing has yet."""
        self._count += 1
        return f"{what}{self.tag}{self._count:03d}"

    def scope(self):
        """A scope of account root."""

        def make():
            scope = "s" + self.tag
            self.client.add_scope("root", scope)
            return scope

        return self.once("scope", make)

    def account(self):
        """A user's account with nothing to it."""

        def make():
            account = "u" + self.tag
            self.client.add_account(account, "USER", f"{account}@example.org")
            return account

        return self.once("account", make)

    def new_rse(self, **settings):
        rse = self.fresh("IT_").upper()
        self.client.add_rse(rse, **settings)
        return rse

    def rse(self, key="A"):
        """A storage element on a folder of this machine, with a limit of root's on it; A, B and C are at tier 7."""

        def make():
            rse = self.new_rse()
            (self.folder / rse).mkdir()
            self.client.add_protocol(rse, protocol(str(self.folder / rse)))
            self.client.set_local_account_limit("root", rse, LOTS)
            self.client.add_rse_attribute(rse, self.tier(), "7")
            return rse

        return self.once("rse " + key, make)

    def tier(self):
        return "tier" + self.tag

    def three(self):
        """An expression that comes to the elements A, B and C."""
        for key in "ABC":
            self.rse(key)
        return self.tier() + "=7"

    def facts(self, count):
        """Files that nobody has registered yet."""
        return [
            {"scope": self.scope(), "name": self.fresh("f"), "bytes": 100 + i, "adler32": f"{i + 1:08x}"}
            for i in range(count)
        ]

    def files(self, count, rse="A"):
        """Files registered at a storage element."""
        files = self.facts(count)
        self.client.add_replicas(self.rse(rse), files)
        return files

    def dataset(self, files=3, rse="A", **options):
        """A dataset with files; returns its name and the files."""
        name = self.fresh("ds")
        held = self.files(files, rse) if files else []
        self.client.add_dataset(self.scope(), name, **options)
        if held:
            self.client.attach_dids(self.scope(), name, dids(held))
        return name, held

    def container(self, *children):
        name = self.fresh("c")
        self.client.add_container(self.scope(), name)
        if children:
            self.client.attach_dids(self.scope(), name, [self.did(child) for child in children])
        return name

    def did(self, name):
        return {"scope": self.scope(), "name": name}

    def rule(self, name, copies=1, expression=None, **options):
        return one_id(self.client.add_replication_rule([self.did(name)], copies, expression or self.rse("A"), **options))

    def local_file(self, size=2000):
        """A file with bytes of its own on this machine; its path and adler32."""
        path = self.folder / (self.fresh("file") + ".root")
        path.write_bytes(os.urandom(size))
        return path, format(zlib.adler32(path.read_bytes()), "08x")

    def run(self, *words, code=0, program="rucio"):
        """Runs the command line; what it printed."""
        done = subprocess.run(
            [str(pathlib.Path(sys.executable).parent / program), *words],
            capture_output=True, text=True, timeout=120, cwd=self.folder, check=False,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "250", "TERM": "dumb"},
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{program} {' '.join(words)} ended with {done.returncode}: {said.strip()[-300:]}"
        return said


def protocol(folder, scheme="file", hostname="localhost", port=0, **more):
    """A protocol on a folder, for all operations."""
    return {
        "scheme": scheme, "hostname": hostname, "port": port, "prefix": folder,
        "impl": "rucio.rse.protocols." + {"file": "posix", "root": "xrootd"}.get(scheme, "gfal") + ".Default",
        "domains": {
            "lan": {"read": 1, "write": 1, "delete": 1},
            "wan": {"read": 1, "write": 1, "delete": 1, "third_party_copy_read": 1, "third_party_copy_write": 1},
        },
        "extended_attributes": None,
        **more,
    }


def dids(files):
    return [{"scope": file["scope"], "name": file["name"]} for file in files]


def one_id(ids):
    assert len(ids) == 1 and len(ids[0]) == 32, f"one id of 32 hexadecimal digits, seen {ids!r}"
    return ids[0]
