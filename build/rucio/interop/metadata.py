"""Metadata of DIDs, search by filters, conventions, configuration, exceptions of lifetimes, open data."""

import uuid
from datetime import datetime, timedelta

from proof import equal, holds, names, one, proves, raises


@proves("DIDClient.get_metadata")
def metadata_are_read(w):
    name, _ = w.dataset(0, meta={"campaign": "MC16"})
    columns = w.client.get_metadata(w.scope(), name)
    holds({"scope": w.scope(), "name": name, "did_type": "DATASET", "account": "root", "campaign": "MC16", "is_open": True,
           "hidden": False, "suppressed": False, "purge_replicas": True, "availability": "AVAILABLE"}, columns)
    assert isinstance(columns["created_at"], datetime), columns["created_at"]
    equal(w.client.get_metadata(w.scope(), name, plugin="JSON"), {})
    raises("DataIdentifierNotFound", w.client.get_metadata, w.scope(), "nope")


@proves("DIDClient.set_metadata")
def metadata_are_set(w):
    name, _ = w.dataset(0)
    w.client.set_metadata(w.scope(), name, "run_number", 7)
    w.client.set_metadata(w.scope(), name, "mykey", {"a": 1})
    equal(int(w.client.get_metadata(w.scope(), name)["run_number"]), 7)
    equal(w.client.get_metadata(w.scope(), name, plugin="JSON"), {"mykey": {"a": 1}})
    holds({"mykey": {"a": 1}, "name": name}, w.client.get_metadata(w.scope(), name, plugin="ALL"))
    w.client.set_metadata(w.scope(), name, "lifetime", 86400)
    assert isinstance(w.client.get_did(w.scope(), name)["expired_at"], datetime)


@proves("DIDClient.set_metadata_bulk", "DIDClient.set_dids_metadata_bulk")
def metadata_are_set_in_bulk(w):
    (a, _), (b, _) = w.dataset(0), w.dataset(0)
    w.client.set_metadata_bulk(w.scope(), a, {"k1": "v1", "campaign": "c"})
    w.client.set_dids_metadata_bulk([{**w.did(a), "meta": {"k2": "v2"}}, {**w.did(b), "meta": {"k3": "v3"}}])
    equal(w.client.get_metadata(w.scope(), a)["campaign"], "c")
    equal(w.client.get_metadata(w.scope(), a, plugin="JSON"), {"k1": "v1", "k2": "v2"})
    equal(w.client.get_metadata(w.scope(), b, plugin="JSON"), {"k3": "v3"})


@proves("DIDClient.get_metadata_bulk")
def metadata_are_read_in_bulk(w):
    (a, _), (b, _) = w.dataset(0, meta={"campaign": "x"}), w.dataset(0)
    rows = list(w.client.get_metadata_bulk([w.did(a), w.did(b), w.did("nope")]))
    equal(names(rows), sorted([a, b]))
    equal(one(r for r in rows if r["name"] == a)["campaign"], "x")
    outer, files = w.dataset(1)
    w.client.set_metadata(w.scope(), outer, "owner", "inherited")
    equal(one(w.client.get_metadata_bulk(files, inherit=True, plugin="JSON"))["owner"], "inherited")


@proves("DIDClient.delete_metadata")
def metadata_are_deleted(w):
    name, _ = w.dataset(0)
    w.client.set_metadata_bulk(w.scope(), name, {"k1": "v1", "k2": "v2"})
    w.client.delete_metadata(w.scope(), name, "k1")
    equal(w.client.get_metadata(w.scope(), name, plugin="JSON"), {"k2": "v2"})
    raises("KeyNotFound", w.client.delete_metadata, w.scope(), name, "k1")


@proves("DIDClient.get_dataset_by_guid")
def a_dataset_is_found_by_a_guid(w):
    guid = uuid.uuid4().hex
    file = {**w.facts(1)[0], "meta": {"guid": guid, "events": 3}}
    w.client.add_replicas(w.rse(), [file])
    name, _ = w.dataset(0)
    w.client.attach_dids(w.scope(), name, [w.did(file["name"])])
    equal(one(w.client.get_dataset_by_guid(guid))["name"], name)
    holds({"guid": guid.upper(), "events": 3}, one(w.client.list_files(w.scope(), name)))


def searched(w, filters, kind="all", **options):
    return sorted(w.client.list_dids(w.scope(), filters, did_type=kind, **options))


@proves("DIDClient.list_dids", "DIDClient.list_dids_extended")
def dids_are_searched_by_name(w):
    name, files = w.dataset(2)
    outer = w.container(name)
    equal(searched(w, [{"name": name}], "collection"), [name])
    equal(searched(w, [{"name": name + "*"}], "dataset"), [name])
    equal(searched(w, [{"name": files[0]["name"]}], "file"), [files[0]["name"]])
    equal(searched(w, [{"name": name}, {"name": outer}]), sorted([name, outer]))
    equal(searched(w, [{"name": outer}], "dataset"), [])
    holds({"scope": w.scope(), "name": name, "did_type": "DATASET", "bytes": None, "length": None},
          one(w.client.list_dids(w.scope(), [{"name": name}], long=True)))
    raises("UnsupportedOperation", w.client.list_dids, w.scope(), [{"name": "*"}], did_type="bogus")
    raises("DeprecationError", w.client.list_dids_extended, w.scope(), [{"name": name}])


