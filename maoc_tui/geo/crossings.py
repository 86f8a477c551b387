"""When a contact passed from one zone into another: decided over its fixes, a flicker on a line ignored.

A change of zone counts when two successive fixes lie in the new one; its time and place are those of the
first of them. What was known before the batch (the zone last decided, and the last fix if it lay elsewhere)
stands in front of the batch, so that the answer does not depend on how a feed cuts its data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNDECIDED = -1
"""No zone: outside the dataset, or not yet known."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """Zone changes in columns, and the zone each contact is now decided to be in."""

    index: NDArray[np.int64]
    """The first fix in the new zone, as an index into the batch; -1 - c: the known last fix of contact c."""
    contact: NDArray[np.int64]
    """Index of the contact among the distinct ones given."""
    left: NDArray[np.int32]
    """Zone group left."""
    entered: NDArray[np.int32]
    """Zone group entered."""
    decided: NDArray[np.int32]
    """Per contact: the group it is decided to be in after the batch; UNDECIDED when never."""


def crossings(
    contact: NDArray[np.int64],
    group: NDArray[np.int32],
    decided: NDArray[np.int32],
    last: NDArray[np.int32],
) -> Crossings:
    """Find zone changes among fixes ordered by contact, then time.

    ``contact`` numbers the contact of each fix (0..m-1, every one present); ``group`` is the zone group of
    each fix, UNDECIDED to be passed over. ``decided`` and ``last`` (length m) are what was known before:
    the decided group and the group of the newest fix before the batch.
    """
    seq_contact, seq_group, seq_index = _with_history(contact, group, decided, last)
    starts, lengths, run_contact, run_group = _runs(seq_contact, seq_group)
    sure = lengths >= 2
    r_contact, r_group, r_first = run_contact[sure], run_group[sure], seq_index[starts[sure]]
    change = np.zeros(len(r_contact), bool)
    change[1:] = (r_contact[1:] == r_contact[:-1]) & (r_group[1:] != r_group[:-1])
    at = np.flatnonzero(change)
    after = decided.copy()
    after[r_contact] = r_group
    return Crossings(r_first[at], r_contact[at], r_group[at - 1], r_group[at], after)


def _with_history(
    contact: NDArray[np.int64], group: NDArray[np.int32], decided: NDArray[np.int32], last: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """The batch with each contact's known past (decided twice, then the last fix) put in front."""
    m = len(decided)
    known = np.arange(m, dtype=np.int64)
    seq_contact = np.concatenate([known, known, known, contact])
    seq_group = np.concatenate([decided, decided, last, group]).astype(np.int32)
    seq_index = np.concatenate([-1 - known, -1 - known, -1 - known, np.arange(len(contact))])
    order = np.argsort(seq_contact, kind="stable")
    order = order[seq_group[order] != UNDECIDED]
    return seq_contact[order], seq_group[order], seq_index[order]


def _runs(
    contact: NDArray[np.int64], group: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Stretches of equal (contact, group): first element, length, contact, group."""
    if not len(contact):
        none = np.empty(0, np.int64)
        return none, none, none, np.empty(0, np.int32)
    new = np.ones(len(contact), bool)
    new[1:] = (contact[1:] != contact[:-1]) | (group[1:] != group[:-1])
    starts = np.flatnonzero(new)
    lengths = np.diff(np.append(starts, len(contact)))
    return starts, lengths, contact[starts], group[starts]
