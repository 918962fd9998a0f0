"""Replicas: registering, listing, states, bad and suspicious ones, dataset replicas, metalink, DIRAC's bulk registration."""

import xml.etree.ElementTree
from datetime import datetime, timedelta

from proof import equal, holds, names, one, proves, raises, refused
from world import dids, protocol


def pfn_of(w, file, rse="A"):
    return one(one(w.client.list_replicas(dids([file]), rse_expression=w.rse(rse)))["rses"][w.rse(rse)])


@proves("ReplicaClient.add_replicas", "ReplicaClient.list_replicas")
def replicas_are_added_and_listed(w):
    file = w.files(1)[0]
    row = one(w.client.list_replicas(dids([file])))
    holds({"scope": w.scope(), "name": file["name"], "bytes": 100, "adler32": "00000001", "md5": None,
           "states": {w.rse(): "AVAILABLE"}}, row)
    (pfn, about), = row["pfns"].items()
    holds({"rse": w.rse(), "type": "DISK", "volatile": False, "priority": 1, "client_extract": False}, about)
    assert pfn.startswith("file://localhost") and pfn.endswith("/" + file["name"]), pfn
    equal(row["rses"], {w.rse(): [pfn]})
    equal(w.client.get_did(w.scope(), file["name"])["type"], "FILE")
    w.client.add_replicas(w.rse(), [file])
    raises("RSENotFound", w.client.add_replicas, "NOSUCH", [file])
    equal(list(w.client.list_replicas([w.did("nope")])), [])


@proves("ReplicaClient.list_replicas (collections, filters)")
def replicas_of_a_container(w):
    name, files = w.dataset(3)
    w.client.add_replicas(w.rse("B"), files[:1])
    outer = w.container(name)
    rows = list(w.client.list_replicas([w.did(outer)]))
    equal(names(rows), names(files))
    equal(sorted(one(r for r in rows if r["name"] == files[0]["name"])["rses"]), sorted([w.rse("A"), w.rse("B")]))
    equal(names(w.client.list_replicas([w.did(outer)], rse_expression=w.rse("B"))), names(files[:1]))
    equal(len(list(w.client.list_replicas([w.did(outer)], nrandom=2))), 2)
    rows = list(w.client.list_replicas([w.did(name)], resolve_parents=True))
    equal(sorted(rows[0]["parents"]), sorted([f"{w.scope()}:{name}", f"{w.scope()}:{outer}"]))
    assert not any(r["pfns"] for r in w.client.list_replicas([w.did(name)], schemes=["https"]))


@proves("ReplicaClient.list_replicas (metalink)")
def replicas_as_metalink(w):
    file = w.files(1)[0]
    text = w.client.list_replicas(dids([file]), metalink=True)
    space = {"m": "urn:ietf:params:xml:ns:metalink"}
    tree = xml.etree.ElementTree.fromstring(text)
    found = tree.find("m:file", space)
    equal(found.get("name"), file["name"])
    equal(found.find("m:identity", space).text, f"{w.scope()}:{file['name']}")
    equal((found.find("m:hash", space).get("type"), found.find("m:hash", space).text), ("adler32", "00000001"))
    equal(found.find("m:size", space).text, "100")
    equal(found.find("m:url", space).get("location"), w.rse())


@proves("ReplicaClient.add_replica")
def one_replica_is_added(w):
    name = w.fresh("f")
    w.client.add_replica(w.rse(), w.scope(), name, 42, "0000002a", md5="0" * 32)
    holds({"bytes": 42, "adler32": "0000002a", "md5": "0" * 32}, one(w.client.list_replicas([w.did(name)])))


@proves("ReplicaClient.add_replicas (non-deterministic)")
def a_non_deterministic_rse_keeps_the_path(w):
    rse = w.new_rse(deterministic=False)
    w.client.add_protocol(rse, protocol("//data/", "root", "se.example.org", 1094))
    pfn = f"root://se.example.org:1094//data/some/where/{w.fresh('x')}"
    file = {**w.facts(1)[0], "pfn": pfn}
    w.client.add_replicas(rse, [file])
    (shown,) = one(w.client.list_replicas(dids([file])))["pfns"]
    equal(shown.replace("//", "/"), pfn.replace("//", "/"))


@proves("ReplicaClient.update_replicas_states")
def an_upload_is_finished(w):
    file = {**w.facts(1)[0], "state": "C"}
    w.client.add_replicas(w.rse(), [file])
    # Rucio shows such a file without any place.
    assert not any(row["rses"] for row in w.client.list_replicas(dids([file])))
    equal(one(w.client.list_replicas(dids([file]), all_states=True))["states"], {w.rse(): "COPYING"})
    w.client.update_replicas_states(w.rse(), [{**dids([file])[0], "state": "A"}])
    equal(one(w.client.list_replicas(dids([file])))["states"], {w.rse(): "AVAILABLE"})


@proves("ReplicaClient.delete_replicas")
def nobody_deletes_replicas_by_the_generic_policy(w):
    raises("AccessDenied", w.client.delete_replicas, w.rse(), dids(w.files(1)))


@proves("ReplicaClient.declare_bad_file_replicas")
def bad_replicas_are_declared(w):
    by_name, by_pfn = w.files(2)
    w.client.add_replicas(w.rse("B"), [by_name, by_pfn])
    equal(w.client.declare_bad_file_replicas([{**dids([by_name])[0], "rse": w.rse()}], "test"), {})
    equal(w.client.declare_bad_file_replicas([pfn_of(w, by_pfn)], "test"), {})
    for file in (by_name, by_pfn):
        equal(list(one(w.client.list_replicas(dids([file])))["rses"]), [w.rse("B")])
        equal(one(w.client.list_replicas(dids([file]), all_states=True))["states"][w.rse()], "BAD")
    unknown = w.client.declare_bad_file_replicas([{**w.did("nope"), "rse": w.rse()}], "test")
    assert w.rse() in unknown and unknown[w.rse()], unknown


