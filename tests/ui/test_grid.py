"""The list: columns that fit, a cursor that belongs to a record, repainting only what changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App

from maoc_tui.ui.columns import Column, chosen_columns, fit
from maoc_tui.ui.grid import Grid

COLUMNS = (Column("a", "A", 4), Column("b", "B", 6, 2, grow=True), Column("c", "C", 9, 3))


class Words:
    """Rows that are their own keys."""

    def __init__(self, words):
        self.words = list(words)

    def __len__(self):
        return len(self.words)

    def key(self, at):
        return self.words[at]

    def find(self, key):
        return self.words.index(key) if key in self.words else -1

    def cells(self, at):
        return ((str(at), "dim"), (str(self.words[at]), "text"), ("x", "warn"))


class GridApp(App[None]):
    """A list and nothing else."""

    def __init__(self):
        super().__init__()
        self.grid = Grid(COLUMNS, empty="nothing here")

    def compose(self):
        yield self.grid

    def on_mount(self):
        self.grid.focus()


@given(st.text(max_size=40), st.integers(0, 30), st.booleans())
def test_fit_takes_exactly_the_cells_it_is_given(text, width, right):
    shown = "".join(c for c in text if c.isprintable())
    assert cell_len(fit(shown, width, right)) == width


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 5), st.booleans()), min_size=1, max_size=10),
    st.integers(1, 200),
)
def test_columns_never_take_more_than_there_is_unless_one_alone_does(shapes, width):
    columns = [Column(str(i), "", w, rank, grow) for i, (w, rank, grow) in enumerate(shapes)]
    chosen = chosen_columns(columns, width)
    used = sum(w for _, w in chosen) + len(chosen) - 1
    assert used <= width or len(chosen) == 1
    assert [i for i, _ in chosen] == sorted(i for i, _ in chosen)
    ranks = {columns[i].rank for i, _ in chosen}
    left_out = [c for i, c in enumerate(columns) if i not in dict(chosen)]
    assert all(c.rank >= max(ranks) for c in left_out)


async def test_cursor_stays_with_its_record_and_on_its_line_when_rows_come_and_go():
    app = GridApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.grid.show(Words(range(100)))
        for _ in range(30):
            await pilot.press("j")
        assert app.grid.cursor_key == 30
        line = app.grid.cursor - app.grid.top
        app.grid.show(Words(reversed(range(100))))
        assert (app.grid.cursor_key, app.grid.cursor) == (30, 69)
        assert app.grid.cursor - app.grid.top == line
        app.grid.show(Words(range(0, 100, 5)))
        assert app.grid.cursor_key == 30


async def test_cursor_takes_the_neighbour_when_its_record_is_gone():
    app = GridApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.grid.show(Words("abcdef"))
        await pilot.press("j", "j")
        app.grid.show(Words("abdef"))
        assert app.grid.cursor_key == "d"
        app.grid.show(Words(""))
        assert app.grid.cursor_key is None


async def test_an_untouched_cursor_stays_with_the_record_that_was_read_and_the_list_does_not_run_away():
    app = GridApp()
    async with app.run_test(size=(40, 12)):
        app.grid.show(Words("bcd"))
        app.grid.show(Words("abcd"))
        assert (app.grid.cursor_key, app.grid.top) == ("b", 0)


async def test_an_untouched_list_of_news_stands_on_the_newest():
    app = GridApp()
    async with app.run_test(size=(40, 12)):
        app.grid._cursor.newest_first = True
        app.grid.show(Words("bcd"))
        app.grid.show(Words("abcd"))
        assert app.grid.cursor_key == "a"


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from("jkgG") | st.sampled_from(["pagedown", "pageup"]), max_size=30),
    st.integers(0, 60),
)
def test_any_keys_keep_the_cursor_in_the_list_and_in_view(keys, count):
    grid = _still_grid(9)
    grid.show(Words(range(count)))
    actions = {
        "j": grid.action_row_down, "k": grid.action_row_up, "g": grid.action_first, "G": grid.action_last,
        "pagedown": grid.action_page_down, "pageup": grid.action_page_up,
    }  # fmt: skip
    for key in keys:
        actions[key]()
        if count:
            assert 0 <= grid.cursor < count
            assert grid.top <= grid.cursor < grid.top + grid.page


def _still_grid(height):
    """A Grid outside any program: its moves are plain arithmetic."""
    from textual.geometry import Size

    class Still(Grid):
        size = Size(30, height)

        def post_message(self, message):
            return True

        def _repaint(self):
            pass

    return Still(COLUMNS)


async def test_only_changed_lines_are_repainted():
    app = GridApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.grid.show(Words("abcdef"))
        await pilot.pause()
        regions = []
        app.grid.refresh = lambda *given, **_: regions.extend(given)  # type: ignore[method-assign]
        app.grid.show(Words("abcdef"))
        assert regions == []
        app.grid.show(Words("abXdef"))
        assert [region.y for region in regions] == [3]


async def test_long_lists_cost_no_more_than_short_ones():
    app = GridApp()
    async with app.run_test(size=(40, 12)) as pilot:
        words = Words(range(50_000))
        asked = []
        cells = words.cells
        words.cells = lambda at: asked.append(at) or cells(at)
        app.grid.show(words)
        await pilot.press("G")
        assert app.grid.cursor_key == 49_999
        assert len(asked) < 100


async def test_an_empty_list_says_so():
    app = GridApp()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "nothing here" in app.grid.render_line(1).text


class WaitingApp(GridApp):
    """A list whose cursor waits for a record that has left."""

    def __init__(self):
        super().__init__()
        self.grid = Grid(COLUMNS, waits=True)


async def test_no_neighbour_takes_the_place_of_a_record_that_has_left():
    """The wrong boat: keys struck next must not act on whatever moved up."""
    app = WaitingApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.grid.show(Words(["T-1", "T-2", "T-3"]))
        await pilot.press("j")
        assert app.grid.cursor_key == "T-2"
        app.grid.show(Words(["T-1", "T-3"]))
        assert app.grid.cursor_key is None
        app.grid.show(Words(["T-0", "T-1", "T-3"]))
        assert app.grid.cursor_key is None
        app.grid.show(Words(["T-0", "T-1", "T-2", "T-3"]))
        assert app.grid.cursor_key == "T-2", "it is back on it when it comes back"


async def test_the_first_key_brings_a_waiting_cursor_back_to_its_line():
    app = WaitingApp()
    async with app.run_test(size=(40, 8)) as pilot:
        for key, found in (("j", "T-3"), ("k", "T-3"), ("home", "T-1")):
            app.grid.show(Words(["T-1", "T-2", "T-3", "T-4"]))
            app.grid.select("T-2")
            app.grid.show(Words(["T-1", "T-3", "T-4"]))
            await pilot.press(key)
            assert app.grid.cursor_key == found


async def test_another_list_begins_with_a_cursor():
    app = WaitingApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.grid.show(Words(["T-1", "T-2"]))
        await pilot.press("j")
        app.grid.show(Words(["T-7", "T-8"]), anew=True)
        assert app.grid.cursor_key == "T-8"
