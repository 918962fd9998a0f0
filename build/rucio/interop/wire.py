"""What the client takes for granted of the wire: codes, content types, headers, errors, dates."""

import json
import re

import requests

from proof import equal, holds, one, proves


def ask(w, method, path, token=True, **options):
    headers = {**({"X-Rucio-Auth-Token": w.client.auth_token} if token else {}), **options.pop("headers", {})}
    return requests.request(method, w.client.host + path, headers=headers, timeout=60, allow_redirects=False, **options)


def failed(answer, status, kind):
    equal(answer.status_code, status, answer.text[:200])
    body = json.loads(answer.text)
    equal((body["ExceptionClass"], answer.headers["ExceptionClass"]), (kind, kind))
    assert body["ExceptionMessage"] and answer.headers["ExceptionMessage"]
    equal(answer.headers["Content-Type"], "application/octet-stream")


@proves("wire: authentication")
def a_token_is_needed(w):
    failed(ask(w, "GET", "/accounts/", token=False), 400, "ValueError")
    failed(ask(w, "GET", "/accounts/", token=False, headers={"X-Rucio-Auth-Token": "no-such-token"}), 401,
           "CannotAuthenticate")
    who = {"X-Rucio-Account": "root", "X-Rucio-Username": "nobody", "X-Rucio-Password": "wrong"}
    failed(ask(w, "GET", "/auth/userpass", token=False, headers=who), 401, "CannotAuthenticate")


@proves("wire: content types without a charset")
def content_types_are_exact(w):
    name, _ = w.dataset(1)
    equal(ask(w, "GET", f"/dids/{w.scope()}/{name}").headers["Content-Type"], "application/json")
    equal(ask(w, "GET", f"/dids/{w.scope()}/{name}/files").headers["Content-Type"], "application/x-json-stream")
    equal(ask(w, "GET", "/accounts/").headers["Content-Type"], "application/x-json-stream")
    failed(ask(w, "GET", f"/dids/{w.scope()}/{name}", headers={"Accept": "text/plain"}), 406,
           "UnsupportedRequestedContentType")


@proves("wire: dates, empty streams, created")
def dates_end_in_utc(w):
    name, _ = w.dataset(0)
    row = json.loads(ask(w, "GET", f"/dids/{w.scope()}/{name}/meta").text)
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d UTC", row["created_at"]), row["created_at"]
    empty = ask(w, "GET", f"/dids/{w.scope()}/{name}/files")
    equal((empty.status_code, empty.text), (200, ""))
    made = ask(w, "POST", f"/dids/{w.scope()}/{w.fresh('ds')}", data='{"type": "DATASET"}')
    equal((made.status_code, made.text), (201, "Created"))


@proves("wire: errors of bodies")
def bad_bodies_are_refused(w):
    failed(ask(w, "POST", "/replicas", data="{truncated"), 400, "ValueError")
    failed(ask(w, "POST", "/replicas", data='{"files": []}'), 400, "KeyError")
    failed(ask(w, "POST", "/replicas", data="[1, 2]"), 400, "TypeError")
    failed(ask(w, "GET", f"/dids/{w.scope()}/nope/files"), 404, "DataIdentifierNotFound")


@proves("wire: slashes in names, both ways")
def slashes_arrive(w):
    name = f"a/b/{w.fresh('ds')}"
    for path in (name.replace("/", "%2F"), name):
        answer = ask(w, "POST", f"/dids/{w.scope()}/{path}", data='{"type": "DATASET"}')
        assert answer.status_code in (201, 409), answer.text
        equal(json.loads(ask(w, "GET", f"/dids/{w.scope()}/{path}").text)["name"], name)
        holds({"name": name}, json.loads(ask(w, "GET", f"/dids/{w.scope()}/{path}/meta").text))


@proves("wire: one replica of one DID, redirect to metalink")
def replicas_by_get(w):
    file = w.files(1)[0]
    holds({"name": file["name"]}, json.loads(one(ask(w, "GET", f"/replicas/{w.scope()}/{file['name']}").text.splitlines())))
    link = ask(w, "GET", f"/redirect/{w.scope()}/{file['name']}/metalink", headers={"Accept": "application/metalink4+xml"})
    equal((link.status_code, link.headers["Content-Type"]), (200, "application/metalink4+xml"))
