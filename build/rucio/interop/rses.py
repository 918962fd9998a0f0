"""Storage elements: attributes, protocols, distances, limits, usage, paths; import and export."""

import hashlib

from proof import equal, holds, one, proves, raises
from world import protocol


@proves("RSEClient.add_rse", "RSEClient.get_rse")
def an_rse_is_added(w):
    rse = w.new_rse(city="Tsukuba", country_name="JP", deterministic=True, volatile=False)
    seen = w.client.get_rse(rse)
    holds({"rse": rse, "rse_type": "DISK", "deterministic": True, "volatile": False, "staging_area": False,
           "availability_read": True, "availability_write": True, "availability_delete": True,
           "lfn2pfn_algorithm": "hash", "verify_checksum": True, "protocols": [], "domain": ["lan", "wan"]}, seen)
    equal(len(seen["id"]), 32)
    raises("Duplicate", w.client.add_rse, rse)
    raises("RSENotFound", w.client.get_rse, "NOSUCH")
    raises("InvalidObject", w.client.add_rse, "not an rse")


@proves("RSEClient.list_rses")
def rses_are_listed_by_expression(w):
    expression, all_three = w.three(), sorted(w.rse(k) for k in "ABC")
    equal(sorted(r["rse"] for r in w.client.list_rses(expression)), all_three)
    equal(sorted(r["rse"] for r in w.client.list_rses(expression + "\\" + w.rse("B"))), sorted([w.rse("A"), w.rse("C")]))
    equal(sorted(r["rse"] for r in w.client.list_rses(w.rse("A") + "|" + w.rse("B"))), sorted([w.rse("A"), w.rse("B")]))
    whole = one(r for r in w.client.list_rses() if r["rse"] == w.rse("A"))
    holds({"rse_type": "DISK", "availability": 7, "deterministic": True, "deleted": False}, whole)
    raises("InvalidRSEExpression", w.client.list_rses, w.tier() + "=99")
    raises("InvalidRSEExpression", w.client.list_rses, "((" + w.rse("A"))


@proves("RSEClient.update_rse")
def an_rse_is_updated(w):
    rse = w.new_rse()
    w.client.update_rse(rse, {"availability_write": False, "city": "Bologna"})
    holds({"availability_write": False, "availability_read": True}, w.client.get_rse(rse))
    raises("RSENotFound", w.client.update_rse, "NOSUCH", {"city": "X"})


@proves("RSEClient.delete_rse")
def a_deleted_rse_is_gone(w):
    rse = w.new_rse()
    w.client.delete_rse(rse)
    raises("RSENotFound", w.client.get_rse, rse)
    raises("RSENotFound", w.client.delete_rse, rse)


@proves("RSEClient.add_rse_attribute", "RSEClient.list_rse_attributes", "RSEClient.delete_rse_attribute")
def rse_attributes(w):
    rse = w.new_rse()
    equal(w.client.list_rse_attributes(rse), {rse: True})
    w.client.add_rse_attribute(rse, "site", "KEK")
    w.client.add_rse_attribute(rse, "archive", "true")
    holds({rse: True, "site": "KEK", "archive": True}, w.client.list_rse_attributes(rse))
    w.client.delete_rse_attribute(rse, "site")
    assert "site" not in w.client.list_rse_attributes(rse)
    raises("RSEAttributeNotFound", w.client.delete_rse_attribute, rse, "site")


@proves("RSEClient.add_protocol", "RSEClient.get_protocols")
def protocols_are_added(w):
    rse = w.new_rse()
    w.client.add_protocol(rse, protocol("/data/", "root", "se.example.org", 1094))
    holds({"scheme": "root", "hostname": "se.example.org", "port": 1094, "prefix": "/data/"},
          one(w.client.get_protocols(rse)))
    equal(one(w.client.get_rse(rse)["protocols"])["domains"]["wan"]["third_party_copy_read"], 1)
    raises("Duplicate", w.client.add_protocol, rse, protocol("/data/", "root", "se.example.org", 1094))


@proves("RSEClient.update_protocols")
def protocols_are_updated(w):
    rse = w.new_rse()
    w.client.add_protocol(rse, protocol("/data/", "root", "se.example.org", 1094))
    w.client.update_protocols(rse, "root", {"prefix": "/new/"}, "se.example.org", 1094)
    equal(one(w.client.get_protocols(rse))["prefix"], "/new/")


@proves("RSEClient.swap_protocols")
def protocols_swap_their_order(w):
    rse = w.new_rse()
    w.client.add_protocol(rse, protocol("/a/", "root", "a.example.org", 1094))
    second = protocol("/b/", "https", "b.example.org", 443)
    second["domains"]["wan"]["read"] = 2
    w.client.add_protocol(rse, second)
    assert w.client.swap_protocols(rse, "wan", "read", "root", "https")
    order = {p["scheme"]: p["domains"]["wan"]["read"] for p in w.client.get_protocols(rse)}
    equal(order, {"root": 2, "https": 1})


