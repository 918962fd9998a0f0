"""Ping, accounts, identities, attributes, limits, usage, scopes."""

from datetime import datetime

from proof import equal, holds, one, proves, raises


@proves("PingClient.ping")
def the_server_names_its_version(w):
    assert w.client.ping()["version"]


@proves("AccountClient.whoami")
def root_is_root(w):
    holds({"account": "root", "account_type": "SERVICE", "status": "ACTIVE"}, w.client.whoami())


@proves("AccountClient.add_account", "AccountClient.get_account")
def an_account_is_added(w):
    account = w.account()
    seen = w.client.get_account(account)
    holds({"account": account, "account_type": "USER", "status": "ACTIVE", "email": f"{account}@example.org"}, seen)
    datetime.strptime(seen["created_at"], "%Y-%m-%dT%H:%M:%S")
    raises("Duplicate", w.client.add_account, account, "USER", "a@b.c")
    raises("AccountNotFound", w.client.get_account, "nosuchaccount")


@proves("AccountClient.list_accounts")
def accounts_are_listed(w):
    account = w.account()
    holds({"type": "USER"}, one(a for a in w.client.list_accounts() if a["account"] == account))
    assert account not in [a["account"] for a in w.client.list_accounts(account_type="SERVICE")]
    assert "root" in [a["account"] for a in w.client.list_accounts(account_type="SERVICE")]


@proves("AccountClient.update_account")
def an_account_changes_its_mail(w):
    account = w.fresh("u")
    w.client.add_account(account, "USER", "a@b.c")
    w.client.update_account(account, "email", "new@b.c")
    equal(w.client.get_account(account)["email"], "new@b.c")
    w.client.update_account(account, "status", "SUSPENDED")
    equal(w.client.get_account(account)["status"], "SUSPENDED")


@proves("AccountClient.delete_account")
def a_deleted_account_keeps_its_name(w):
    account = w.fresh("u")
    w.client.add_account(account, "USER", "a@b.c")
    w.client.delete_account(account)
    equal(w.client.get_account(account)["status"], "DELETED")
    assert account not in [a["account"] for a in w.client.list_accounts()]


@proves("AccountClient.add_identity", "AccountClient.list_identities", "AccountClient.del_identity")
def identities_come_and_go(w):
    account, name = w.account(), w.fresh("id")
    w.client.add_identity(account, name, "USERPASS", "x@y.z", default=False, password="secret-of-" + name)
    holds({"type": "USERPASS", "identity": name, "email": "x@y.z"}, one(w.client.list_identities(account)))
    raises("Duplicate", w.client.add_identity, account, name, "USERPASS", "x@y.z", password="other")
    w.client.del_identity(account, name, "USERPASS")
    equal(list(w.client.list_identities(account)), [])


@proves("AccountClient.add_identity (its owner logs in)")
def a_user_logs_in_by_password(w):
    from rucio.client import Client

    account, name = w.fresh("u"), w.fresh("id")
    w.client.add_account(account, "USER", "a@b.c")
    w.client.add_identity(account, name, "USERPASS", "x@y.z", password="right-" + name)
    as_user = {"account": account, "auth_type": "userpass"}
    user = Client(**as_user, creds={"username": name, "password": "right-" + name})
    equal(user.whoami()["account"], account)
    raises("AccessDenied", user.add_account, w.fresh("u"), "USER", "a@b.c")
    bad = {"username": name, "password": "wrong"}
    raises("CannotAuthenticate", lambda: Client(account=w.fresh("n"), auth_type="userpass", creds=bad).whoami())


@proves(
    "AccountClient.add_account_attribute", "AccountClient.list_account_attributes",
    "AccountClient.delete_account_attribute",
)
def attributes_come_and_go(w):
    account = w.account()
    w.client.add_account_attribute(account, "country", "jp")
    equal(one(w.client.list_account_attributes(account)), [{"key": "country", "value": "jp"}])
    raises("Duplicate", w.client.add_account_attribute, account, "country", "jp")
    w.client.delete_account_attribute(account, "country")
    equal(one(w.client.list_account_attributes(account)), [])
    raises("AccountNotFound", w.client.list_account_attributes, "nosuchaccount")


