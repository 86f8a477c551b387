"""What can be done on the chart."""

from __future__ import annotations

from maoc_tui.commands.command import CHART, Command

ON_CHART = tuple(
    Command(id, title, help, keys, (CHART,), bar, by=by)
    for id, title, help, keys, bar, by in (  # noqa: A001
        ("chart_left", "West", "Move the chart west.", "left", 0, "pan(-0.1, 0)"),
        ("chart_down", "South", "Move the chart south.", "down,j", 0, "pan(0, 0.1)"),
        ("chart_up", "North", "Move the chart north.", "up,k", 0, "pan(0, -0.1)"),
        ("chart_right", "East", "Move the chart east.", "right", 0, "pan(0.1, 0)"),
        ("cursor_left", "Cursor west", "Move the cursor one cell.", "shift+left", 0, "cursor(-1, 0)"),
        ("cursor_down", "Cursor south", "Move the cursor one cell.", "shift+down", 0, "cursor(0, 1)"),
        ("cursor_up", "Cursor north", "Move the cursor one cell.", "shift+up", 0, "cursor(0, -1)"),
        ("cursor_right", "Cursor east", "Move the cursor one cell.", "shift+right", 0, "cursor(1, 0)"),
        ("zoom_in", "Closer", "Show less sea, larger, about the cursor.", "plus,equals_sign", 5, "zoom(1.5)"),
        ("zoom_out", "Farther", "Show more sea.", "minus", 0, "zoom_out"),
        ("chart_fit", "Fit", "Show every contact of the list.", "home", 8, "fit"),
        ("chart_centre", "Centre", "Bring the cursor's place to the middle.", "c", 0, "centre"),
        ("pick", "Pick", "Select the contact nearest the cursor.", "enter", 7, "pick"),
        ("contact_next", "Next", "Select the next contact in view.", "full_stop", 0, "cycle(1)"),
        ("contact_previous", "Previous", "Select the contact before.", "comma", 0, "cycle(-1)"),
        ("follow", "Follow", "Keep the selected contact in sight.", "F", 9, "follow"),
        (
            "fan",
            "Reach",
            "How far the target selected can have gone, cut by land; or away with it.",
            "f",
            0,
            "app.chart_fan",
        ),
        ("overlay_clear", "Clear", "Take away what is laid over the chart.", "x", 0, "clear_overlay"),
        ("rings", "Rings", "Range rings about the selected contact, or the cursor.", "r", 0, "rings"),
        ("measure", "Measure", "Course and distance from the cursor to where it goes.", "M", 10, "measure"),
        ("tracks", "Tracks", "Show or hide the selected contact's track.", "t", 0, "layer('tracks')"),
        ("tint", "Zone tint", "Tint the sea by zone, or not.", "Z", 11, "layer('tint')"),
        ("vectors", "Vectors", "Where every contact will be in half an hour.", "v", 0, "layer('vectors')"),
        ("names", "Names", "Show or hide names on the chart.", "i", 0, "layer('labels')"),
        ("symbols", "Symbols", "Draw with braille, blocks or plain ASCII.", "b", 0, "symbols"),
    )
)
