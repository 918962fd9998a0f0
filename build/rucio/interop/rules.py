"""Rules and their locks, requests, subscriptions."""

import uuid

from proof import equal, holds, names, one, proves, raises


@proves("RuleClient.add_replication_rule", "RuleClient.get_replication_rule")
def a_rule_on_what_is_there_is_ok(w):
    name, _ = w.dataset(3)
    rule = w.rule(name, activity="User Subscriptions", comment="why")
    holds({"id": rule, "account": "root", "scope": w.scope(), "name": name, "did_type": "DATASET", "state": "OK",
           "rse_expression": w.rse(), "copies": 1, "grouping": "DATASET", "locks_ok_cnt": 3, "locks_replicating_cnt": 0,
           "locks_stuck_cnt": 0, "error": None, "locked": False, "comments": "why", "expires_at": None},
          w.client.get_replication_rule(rule))
    raises("DuplicateRule", w.rule, name)
    raises("RuleNotFound", w.client.get_replication_rule, uuid.uuid4().hex)
    raises("DataIdentifierNotFound", w.rule, "nope")
    raises("InvalidRSEExpression", w.rule, name, 1, w.tier() + "=99")


@proves("RuleClient.add_replication_rule (copies to come)")
def a_rule_on_what_is_missing_replicates(w):
    name, _ = w.dataset(3)
    w.three()
    rule = w.rule(name, 2, f"{w.rse('B')}|{w.rse('C')}", lifetime=86400)
    holds({"state": "REPLICATING", "locks_ok_cnt": 0, "locks_replicating_cnt": 6, "copies": 2},
          w.client.get_replication_rule(rule))
    assert w.client.get_replication_rule(rule)["expires_at"]
    raises("InsufficientTargetRSEs", w.rule, name, 9, w.three())
    raises("InsufficientAccountLimit", w.client.add_replication_rule, [w.did(name)], 1, w.rse("B"), account=w.account())


@proves("RuleClient.list_replica_locks", "LockClient.get_dataset_locks", "LockClient.get_dataset_locks_by_rse",
        "LockClient.get_locks_for_dids")
def locks_are_listed(w):
    name, files = w.dataset(2)
    rule = w.rule(name)
    locks = list(w.client.list_replica_locks(rule))
    equal(names(locks), names(files))
    holds({"rse": w.rse(), "state": "OK", "rule_id": rule}, locks[0])
    held = {"rse": w.rse(), "name": name, "rule_id": rule, "account": "root", "state": "OK"}
    holds(held, one(w.client.get_dataset_locks(w.scope(), name)))
    holds(held, one(k for k in w.client.get_dataset_locks_by_rse(w.rse()) if k["name"] == name))
    holds(held, one(w.client.get_locks_for_dids([{**w.did(name), "type": "dataset"}])))


@proves("DIDClient.list_did_rules", "DIDClient.list_associated_rules_for_file", "RuleClient.list_replication_rules")
def rules_are_found(w):
    name, files = w.dataset(1)
    rule = w.rule(name)
    equal(one(w.client.list_did_rules(w.scope(), name))["id"], rule)
    equal(one(w.client.list_associated_rules_for_file(w.scope(), files[0]["name"]))["id"], rule)
    equal(one(w.client.list_replication_rules({"scope": w.scope(), "name": name}))["id"], rule)
    equal(list(w.client.list_replication_rules({"scope": w.scope(), "name": name, "state": "S"})), [])


@proves("RuleClient.update_replication_rule", "RuleClient.delete_replication_rule")
def a_rule_is_changed_and_deleted(w):
    name, _ = w.dataset(1)
    rule = w.rule(name)
    w.client.update_replication_rule(rule, {"lifetime": 86400, "locked": True, "comment": "c", "priority": 4})
    seen = w.client.get_replication_rule(rule)
    holds({"locked": True, "comments": "c", "priority": 4}, seen)
    assert seen["expires_at"]
    raises("UnsupportedOperation", w.client.delete_replication_rule, rule)
    w.client.update_replication_rule(rule, {"locked": False, "lifetime": None})
    equal(w.client.get_replication_rule(rule)["expires_at"], None)
    w.client.delete_replication_rule(rule)
    assert w.client.get_replication_rule(rule)["expires_at"]
    raises("InputValidationError", w.client.update_replication_rule, rule, {"bogus": 1})
    raises("RuleNotFound", w.client.delete_replication_rule, uuid.uuid4().hex)


@proves("RuleClient.move_replication_rule")
def rules_are_moved(w):
    w.three()
    name, files = w.dataset(1)
    old = w.rule(name)
    new = w.client.move_replication_rule(old, w.rse("C"), {})
    equal(w.client.get_replication_rule(old)["child_rule_id"], new)
    equal(w.client.get_replication_rule(new)["rse_expression"], w.rse("C"))


@proves("RuleClient.reduce_replication_rule")
def rules_are_reduced(w):
    # The client takes only the code 200 here, and Rucio's server answers 201.
    w.three()
    name, files = w.dataset(1)
    w.client.add_replicas(w.rse("B"), files)
    two = w.rule(name, 2, f"{w.rse('A')}|{w.rse('B')}")
    equal(w.client.get_replication_rule(two)["state"], "OK")
    fewer = w.client.reduce_replication_rule(two, 1)
    equal(w.client.get_replication_rule(fewer)["copies"], 1)
    other, _ = w.dataset(1)
    raises("RuleReplaceFailed", w.client.reduce_replication_rule, w.rule(other, 2, f"{w.rse('B')}|{w.rse('C')}"), 1)