@proves("ReplicaClient.declare_bad_did_replicas")
def bad_dids_are_declared(w):
    file = w.files(1)[0]
    assert not w.client.declare_bad_did_replicas(w.rse(), dids([file]), "test"), "what was not declared"
    equal(one(w.client.list_replicas(dids([file]), all_states=True))["states"], {w.rse(): "BAD"})


@proves("ReplicaClient.add_bad_pfns")
def pfns_are_declared_bad(w):
    file = w.files(1)[0]
    w.client.add_bad_pfns([pfn_of(w, file)], "test", "TEMPORARY_UNAVAILABLE",
                          (datetime.utcnow() + timedelta(days=1)).isoformat())
    refused(w.client.add_bad_pfns, [pfn_of(w, w.files(1)[0])], "test", "BOGUS", None)


@proves("ReplicaClient.declare_suspicious_file_replicas", "ReplicaClient.list_suspicious_replicas")
def suspicious_replicas_are_declared(w):
    file = w.files(1)[0]
    equal(w.client.declare_suspicious_file_replicas([pfn_of(w, file)], "test"), {})
    seen = w.client.list_suspicious_replicas(rse_expression=w.rse())
    rows = [row for rows in seen for row in (rows if isinstance(rows, list) else [rows])]
    holds({"name": file["name"], "rse": w.rse(), "cnt": 1}, one(r for r in rows if r["name"] == file["name"]))


@proves("ReplicaClient.get_did_from_pfns")
def dids_are_found_by_pfn(w):
    file = w.files(1)[0]
    pfn = pfn_of(w, file)
    equal(one(w.client.get_did_from_pfns([pfn], w.rse())), {pfn: dids([file])[0]})


@proves("ReplicaClient.list_dataset_replicas", "ReplicaClient.list_dataset_replicas_bulk")
def dataset_replicas_are_counted(w):
    name, files = w.dataset(3)
    w.client.add_replicas(w.rse("B"), files[:1])
    rows = {r["rse"]: r for r in w.client.list_dataset_replicas(w.scope(), name, deep=True)}
    holds({"length": 3, "available_length": 3, "available_bytes": 303, "state": "AVAILABLE"}, rows[w.rse("A")])
    holds({"available_length": 1, "available_bytes": 100, "state": "UNAVAILABLE"}, rows[w.rse("B")])
    assert isinstance(list(w.client.list_dataset_replicas_bulk([w.did(name)])), list)


@proves("ReplicaClient.list_dataset_replicas (never stale)")
def dataset_replicas_are_not_stale(w):
    name, _ = w.dataset(3)
    holds({"rse": w.rse(), "available_length": 3}, one(w.client.list_dataset_replicas(w.scope(), name)))
    holds({"name": name}, one(w.client.list_dataset_replicas_bulk([w.did(name)])))
    assert name in names(w.client.list_datasets_per_rse(w.rse()))


@proves("ReplicaClient.list_dataset_replicas_vp")
def virtual_placement_answers(w):
    name, _ = w.dataset(1)
    assert isinstance(list(w.client.list_dataset_replicas_vp(w.scope(), name)), list)


@proves("ReplicaClient.list_datasets_per_rse")
def datasets_of_an_rse(w):
    w.dataset(1)
    assert isinstance(list(w.client.list_datasets_per_rse(w.rse())), list)


@proves("ReplicaClient.set_tombstone")
def a_tombstone_is_refused_and_nothing_goes(w):
    free = w.files(1)[0]
    said = raises("UnsupportedOperation", w.client.set_tombstone, [{**dids([free])[0], "rse": w.rse()}])
    assert "sign" in said, said
    equal(one(w.client.list_replicas(dids([free])))["states"], {w.rse(): "AVAILABLE"})
    raises("ReplicaNotFound", w.client.set_tombstone, [{**w.did("nope"), "rse": w.rse()}])


@proves("ReplicaClient.quarantine_replicas")
def a_quarantine_is_refused(w):
    said = raises("UnsupportedOperation", w.client.quarantine_replicas, [{"path": "/dark/file", **w.did("dark")}],
                  rse=w.rse())
    assert "listing" in said, said


@proves("DiracClient.add_files")
def files_are_added_by_dirac(w):
    w.once("ANY", lambda: w.client.add_rse_attribute(w.rse(), "ANY", "true"))
    # The scope stands in the name's second part, and in its first for what lies above.
    folder = f"/{w.scope()}/{w.scope()}/{w.fresh('sub')}"
    w.once("top", lambda: w.client.add_container(w.scope(), "/" + w.scope()))
    lfns = [{"lfn": f"{folder}/file{i}", "rse": w.rse(), "bytes": 10, "adler32": "0000000a"} for i in range(2)]
    w.client.add_files(lfns)
    equal(len(list(w.client.list_files(w.scope(), folder))), 2)
    equal(w.client.get_did(w.scope(), folder)["type"], "DATASET")
    equal(w.client.get_did(w.scope(), folder.rsplit("/", 1)[0])["type"], "CONTAINER")
    holds({"copies": 1, "rse_expression": "ANY=true"}, one(w.client.list_did_rules(w.scope(), folder)))
    holds({"rse_expression": w.rse()}, one(w.client.list_did_rules(w.scope(), lfns[0]["lfn"])))
    w.client.add_files(lfns)
