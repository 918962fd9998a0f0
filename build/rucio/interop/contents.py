"""DIDs: datasets, containers, content, status, bulk calls, history."""

from proof import equal, holds, names, one, proves, raises
from world import LOTS, dids, protocol


@proves("DIDClient.add_dataset", "DIDClient.get_did")
def a_dataset_is_added(w):
    name = w.fresh("ds")
    w.client.add_dataset(w.scope(), name, statuses={"monotonic": True}, meta={"project": "p"})
    holds({"scope": w.scope(), "name": name, "type": "DATASET", "account": "root", "open": True, "monotonic": True,
           "expired_at": None, "length": None, "bytes": None}, w.client.get_did(w.scope(), name))
    equal(w.client.get_metadata(w.scope(), name)["project"], "p")
    raises("DataIdentifierAlreadyExists", w.client.add_dataset, w.scope(), name)
    raises("ScopeNotFound", w.client.add_dataset, "nosuchscope", name)
    # A tabulator is in no name, whatever the policy.
    raises("InvalidObject", w.client.add_dataset, w.scope(), "bad\tname")
    raises("DataIdentifierNotFound", w.client.get_did, w.scope(), "nope")


@proves("DIDClient.get_did (files, counted collections)")
def a_did_is_counted(w):
    name, files = w.dataset(3)
    holds({"length": 3, "bytes": 303}, w.client.get_did(w.scope(), name, dynamic_depth="FILE"))
    holds({"type": "FILE", "bytes": 100, "length": 1, "adler32": "00000001", "md5": None},
          w.client.get_did(w.scope(), files[0]["name"]))


@proves("DIDClient.add_container")
def a_container_is_added(w):
    name = w.container()
    holds({"type": "CONTAINER", "open": True}, w.client.get_did(w.scope(), name))


@proves("DIDClient.add_did")
def a_did_is_added_with_its_content(w):
    name, files = w.fresh("ds"), w.files(2)
    w.client.add_did(w.scope(), name, "DATASET", dids=dids(files))
    equal(names(w.client.list_content(w.scope(), name)), names(files))


@proves("DIDClient.add_dids", "DIDClient.add_datasets", "DIDClient.add_containers")
def dids_are_added_in_bulk(w):
    made = [w.fresh("ds") for _ in range(4)] + [w.fresh("c")]
    w.client.add_dids([{**w.did(made[0]), "type": "DATASET"}, {**w.did(made[1]), "type": "DATASET"}])
    w.client.add_datasets([w.did(made[2]), w.did(made[3])])
    w.client.add_containers([w.did(made[4])])
    equal([w.client.get_did(w.scope(), name)["type"] for name in made], ["DATASET"] * 4 + ["CONTAINER"])
    raises("DataIdentifierAlreadyExists", w.client.add_datasets, [w.did(made[2])])


@proves("DIDClient.attach_dids", "DIDClient.list_content")
def files_are_attached(w):
    name, files = w.dataset(3)
    content = list(w.client.list_content(w.scope(), name))
    equal(names(content), names(files))
    holds({"scope": w.scope(), "type": "FILE", "bytes": 100, "adler32": "00000001"},
          one(c for c in content if c["name"] == files[0]["name"]))
    raises("FileAlreadyExists", w.client.attach_dids, w.scope(), name, dids(files[:1]))
    raises("DataIdentifierNotFound", w.client.attach_dids, w.scope(), name, [w.did("nope")])
    raises("UnsupportedOperation", w.client.attach_dids, w.scope(), w.container(), dids(files[:1]))


@proves("DIDClient.attach_dids (with rse: files are registered first)")
def files_are_registered_by_attaching(w):
    name, files = w.fresh("ds"), w.facts(2)
    w.client.add_dataset(w.scope(), name)
    w.client.attach_dids(w.scope(), name, files, rse=w.rse())
    equal(names(w.client.list_content(w.scope(), name)), names(files))
    equal(list(one(w.client.list_replicas(dids(files[:1])))["rses"]), [w.rse()])