@proves("DIDClient.list_dids (the filter grammar)")
def dids_are_searched_by_metadata(w):
    campaign = w.fresh("camp")
    low, _ = w.dataset(0, meta={"campaign": campaign, "run_number": 5})
    high, _ = w.dataset(0, meta={"campaign": campaign, "run_number": 50})
    equal(searched(w, {"campaign": campaign}), sorted([low, high]))
    equal(searched(w, [{"campaign": campaign, "run_number.gt": 10}]), [high])
    equal(searched(w, [{"campaign": campaign, "run_number.gte": 5, "run_number.lt": 50}]), [low])
    equal(searched(w, [{"campaign": campaign, "run_number.ne": 5}]), [high])
    equal(searched(w, [{"campaign": campaign[:-2] + "*", "run_number": 50}, {"name": low}]), sorted([low, high]))
    past = (datetime.utcnow() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
    equal(searched(w, [{"campaign": campaign, "created_after": past}]), sorted([low, high]))
    equal(searched(w, [{"campaign": campaign, "created_before": past}]), [])
    key = w.fresh("key")
    w.client.set_metadata(w.scope(), low, key, "it's")
    equal(searched(w, [{key: "it's"}]), [low])
    equal(searched(w, [{w.fresh("nokey"): "1"}]), [])


@proves("DIDClient.list_dids (recursive)")
def dids_are_searched_downwards(w):
    name, files = w.dataset(1)
    outer = w.container(name)
    equal(searched(w, [{"name": outer}], recursive=True), sorted([outer, name, files[0]["name"]]))


@proves(
    "MetaConventionClient.add_key", "MetaConventionClient.list_keys", "MetaConventionClient.add_value",
    "MetaConventionClient.list_values",
)
def conventions_of_metadata(w):
    key = w.fresh("mk")
    w.client.add_key(key, "ALL")
    assert key in w.client.list_keys()
    raises("Duplicate", w.client.add_key, key, "ALL")
    w.client.add_value(key, "allowed")
    equal(w.client.list_values(key), ["allowed"])
    raises("UnsupportedKeyType", w.client.add_key, w.fresh("mk"), "BOGUS")


@proves(
    "ConfigClient.set_config_option", "ConfigClient.get_config", "ConfigClient.delete_config_option",
    "ConfigClient.delete_config_section",
)
def configuration(w):
    section = w.fresh("sec")
    w.client.set_config_option(section, "number", "1")
    w.client.set_config_option(section, "flag", "true", use_body_for_params=False)
    equal(w.client.get_config(section), {"number": 1, "flag": True})
    equal(w.client.get_config(section, "number"), 1)
    assert section in w.client.get_config()
    w.client.delete_config_option(section, "number")
    raises("ConfigNotFound", w.client.get_config, section, "number")
    w.client.delete_config_section(section)
    raises("ConfigNotFound", w.client.get_config, section)


@proves("LifetimeClient.add_exception", "LifetimeClient.list_exceptions")
def exceptions_of_lifetimes(w):
    name, _ = w.dataset(0)
    w.client.set_config_option("lifetime_model", "cutoff_date", (datetime.utcnow() + timedelta(days=365)).strftime("%Y-%m-%d"))
    later = datetime.utcnow() + timedelta(days=10)
    answer = w.client.add_exception([{**w.did(name), "did_type": "DATASET"}, {**w.did("nope"), "did_type": "DATASET"}],
                                    "root", "p", "needed", later)
    assert {"exceptions", "unknown", "not_affected"} <= set(answer), answer
    assert isinstance(list(w.client.list_exceptions()), list)


@proves(
    "OpenDataClient.add_opendata_did", "OpenDataClient.get_opendata_did", "OpenDataClient.list_opendata_dids",
    "OpenDataClient.update_opendata_did", "OpenDataClient.remove_opendata_did",
)
def open_data(w):
    name, _ = w.dataset(1)
    which = {"scope": w.scope(), "name": name}
    w.client.add_opendata_did(**which)
    raises("OpenDataDataIdentifierAlreadyExists", w.client.add_opendata_did, **which)
    holds({**which, "state": "DRAFT"}, w.client.get_opendata_did(**which))
    w.client.update_opendata_did(**which, meta={"title": "t"}, doi="10.1234/" + name)
    seen = w.client.get_opendata_did(**which, include_metadata=True)
    equal((seen["meta"], seen["doi"]), ({"title": "t"}, "10.1234/" + name))
    assert name in names(w.client.list_opendata_dids()["dids"])
    w.client.remove_opendata_did(**which)
    raises("OpenDataDataIdentifierNotFound", w.client.get_opendata_did, **which)
