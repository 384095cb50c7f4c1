"""Whatever happens to a file on its way, it is read, or refused in a sentence; nothing else."""

import contextlib
import json
import random
import warnings

import pytest
from made_files import read_made
from producers import test_dtm, test_fts, test_idmc, test_unhcr, test_world_bank

from analysis.errors import DataError
from analysis.producers import dtm, fts, idmc, unhcr, world_bank

FILES = [
    (unhcr, "a_json", test_unhcr.API), (unhcr, "a_csv", test_unhcr.FINDER),
    (unhcr, "a_csv", test_unhcr.HDX), (fts, "a_csv", test_fts.PLANS),
    (fts, "a_json", test_fts.OVERVIEW), (world_bank, "a_csv", test_world_bank.INHABITANTS),
    (world_bank, "a_json", test_world_bank.PEOPLE),
    (world_bank, "a_xlsx", test_world_bank.workbook(test_world_bank.INHABITANTS)),
    (world_bank, "a_zip", test_world_bank.packed(test_world_bank.INHABITANTS)),
    (idmc, "a_csv", test_idmc.TEXT), (dtm, "a_json", test_dtm.answer(test_dtm.place(1, 5))),
]  # fmt: skip
PIECES = [b",", b"\n", b'"', b";", b"\t", b"\0", b"\xff", b"#", b"-", b"1e999", b"9" * 20, b"VEN"]
ODD = [None, [], {}, "x", -1, 3.5, True, [None], {"id": None}]


def damaged(content, chance):
    """The content with pieces taken out, put in or cut off; of JSON also with odd values."""
    if not isinstance(content, bytes | str) and chance.random() < 0.7:
        return odd(json.loads(json.dumps(content)), chance)
    given = content if isinstance(content, bytes | str) else json.dumps(content)
    left = bytearray(given.encode() if isinstance(given, str) else given)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(left) + 1)
        what = chance.randrange(4)
        if what == 0:
            del left[place : place + chance.randint(1, 30)]
        elif what == 1:
            left[place:place] = chance.choice(PIECES)
        elif what == 2:
            left[place : place + 1] = bytes([chance.randrange(256)])
        else:
            del left[place:]
    return bytes(left)


def odd(value, chance):
    """The value with something else somewhere in it."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.1:
        return chance.choice(ODD)
    place = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if isinstance(value, dict) and chance.random() < 0.2:
        del value[place]
    else:
        value[place] = odd(value[place], chance)
    return value


@pytest.mark.parametrize("number", range(len(FILES)), ids=lambda n: FILES[n][0].__name__[19:])
def test_a_damaged_file_is_read_or_refused(tmp_path, number):
    producer, name, content = FILES[number]
    chance = random.Random(number)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(80):
            made = damaged(content, chance)
            made = made if isinstance(made, bytes | str | dict | list) else [made]
            with contextlib.suppress(DataError):
                read_made(producer.read, tmp_path, **{name: made})
