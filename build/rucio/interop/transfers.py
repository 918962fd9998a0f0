"""Real bytes over the file protocol: upload, download, metalink; traces; signed addresses."""

import hashlib
import logging

from proof import equal, holds, one, proves, raises

QUIET = logging.getLogger("interop")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


def uploader(w):
    from rucio.client.uploadclient import UploadClient

    return UploadClient(w.client, QUIET)


def downloader(w):
    from rucio.client.downloadclient import DownloadClient

    return DownloadClient(w.client, QUIET)


def uploaded(w, **more):
    path, adler32 = w.local_file()
    item = {"path": str(path), "rse": w.rse(), "did_scope": w.scope(), "did_name": path.name, **more}
    equal(uploader(w).upload([item]), 0)
    return path, adler32


@proves("UploadClient.upload")
def a_file_is_uploaded(w):
    path, adler32 = uploaded(w)
    row = one(w.client.list_replicas([w.did(path.name)]))
    holds({"bytes": 2000, "adler32": adler32, "states": {w.rse(): "AVAILABLE"}}, row)
    equal(row["md5"], hashlib.md5(path.read_bytes()).hexdigest())
    stored = next(iter(row["pfns"])).replace("file://localhost:0", "").replace("file://localhost", "")
    with open(stored, "rb") as copy:
        equal(copy.read(), path.read_bytes(), "the bytes on the element")
    rule = one(w.client.list_did_rules(w.scope(), path.name))
    holds({"state": "OK", "locks_ok_cnt": 1, "rse_expression": w.rse()}, rule)


@proves("UploadClient.upload (into a dataset)")
def a_file_is_uploaded_into_a_dataset(w):
    name = w.fresh("ds")
    path, _ = uploaded(w, dataset_scope=w.scope(), dataset_name=name)
    equal([f["name"] for f in w.client.list_files(w.scope(), name)], [path.name])


@proves("UploadClient.upload (into the folder of an element of the sites file)")
def a_file_is_uploaded_into_the_servers_own_element(w):
    rse = sorted(r["rse"] for r in w.client.list_rses("archival=true"))[-1]
    path, adler32 = w.local_file()
    equal(uploader(w).upload([{"path": str(path), "rse": rse, "did_scope": w.scope(), "did_name": path.name}]), 0)
    row = one(w.client.list_replicas([w.did(path.name)]))
    holds({"adler32": adler32, "states": {rse: "AVAILABLE"}}, row)
    pfn = one(row["rses"][rse])
    assert pfn.endswith(f"/{w.scope()}/{path.name}"), pfn
    into = w.folder / w.fresh("into")
    one(downloader(w).download_dids([{"did": f"{w.scope()}:{path.name}", "base_dir": str(into)}]))
    equal((into / w.scope() / path.name).read_bytes(), path.read_bytes(), "the bytes that came back")


@proves("DownloadClient.download_dids")
def a_dataset_is_downloaded(w):
    name = w.fresh("ds")
    path, _ = uploaded(w, dataset_scope=w.scope(), dataset_name=name)
    into = w.folder / w.fresh("into")
    done = one(downloader(w).download_dids([{"did": f"{w.scope()}:{name}", "base_dir": str(into)}]))
    equal(done["clientState"], "DONE")
    equal((into / name / path.name).read_bytes(), path.read_bytes(), "the bytes that came back")
    raises("NoFilesDownloaded", downloader(w).download_dids,
           [{"did": f"{w.scope()}:{w.files(1)[0]['name']}", "base_dir": str(into)}])


@proves("DownloadClient.download_dids (a file within an archive)")
def a_file_is_taken_out_of_an_archive(w):
    import tarfile

    inner, adler32 = w.local_file()
    archive = w.folder / (w.fresh("arc") + ".tar.gz")
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(inner, inner.name)
    equal(uploader(w).upload([{"path": str(archive), "rse": w.rse(), "did_scope": w.scope(), "did_name": archive.name}]), 0)
    w.client.add_files_to_archive(
        w.scope(), archive.name, [{**w.did(inner.name), "bytes": 2000, "adler32": adler32}])
    into = w.folder / w.fresh("into")
    one(downloader(w).download_dids([{"did": f"{w.scope()}:{inner.name}", "base_dir": str(into)}]))
    equal((into / w.scope() / inner.name).read_bytes(), inner.read_bytes(), "the bytes that came back")


@proves("DownloadClient.download_pfns")
def a_pfn_is_downloaded(w):
    path, _ = uploaded(w)
    row = one(w.client.list_replicas([w.did(path.name)]))
    item = {"did": f"{w.scope()}:{path.name}", "rse": w.rse(), "pfn": next(iter(row["pfns"])), "adler32": row["adler32"],
            "base_dir": str(w.folder), "no_subdir": False}
    into = w.folder / w.fresh("into")
    equal(one(downloader(w).download_pfns([{**item, "base_dir": str(into)}]))["clientState"], "DONE")
    equal((into / w.scope() / path.name).read_bytes(), path.read_bytes())


@proves("DownloadClient.download_from_metalink_file")
def a_metalink_is_downloaded(w):
    path, _ = uploaded(w)
    link, into = w.folder / w.fresh("m.meta4"), w.folder / w.fresh("into")
    link.write_text(w.client.list_replicas([w.did(path.name)], metalink=True))
    equal(one(downloader(w).download_from_metalink_file({"base_dir": str(into)}, str(link)))["clientState"], "DONE")
    equal((into / w.scope() / path.name).read_bytes(), path.read_bytes())


@proves("TouchClient.touch")
def a_touch_is_answered(w):
    name, _ = w.dataset(1)
    w.client.touch(w.scope(), name, w.rse())


@proves("CredentialClient.get_signed_url")
def what_cannot_be_signed_is_refused(w):
    try:
        url = w.client.get_signed_url(w.rse(), "gcs", "read", "https://x.example.org/y", 600)
    except Exception as e:  # noqa: BLE001 - a refusal with words is an answer, a broken connection is not
        from rucio.common.exception import RucioException

        assert isinstance(e, RucioException) and "not built" not in str(e), repr(e)
    else:
        assert url.startswith("https://x.example.org/y"), url
