"""Proofs: small functions that each show what one or several of the client's methods do, and the list of all of them."""

import itertools

PROOFS = []


def proves(*methods):
    """Marks a function of one argument (the world) as the proof of these client methods, `AccountClient.add_account`."""

    def mark(function):
        PROOFS.append((methods, function))
        return function

    return mark


def equal(seen, wanted, what=""):
    assert seen == wanted, f"{what or 'value'}: wanted {wanted!r}, seen {seen!r}"


def holds(small, big, what=""):
    """Every key of the small dict stands in the big one with the same value."""
    for key, value in small.items():
        assert key in big, f"{what} lacks {key!r}: {sorted(big)}"
        equal(big[key], value, f"{what} {key}")


def one(rows, what="rows"):
    rows = list(rows)
    assert len(rows) == 1, f"{what}: wanted one, seen {len(rows)}: {rows[:3]!r}"
    return rows[0]


def names(rows):
    return sorted(row["name"] for row in rows)


def refused(call, *args, **kwargs):
    """The call raises an exception of the client's, whichever."""
    from rucio.common.exception import RucioException

    try:
        call(*args, **kwargs)
    except RucioException:
        return
    raise AssertionError("nothing was refused")


def raises(kind, call, *args, **kwargs):
    """The call raises exactly this exception of the client's; its message is returned."""
    try:
        result = call(*args, **kwargs)
        if hasattr(result, "__next__"):
            list(itertools.islice(result, 1))
    except Exception as e:  # noqa: BLE001 - the kind is compared below
        assert type(e).__name__ == kind, f"wanted {kind}, raised {type(e).__name__}: {str(e)[:200]}"
        return str(e)
    raise AssertionError(f"wanted {kind}, nothing was raised")