@proves("DIDClient.add_files_to_dataset", "DIDClient.add_datasets_to_container", "DIDClient.add_containers_to_container")
def collections_are_filled(w):
    files, name = w.files(2), w.fresh("ds")
    w.client.add_dataset(w.scope(), name)
    w.client.add_files_to_dataset(w.scope(), name, dids(files))
    inner, outer = w.container(), w.container()
    w.client.add_datasets_to_container(w.scope(), inner, [w.did(name)])
    w.client.add_containers_to_container(w.scope(), outer, [w.did(inner)])
    equal(names(w.client.list_content(w.scope(), outer)), [inner])
    equal(names(w.client.list_files(w.scope(), outer)), names(files))


@proves("DIDClient.attach_dids_to_dids", "DIDClient.add_files_to_datasets")
def attachments_in_bulk(w):
    files, one_name, other = w.files(2), w.fresh("ds"), w.fresh("ds")
    w.client.add_datasets([w.did(one_name), w.did(other)])
    w.client.attach_dids_to_dids([{**w.did(one_name), "dids": dids(files)}])
    w.client.add_files_to_datasets([{**w.did(one_name), "dids": dids(files)}, {**w.did(other), "dids": dids(files)}],
                                   ignore_duplicate=True)
    equal(names(w.client.list_content(w.scope(), one_name)), names(files))
    equal(names(w.client.list_content(w.scope(), other)), names(files))


@proves("DIDClient.add_datasets_to_containers", "DIDClient.add_containers_to_containers")
def containers_in_bulk(w):
    name, inner, outer = w.dataset(0)[0], w.container(), w.container()
    w.client.add_datasets_to_containers([{**w.did(inner), "dids": [w.did(name)]}])
    w.client.add_containers_to_containers([{**w.did(outer), "dids": [w.did(inner)]}])
    equal(names(w.client.list_content(w.scope(), outer)), [inner])
    equal(names(w.client.list_content(w.scope(), inner)), [name])
    raises("UnsupportedOperation", w.client.attach_dids, w.scope(), name, [w.did(outer)])


@proves("DIDClient.detach_dids")
def files_are_detached(w):
    name, files = w.dataset(3)
    w.client.detach_dids(w.scope(), name, dids(files[:1]))
    equal(names(w.client.list_content(w.scope(), name)), names(files[1:]))
    raises("DataIdentifierNotFound", w.client.detach_dids, w.scope(), name, dids(files[:1]))


@proves("DIDClient.list_content_history")
def history_of_content_is_answered(w):
    name, files = w.dataset(1)
    w.client.detach_dids(w.scope(), name, dids(files))
    assert isinstance(list(w.client.list_content_history(w.scope(), name)), list)


@proves("DIDClient.list_files")
def files_are_listed_through_containers(w):
    name, files = w.dataset(3)
    outer = w.container(name)
    rows = list(w.client.list_files(w.scope(), outer))
    equal(names(rows), names(files))
    holds({"bytes": 100, "adler32": "00000001"}, one(r for r in rows if r["name"] == files[0]["name"]))
    assert "lumiblocknr" in list(w.client.list_files(w.scope(), name, long=True))[0]
    raises("DataIdentifierNotFound", w.client.list_files, w.scope(), "nope")


@proves("DIDClient.bulk_list_files")
def files_of_many_are_listed(w):
    (one_name, a), (other, b) = w.dataset(1), w.dataset(1)
    rows = list(w.client.bulk_list_files([w.did(one_name), w.did(other)]))
    equal(names(rows), names(a + b))
    equal({r["parent_name"] for r in rows}, {one_name, other})


@proves("DIDClient.list_parent_dids")
def parents_are_listed(w):
    name, files = w.dataset(1)
    holds({"name": name, "type": "DATASET"}, one(w.client.list_parent_dids(w.scope(), files[0]["name"])))


@proves("DIDClient.scope_list")
def a_scope_is_listed(w):
    scope = w.fresh("s")
    w.client.add_scope("root", scope)
    w.client.add_dataset(scope, "ds")
    w.client.add_container(scope, "c")
    w.client.attach_dids(scope, "c", [{"scope": scope, "name": "ds"}])
    holds({"name": "c", "type": "CONTAINER", "parent": None, "level": 0}, one(w.client.scope_list(scope)))
    below = list(w.client.scope_list(scope, "c", recursive=True))
    assert "ds" in [row["name"] for row in below], below
    raises("DataIdentifierNotFound", w.client.scope_list, scope, "nope")


