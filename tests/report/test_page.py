from __future__ import annotations

import pytest

from simulator.report.page import TEMPLATES, PageRefused, check_writable, picture, write_page

OURS = '<!doctype html>\n<meta name="generator" content="mosaic 0.1.0">\n'


def test_a_page_is_written_and_replaced(tmp_path):
    file = tmp_path / "new" / "page.html"
    write_page(OURS, file, force=False)
    write_page(OURS + "again", file, force=False)
    assert file.read_text() == OURS + "again"
    assert [path.name for path in file.parent.iterdir()] == ["page.html"]


@pytest.mark.parametrize("text", ["my thesis", "<!doctype html><p>my thesis</p>", ""])
def test_others_work_is_kept(tmp_path, text):
    file = tmp_path / "page.html"
    file.write_text(text)
    with pytest.raises(PageRefused, match="was not written by mosaic"):
        write_page(OURS, file, force=False)
    assert file.read_text() == text
    write_page(OURS, file, force=True)
    assert file.read_text() == OURS


@pytest.mark.parametrize(
    ("name", "message"), [("page.pdf", "must end in .html"), ("folder.html", "is a folder")]
)
def test_what_cannot_be_a_page(tmp_path, name, message):
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(PageRefused, match=message):
        check_writable(tmp_path / name, force=True)


def test_a_place_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PageRefused, match="cannot write to"):
        write_page(OURS, tmp_path / "file" / "page.html", force=False)


def test_only_pictures_pass_the_templates_unescaped():
    for template in TEMPLATES.glob("*.j2"):
        text = template.read_text(encoding="utf-8")
        assert "safe" not in [word for part in text.split("|")[1:] for word in part.split()[:1]]
        assert "autoescape false" not in text


def test_a_picture_is_described_and_its_words_are_escaped():
    spec = {"data": {"values": [{}]}, "mark": "point", "title": "<b>&"}
    drawn = picture(spec, 'say "<b>" & go')
    assert drawn.startswith('<svg role="img" aria-label="say &#34;&lt;b&gt;&#34; &amp; go" xmlns=')
    assert "<b>" not in drawn
