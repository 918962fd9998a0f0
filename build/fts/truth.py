"""What the published FTS client gets from an endpoint: one call a run, its answer as JSON on one line."""

import json
import sys

import fts3.rest.client.easy as fts3
from fts3.rest.client import FTS3ClientException, Submitter


def main():
    endpoint, call, *rest = sys.argv[1:]
    if call == "by-certificate":
        certificate, key, call, *rest = rest
        context = fts3.Context(endpoint, ucert=certificate, ukey=key)
    else:
        context = fts3.Context(endpoint, fts_access_token="a-token-of-the-tests")
    if call == "info":
        return context.get_endpoint_info()
    if call == "whoami":
        return fts3.whoami(context)
    if call == "submit":
        checksum, *pairs = rest
        transfers = [
            fts3.new_transfer(source, destination, checksum=checksum)
            for source, destination in zip(pairs[::2], pairs[1::2])
        ]
        return fts3.submit(context, fts3.new_job(transfers, verify_checksum="target", overwrite=False, retry=-1))
    if call == "choice":
        checksum, destination, *sources = rest
        transfer = fts3.new_transfer(sources[0], destination, checksum=checksum, selection_strategy="orderly")
        # The client's own add_alternative_source calls a method that lists of Python do not have.
        transfer["sources"].extend(sources[1:])
        return fts3.submit(context, fts3.new_job([transfer], verify_checksum="target", overwrite=False, retry=-1))
    if call == "tape":
        source, destination, online, archive = rest
        transfer = fts3.new_transfer(source, destination, staging_metadata={"default": {"activity": "custody"}})
        job = fts3.new_job(
            [transfer],
            bring_online=int(online),
            copy_pin_lifetime=3600 if int(online) > 0 else -1,
            archive_timeout=int(archive),
        )
        # Without the delegation of a proxy, which this endpoint does not know.
        return Submitter(context).submit(transfers=job["files"], **job["params"])
    if call == "status":
        return fts3.get_job_status(context, rest[0], list_files=True)
    if call == "statuses":
        return fts3.get_jobs_statuses(context, rest, list_files=True)
    if call == "cancel":
        return fts3.cancel(context, rest[0])
    if call == "list":
        return fts3.list_jobs(context, state_in=rest)
    raise SystemExit(f"no such call: {call}")


try:
    print(json.dumps(main()))
except FTS3ClientException as bad:
    print(json.dumps({"error": type(bad).__name__, "says": str(bad)}))
    sys.exit(1)