@proves("DIDClient.close", "DIDClient.set_status")
def a_dataset_is_closed(w):
    name, files = w.dataset(3)
    w.client.close(w.scope(), name)
    holds({"open": False, "length": 3, "bytes": 303}, w.client.get_did(w.scope(), name))
    raises("UnsupportedOperation", w.client.attach_dids, w.scope(), name, dids(w.files(1)))
    raises("UnsupportedOperation", w.client.close, w.scope(), name)
    w.client.set_status(w.scope(), name, open=True)
    equal(w.client.get_did(w.scope(), name)["open"], True)
    raises("UnsupportedStatus", w.client.set_status, w.scope(), name, bogus=True)


@proves("DIDClient.create_did_sample")
def a_sample_is_drawn(w):
    name, _ = w.dataset(5)
    sample = w.fresh("ds")
    w.client.create_did_sample(w.scope(), name, w.scope(), sample, 2)
    equal(len(list(w.client.list_content(w.scope(), sample))), 2)


@proves("DIDClient.resurrect")
def what_was_not_removed_is_not_resurrected(w):
    name, _ = w.dataset(0)
    raises("DataIdentifierNotFound", w.client.resurrect, [w.did("never-was")])
    raises("DataIdentifierNotFound", w.client.resurrect, [w.did(name)])


@proves("DIDClient.list_archive_content", "DIDClient.add_files_to_archive")
def an_archive_holds_files(w):
    archive = {**w.facts(1)[0], "name": w.fresh("arc") + ".zip"}
    w.client.add_replicas(w.rse(), [archive])
    inside = w.files(2)
    w.client.add_files_to_archive(w.scope(), archive["name"], inside)
    rows = list(w.client.list_archive_content(w.scope(), archive["name"]))
    equal(names(rows), names(inside))
    holds({"scope": w.scope(), "bytes": 100, "adler32": "00000001", "md5": None},
          one(r for r in rows if r["name"] == inside[0]["name"]))
    through = {r["name"]: r for r in w.client.list_replicas(dids(inside))}
    assert any(pfn["client_extract"] for pfn in through[inside[0]["name"]]["pfns"].values()), through
    raises("UnsupportedOperation", w.client.add_files_to_archive, w.scope(), inside[0]["name"], w.files(1))


@proves("DIDClient.add_files_to_archive (files that nobody registered before)")
def an_archive_brings_files(w):
    rse = w.new_rse()
    w.client.add_protocol(rse, protocol("//data/", "root", "se.example.org", 1094))
    archive, inside = {**w.facts(1)[0], "name": w.fresh("arc") + ".tar.gz"}, w.facts(1)
    w.client.add_replicas(rse, [archive])
    w.client.add_files_to_archive(w.scope(), archive["name"], inside)
    name = inside[0]["name"]
    holds({"type": "FILE", "bytes": 100, "adler32": "00000001"}, w.client.get_did(w.scope(), name))
    equal(w.client.get_metadata(w.scope(), archive["name"])["is_archive"], True)
    equal(w.client.get_metadata(w.scope(), name)["constituent"], True)
    row = one(w.client.list_replicas([w.did(name)]))
    equal(row["states"], {rse: "AVAILABLE"})
    (pfn, about), = row["pfns"].items()
    assert pfn.endswith(f"{archive['name']}?xrdcl.unzip={name}"), pfn
    holds({"domain": "zip", "client_extract": False, "priority": 1}, about)
    assert not one(w.client.list_replicas([w.did(name)], resolve_archives=False))["pfns"]
    w.client.set_local_account_limit("root", rse, LOTS)
    w.rule(name, expression=rse)
    holds({"name": archive["name"]}, one(w.client.list_did_rules(w.scope(), archive["name"])))


@proves("DIDClient.add_dataset (names with slashes)")
def names_may_hold_slashes(w):
    name = f"prod/{w.fresh('ds')}/sub00/mc"
    w.client.add_dataset(w.scope(), name)
    equal(w.client.get_did(w.scope(), name)["name"], name)
    file = {**w.facts(1)[0], "name": name + "/file.root"}
    w.client.add_replicas(w.rse(), [file])
    w.client.attach_dids(w.scope(), name, dids([file]))
    equal(names(w.client.list_files(w.scope(), name)), [file["name"]])
    w.client.set_metadata(w.scope(), name, "campaign", "c1")
    equal(w.client.get_metadata(w.scope(), name)["campaign"], "c1")