@proves(
    "AccountClient.set_local_account_limit", "AccountClient.get_local_account_limit",
    "AccountClient.get_local_account_limits", "AccountClient.delete_local_account_limit",
)
def local_limits(w):
    account, rse = w.account(), w.rse()
    w.client.set_local_account_limit(account, rse, 12345)
    equal(w.client.get_local_account_limit(account, rse), {rse: 12345})
    equal(w.client.get_local_account_limits(account)[rse], 12345)
    w.client.delete_local_account_limit(account, rse)
    assert rse not in w.client.get_local_account_limits(account)
    raises("RSENotFound", w.client.set_local_account_limit, account, "NOSUCH", 1)
    raises("AccountNotFound", w.client.set_local_account_limit, "nosuchaccount", rse, 1)


@proves(
    "AccountClient.set_global_account_limit", "AccountClient.get_global_account_limit",
    "AccountClient.get_global_account_limits", "AccountClient.delete_global_account_limit",
)
def global_limits(w):
    account, expression = w.account(), w.three()
    w.client.set_global_account_limit(account, expression, 777)
    seen = w.client.get_global_account_limits(account)[expression]
    equal((seen["limit"], sorted(seen["resolved_rses"])), (777, sorted(w.rse(k) for k in "ABC")))
    assert expression in w.client.get_global_account_limit(account, expression)
    w.client.delete_global_account_limit(account, expression)
    assert expression not in w.client.get_global_account_limits(account)


@proves(
    "AccountClient.set_account_limit", "AccountClient.get_account_limits", "AccountClient.delete_account_limit",
)
def limits_by_locality(w):
    account, rse = w.account(), w.rse("B")
    w.client.set_account_limit(account, rse, 99, "local")
    equal(w.client.get_account_limits(account, rse, "local"), {rse: 99})
    w.client.delete_account_limit(account, rse, "local")
    equal(w.client.get_account_limits(account, rse, "local"), {rse: None})


@proves("AccountClient.get_local_account_usage", "AccountClient.get_global_account_usage")
def usage_stands_beside_its_limit(w):
    account, rse, expression = w.fresh("u"), w.rse(), w.three()
    w.client.add_account(account, "USER", "a@b.c")
    w.client.set_local_account_limit(account, rse, 5000)
    w.client.set_global_account_limit(account, expression, 6000)
    holds({"rse": rse, "bytes": 0, "files": 0, "bytes_limit": 5000, "bytes_remaining": 5000},
          one(w.client.get_local_account_usage(account)))
    holds({"rse": rse}, one(w.client.get_local_account_usage(account, rse)))
    holds({"rse_expression": expression, "bytes": 0, "bytes_limit": 6000},
          one(w.client.get_global_account_usage(account)))


@proves("AccountClient.get_account_usage_history")
def usage_history_is_a_list(w):
    seen = w.client.get_account_usage_history("root", w.rse())
    assert isinstance(list(seen), list)


@proves("AccountClient.list_account_rules")
def rules_of_an_account(w):
    name, _ = w.dataset()
    rule = w.rule(name)
    holds({"account": "root", "name": name}, one(r for r in w.client.list_account_rules("root") if r["id"] == rule))


@proves("ScopeClient.add_scope", "ScopeClient.list_scopes", "ScopeClient.list_scopes_for_account")
def scopes_are_added(w):
    account, scope = w.fresh("u"), w.fresh("s")
    w.client.add_account(account, "USER", "a@b.c")
    raises("ScopeNotFound", w.client.list_scopes_for_account, account)
    w.client.add_scope(account, scope)
    assert scope in w.client.list_scopes()
    equal(w.client.list_scopes_for_account(account), [scope])
    raises("Duplicate", w.client.add_scope, account, scope)
    raises("AccountNotFound", w.client.add_scope, "nosuchaccount", w.fresh("s"))
    raises("InvalidObject", w.client.add_scope, account, "a-scope-name-longer-than-25-characters")


@proves("ScopeClient.list_scope_owners")
def scopes_have_owners(w):
    scope = w.scope()
    equal(one(s for s in w.client.list_scope_owners() if s["scope"] == scope)["account"], "root")


@proves("ScopeClient.update_scope")
def a_scope_changes_its_owner(w):
    account, scope = w.account(), w.fresh("s")
    w.client.add_scope("root", scope)
    w.client.update_scope(account, scope)
    assert scope in w.client.list_scopes_for_account(account)