@proves("RSEClient.delete_protocols")
def protocols_are_deleted(w):
    rse = w.new_rse()
    w.client.add_protocol(rse, protocol("/data/", "root", "se.example.org", 1094))
    w.client.delete_protocols(rse, "root", "se.example.org", 1094)
    equal(w.client.get_rse(rse)["protocols"], [])
    raises("RSEProtocolNotSupported", w.client.delete_protocols, rse, "root")


@proves("RSEClient.lfns2pfns")
def names_become_paths(w):
    rse, lfn = w.new_rse(), w.scope() + ":f1"
    w.client.add_protocol(rse, protocol("//data/rucio/", "root", "se.example.org", 1094))
    digest = hashlib.md5(lfn.encode()).hexdigest()
    equal(w.client.lfns2pfns(rse, [lfn], operation="read"),
          {lfn: f"root://se.example.org:1094//data/rucio/{w.scope()}/{digest[0:2]}/{digest[2:4]}/f1"})


@proves("RSEClient.add_distance", "RSEClient.get_distance")
def distances_are_added(w):
    here, there = w.new_rse(), w.new_rse()
    equal(w.client.get_distance(here, there), [])
    w.client.add_distance(here, there, {"distance": 3})
    holds({"src_rse": here, "dest_rse": there, "distance": 3, "ranking": 3}, one(w.client.get_distance(here, there)))
    equal(w.client.get_distance(there, here), [])
    raises("Duplicate", w.client.add_distance, here, there, {"distance": 3})


@proves("RSEClient.update_distance", "RSEClient.delete_distance")
def distances_change_and_go(w):
    here, there = w.new_rse(), w.new_rse()
    w.client.add_distance(here, there, {"distance": 3}, bidirectional=True)
    w.client.update_distance(here, there, {"distance": 8})
    equal([one(w.client.get_distance(a, b))["distance"] for a, b in ((here, there), (there, here))], [8, 3])
    w.client.delete_distance(here, there)
    equal(w.client.get_distance(here, there), [])


@proves("RSEClient.set_rse_limits", "RSEClient.get_rse_limits", "RSEClient.delete_rse_limits")
def rse_limits(w):
    rse = w.new_rse()
    w.client.set_rse_limits(rse, "MinFreeSpace", 1000)
    equal(w.client.get_rse_limits(rse), {"MinFreeSpace": 1000})
    w.client.delete_rse_limits(rse, "MinFreeSpace")
    equal(w.client.get_rse_limits(rse), {})


@proves("RSEClient.set_rse_usage", "RSEClient.get_rse_usage")
def rse_usage_by_source(w):
    rse = w.new_rse()
    w.client.set_rse_usage(rse, "storage", 100, 900, files=4)
    holds({"rse": rse, "source": "storage", "used": 100, "free": 900, "total": 1000, "files": 4},
          one(u for u in w.client.get_rse_usage(rse) if u["source"] == "storage"))


@proves("RSEClient.list_rse_usage_history")
def rse_usage_history(w):
    rse = w.new_rse()
    w.client.set_rse_usage(rse, "storage", 100, 900)
    assert isinstance(list(w.client.list_rse_usage_history(rse)), list)


@proves("RSEClient.add_qos_policy", "RSEClient.list_qos_policies", "RSEClient.delete_qos_policy")
def qos_policies(w):
    rse = w.new_rse()
    w.client.add_qos_policy(rse, "SOMETHING")
    equal(list(w.client.list_qos_policies(rse)), ["SOMETHING"])
    w.client.delete_qos_policy(rse, "SOMETHING")
    equal(list(w.client.list_qos_policies(rse)), [])


@proves("ExportClient.export_data")
def rses_are_exported(w):
    exported = w.client.export_data()
    assert w.rse() in exported["rses"], sorted(exported["rses"])
    assert "distances" in exported


@proves("ImportClient.import_data")
def rses_are_imported(w):
    rse = w.fresh("IT_IM_").upper()
    # "append" leaves what stands already alone: this is somebody's server.
    w.client.set_config_option("importer", "rse_sync_method", "append")
    w.client.import_data({"rses": {rse: {"rse_type": "TAPE", "deterministic": True, "attributes": {"site": "KEK"}}}})
    equal(w.client.get_rse(rse)["rse_type"], "TAPE")
    equal(w.client.list_rse_attributes(rse)["site"], "KEK")
    assert w.client.get_rse(w.rse())["rse"]
