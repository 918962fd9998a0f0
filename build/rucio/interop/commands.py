"""The command line `rucio`, as users type it."""

from proof import equal, holds, one, proves


@proves("cli: rucio ping, whoami")
def the_command_line_answers(w):
    assert w.client.ping()["version"] in w.run("ping")
    assert "root" in w.run("whoami")


@proves("cli: rucio account")
def accounts_by_command(w):
    account = w.fresh("u")
    w.run("account", "add", account, "USER", "--email", "a@b.c")
    assert account in w.run("account", "list")
    assert "ACTIVE" in w.run("account", "show", account)
    w.run("account", "attribute", "set", account, "--key", "country", "--value", "jp")
    assert "jp" in w.run("account", "attribute", "list", account)
    w.run("account", "limit", "set", account, "--rse", w.rse(), "--bytes", "1000000", "--locality", "local")
    assert w.rse() in w.run("account", "limit", "list", account)
    w.run("account", "identity", "add", account, "--id", account + "-id", "--type", "USERPASS", "--email", "a@b.c",
          "--password", "pw-of-" + account)
    assert account + "-id" in w.run("account", "identity", "list", account)
    w.run("account", "remove", account)
    equal(w.client.get_account(account)["status"], "DELETED")


@proves("cli: rucio scope")
def scopes_by_command(w):
    scope = w.fresh("s")
    w.run("scope", "add", scope, "--account", "root")
    assert scope in w.run("scope", "list", "--account", "root")


@proves("cli: rucio rse")
def rses_by_command(w):
    rse = w.fresh("IT_").upper()
    w.run("rse", "add", rse)
    assert rse in w.run("rse", "list")
    w.run("rse", "attribute", "set", rse, "--key", "site", "--value", "KEK")
    assert "KEK" in w.run("rse", "attribute", "list", rse)
    w.run("rse", "protocol", "add", rse, "--hostname", "se.example.org", "--scheme", "root", "--prefix", "/data/",
          "--port", "1094", "--impl", "rucio.rse.protocols.xrootd.Default")
    assert "se.example.org" in w.run("rse", "show", rse)
    w.run("rse", "distance", "set", rse, w.rse(), "--distance", "2")
    assert "2" in w.run("rse", "distance", "show", rse, w.rse())
    w.run("rse", "remove", rse)


@proves("cli: rucio did")
def dids_by_command(w):
    scope, name, files = w.scope(), w.fresh("ds"), w.files(2)
    did = f"{scope}:{name}"
    w.run("did", "add", did, "--type", "dataset")
    w.run("did", "content", "add", *(f"{scope}:{f['name']}" for f in files), "--to-did", did)
    assert files[0]["name"] in w.run("did", "content", "list", did)
    assert name in w.run("did", "list", f"{scope}:{name[:-1]}*")
    assert "DATASET" in w.run("did", "show", did)
    w.run("did", "metadata", "set", did, "--key", "campaign", "--value", "cli")
    assert "cli" in w.run("did", "metadata", "list", did)
    w.run("did", "content", "remove", f"{scope}:{files[0]['name']}", "--from-did", did)
    equal([f["name"] for f in w.client.list_files(scope, name)], [files[1]["name"]])


@proves("cli: rucio replica")
def replicas_by_command(w):
    name, files = w.dataset(2)
    said = w.run("replica", "list", "file", f"{w.scope()}:{name}")
    assert files[0]["name"] in said and w.rse() in said, said
    assert w.rse() in w.run("replica", "list", "dataset", f"{w.scope()}:{name}", "--deep")
    assert "metalink" in w.run("replica", "list", "file", f"{w.scope()}:{name}", "--metalink")


@proves("cli: rucio rule")
def rules_by_command(w):
    name, _ = w.dataset(2)
    did = f"{w.scope()}:{name}"
    rule = w.run("rule", "add", did, "--copies", "1", "--rses", w.rse()).strip().split()[-1]
    holds({"state": "OK"}, w.client.get_replication_rule(rule))
    assert rule in w.run("rule", "list", "--did", did)
    assert "OK" in w.run("rule", "show", rule)
    w.run("rule", "update", rule, "--lifetime", "86400")
    w.run("rule", "history", did)
    w.run("rule", "remove", rule)


@proves("cli: rucio upload, download")
def bytes_by_command(w):
    path, adler32 = w.local_file()
    w.run("upload", "--rse", w.rse(), "--scope", w.scope(), str(path))
    equal(one(w.client.list_replicas([w.did(path.name)]))["adler32"], adler32)
    into = w.folder / w.fresh("into")
    w.run("download", "--dir", str(into), f"{w.scope()}:{path.name}")
    equal((into / w.scope() / path.name).read_bytes(), path.read_bytes())


@proves("cli: rucio config, subscription")
def configuration_by_command(w):
    section, name = w.fresh("sec"), w.fresh("sub")
    w.run("config", "set", "--section", section, "--key", "opt", "--value", "val")
    assert "val" in w.run("config", "list", "--section", section)
    w.run("config", "unset", "--section", section, "--key", "opt")
    w.run("subscription", "add", name, "--account", "root", "--filter", '{"scope": ["never"]}',
          "--rule", '[{"copies": 1, "rse_expression": "%s", "activity": "Data Brokering"}]' % w.rse(),
          "--comment", "c", "--lifetime", "86400")
    assert name in w.run("subscription", "list", "--account", "root")


@proves("cli: rucio-admin (the older front)")
def the_older_front(w):
    assert w.rse() in w.run("rse", "list", program="rucio-admin")
    assert "root" in w.run("account", "list", program="rucio-admin")
    assert w.scope() in w.run("scope", "list", program="rucio-admin")


@proves("cli: exit codes of errors")
def errors_have_exit_codes(w):
    said = w.run("did", "show", f"{w.scope()}:nope", code=1)
    assert "not found" in said.lower(), said
