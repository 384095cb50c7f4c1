import base64

from reportbook.book.attachments import write_attachments


def test_pasted_pictures_become_files_that_the_text_names(tmp_path):
    kinds = {"image/png": base64.b64encode(b"png").decode()}
    cells = [
        {"source": "![](attachment:a%20b.png) ![](attachment:c.svg)", "attachments": {
            "a b.png": kinds, "c.svg": {"image/svg+xml": ["<svg>", "</svg>"]}}},
        {"source": "![](attachment:of-another-cell.png)"},
    ]  # fmt: skip
    write_attachments(cells, tmp_path, up="../")
    files = {path.suffix: path for path in (tmp_path / "attachments").iterdir()}
    assert (files[".png"].read_bytes(), files[".svg"].read_bytes()) == (b"png", b"<svg></svg>")
    png, svg = (f"../attachments/{files[each].name}" for each in (".png", ".svg"))
    assert cells[0] == {"source": f"![]({png}) ![]({svg})"}
    assert cells[1]["source"] == "![](attachment:of-another-cell.png)"