@proves("RuleClient.approve_replication_rule", "RuleClient.deny_replication_rule")
def rules_wait_for_approval(w):
    ids = []
    for _ in range(2):
        name, _ = w.dataset(1)
        ids.append(w.rule(name, ask_approval=True))
        equal(w.client.get_replication_rule(ids[-1])["state"], "WAITING_APPROVAL")
    w.client.approve_replication_rule(ids[0])
    assert w.client.get_replication_rule(ids[0])["state"] in ("OK", "INJECT"), "approved"
    w.client.deny_replication_rule(ids[1], reason="no")
    raises("RuleNotFound", w.client.get_replication_rule, ids[1])


@proves("RuleClient.examine_replication_rule")
def a_rule_is_examined(w):
    name, _ = w.dataset(1)
    w.three()
    seen = w.client.examine_replication_rule(w.rule(name, 1, w.rse("B")))
    assert "REPLICATING" in str(seen["rule_error"]), seen
    assert isinstance(seen["transfers"], list)


@proves("RuleClient.list_replication_rule_full_history")
def rules_have_a_history(w):
    name, _ = w.dataset(1)
    rule = w.rule(name)
    holds({"rule_id": rule, "account": "root", "locks_ok_cnt": 1},
          list(w.client.list_replication_rule_full_history(w.scope(), name))[0])


@proves("RuleClient.add_replication_rule (rule first, files later)")
def a_rule_takes_in_what_is_attached_later(w):
    name, _ = w.dataset(0)
    rule = w.rule(name)
    files = w.files(2)
    w.client.attach_dids(w.scope(), name, [w.did(f["name"]) for f in files])
    holds({"state": "OK", "locks_ok_cnt": 2}, w.client.get_replication_rule(rule))


@proves("AccountClient.get_local_account_usage (the sum of what rules lock)")
def usage_is_what_rules_lock(w):
    rse = w.new_rse()
    account = w.fresh("u")
    w.client.add_account(account, "USER", "a@b.c")
    w.client.set_local_account_limit(account, rse, 10**6)
    name, files = w.dataset(2)
    w.client.add_replicas(rse, files)
    w.rule(name, 1, rse, account=account)
    holds({"bytes": 201, "files": 2, "bytes_remaining": 10**6 - 201}, one(w.client.get_local_account_usage(account, rse)))


@proves("RequestClient.list_request_by_did", "RequestClient.list_requests")
def requests_are_listed(w):
    w.three()
    name, files = w.dataset(1)
    rule = w.rule(name, 1, w.rse("B"))
    request = w.client.list_request_by_did(files[0]["name"], w.rse("B"), w.scope())
    holds({"scope": w.scope(), "name": files[0]["name"], "rule_id": rule, "account": "root", "did_type": "FILE"},
          request if isinstance(request, dict) else one(request))
    assert isinstance(list(w.client.list_requests(w.rse("A"), w.rse("B"), "Q")), list)


@proves("RequestClient.list_request_history_by_did", "RequestClient.list_requests_history")
def requests_have_a_history(w):
    file = w.files(1)[0]
    raises("RequestNotFound", w.client.list_request_history_by_did, file["name"], w.rse("A"), w.scope())
    w.three()
    equal(list(w.client.list_requests_history(w.rse("A"), w.rse("B"), "D")), [])


@proves("RequestClient.set_transfer_limit", "RequestClient.list_transfer_limits", "RequestClient.delete_transfer_limit")
def transfer_limits(w):
    w.client.set_transfer_limit(w.rse(), max_transfers=5)
    holds({"rse_expression": w.rse(), "max_transfers": 5, "activity": "all_activities"},
          one(r for r in w.client.list_transfer_limits() if r["rse_expression"] == w.rse()))
    w.client.delete_transfer_limit(w.rse())
    equal([r for r in w.client.list_transfer_limits() if r["rse_expression"] == w.rse()], [])


@proves("SubscriptionClient.add_subscription", "SubscriptionClient.list_subscriptions")
def subscriptions_are_added(w):
    name = subscription(w)
    seen = one(w.client.list_subscriptions(name=name, account="root"))
    holds({"name": name, "account": "root", "comments": "c", "retroactive": False}, seen)
    assert w.scope() in str(seen["filter"]), seen["filter"]
    assert name in names(w.client.list_subscriptions(account="root"))
    raises("SubscriptionDuplicate", subscription, w, name)


@proves("SubscriptionClient.update_subscription", "SubscriptionClient.deactivate_subscription")
def subscriptions_change(w):
    name = subscription(w)
    w.client.update_subscription(name, "root", comments="new", priority=2)
    holds({"comments": "new", "policyid": 2}, one(w.client.list_subscriptions(name=name, account="root")))
    w.client.deactivate_subscription(name, "root")
    equal(one(w.client.list_subscriptions(name=name, account="root"))["state"], "INACTIVE")
    raises("SubscriptionNotFound", w.client.update_subscription, "nosuchsubscription", "root", comments="x")


@proves("SubscriptionClient.list_subscription_rules", "SubscriptionClient.list_subscription_rule_states")
def rules_of_a_subscription(w):
    name = subscription(w)
    equal(list(w.client.list_subscription_rules("root", name)), [])
    assert name in [row[1] for row in w.client.list_subscription_rule_states("root")]


def subscription(w, name=None):
    name = name or w.fresh("sub")
    w.client.add_subscription(name, "root", {"scope": [w.scope()], "did_type": ["DATASET"], "pattern": "never-matches"},
                              [{"copies": 1, "rse_expression": w.rse(), "activity": "Data Brokering"}], "c", 86400,
                              False, False, 3)
    return name
