"""What can be done everywhere, in any list, and with contacts; what leaves a window or the program."""

from __future__ import annotations

from maoc_tui.commands.command import (
    DIALOG,
    EVERYWHERE,
    LIST,
    MATRIX,
    OPERATIONS,
    SIGHT,
    TARGETS,
    WATCH,
    Command,
)

_TO_SCREENS = tuple(
    Command(title.lower(), title, help, str(key), by=f"app.go('{title.lower()}')", word=title.lower())
    for key, (title, help) in enumerate(  # noqa: A001
        (
            ("Watch", "The live list, chart, detail and events."),
            ("Targets", "Targets with their identity, links and sightings."),
            ("Chart", "The chart on the full screen."),
            (
                "Operations",
                "Interceptions by state: next action, owner, what is missing; log, decisions, check-ins.",
            ),
            ("Liaison", "Partners, officers, the roster, and who is on which target."),
            ("Assets", "Ships, aircraft and teams partners may send; what is not known or too old first."),
            ("Requests", "What is asked of States with a clock, the soonest first."),
            (
                "Briefs",
                "The daily brief: lines by recipients, asking, reading a copy, check, approval, issue, recall.",
            ),
            (
                "Figures",
                "Measures by month and year: chart, table, definition, doubts, freeze and revisions.",
            ),
        ),
        1,
    )
)
"""What brings a screen to the front, by its number."""

FIRST: tuple[Command, ...] = (
    *_TO_SCREENS,
    Command(
        "help",
        "Help",
        "All keys and words of this screen.",
        "question_mark",
        bar=1,
        word="keys",
        by="app.help",
    ),
    Command(
        "manual",
        "Manual",
        "Read the manual, or one chapter of it.",
        "f1",
        word="help",
        argument="[CHAPTER]",
        by="app.manual",
    ),
    Command("command_line", "Command", "Type a command by its name.", "colon", bar=2),
    Command("palette", "Palette", "Find a command by any word of it.", "ctrl+p", by="app.palette"),
    Command(
        "filter",
        "Filter",
        "Show only what matches, such as flag:VE,CO type:sail age<6h zone:HS.",
        "slash",
        (SIGHT,),
        bar=3,
        word="filter",
        argument="[QUERY]",
    ),
    Command(
        "log_line",
        "Log line",
        "Write into the log of the operation named in the line: 0312 boarding, two aboard.",
        "l",
        (EVERYWHERE, MATRIX),
        by="app.log_line",
        word="log",
        argument="[TEXT]",
    ),
    Command(
        "reach",
        "Reach fan",
        "How far a target can have gone, on the chart; with its slowest and fastest speed if you like.",
        word="fan",
        argument="[T-0417] [4-7]",
        by="app.fan",
    ),
    Command(
        "closest",
        "Closest approach",
        "How close two objects come, and when: targets, assets, contacts, or POSITION/COURSE/SPEED.",
        word="cpa",
        argument="[T-0417 AS-0007]",
        by="app.closest",
    ),
    Command("back", "Back", "Close what is open, leave the chart, or clear the filter.", "escape"),
    Command("panel_next", "Next panel", "Move to the next panel; a hidden one comes to the front.", "tab"),
    Command("panel_previous", "Previous panel", "Move to the panel before.", "shift+tab"),
    Command("row_down", "Down", "One row down.", "j,down", (LIST,)),
    Command("row_up", "Up", "One row up.", "k,up", (LIST,)),
    Command("page_down", "Page down", "One page down.", "pagedown,ctrl+f", (LIST,)),
    Command("page_up", "Page up", "One page up.", "pageup,ctrl+b", (LIST,)),
    Command("first", "First", "To the first row.", "g,home", (LIST,)),
    Command("last", "Last", "To the last row.", "G,end", (LIST,)),
    Command("open", "Open", "Open the row: its detail, or the contact of an event.", "enter", (LIST,)),
    Command(
        "sort", "Sort", "Sort by the next column.", "s", (WATCH,), bar=7, word="sort", argument="[COLUMN]"
    ),
    Command("sort_reverse", "Reverse", "Turn the order around.", "S", (WATCH,)),
    Command("show_on_chart", "On chart", "Centre the chart on the selected contact.", "m", (SIGHT,), bar=5),
    Command(
        "why",
        "Zone, why",
        "Whose waters and why: dataset, date, basis, distance to each line.",
        "w",
        (SIGHT, TARGETS, OPERATIONS),
        bar=4,
        word="zone",
        argument="[POSITION]",
    ),
    Command(
        "law",
        "Law",
        "What may be done to it here: rule, articles, consent, what is not known.",
        "L",
        (SIGHT, TARGETS, OPERATIONS),
        word="law",
    ),
    Command(
        "override",
        "Zone by hand",
        "Say what waters it is in, over the dataset: with reason, name and expiry.",
        "H",
        (SIGHT, TARGETS),
        word="override",
        argument="[POSITION]",
    ),
    Command(
        "zone_area",
        "Zone area by hand",
        "Draw an area over the zones, instead of a line: with reason, name and expiry.",
        word="area",
        by="app.zone_area",
    ),
    Command(
        "overrides",
        "Zones by hand",
        "What was entered by hand over the zones: what counts, what expired; Enter withdraws.",
        word="overrides",
        by="app.overrides",
    ),
    Command("new_target", "New target", "Make the selected contact a target.", "n", (SIGHT,), bar=6),
    Command(
        "copy", "Copy", "Copy the selected contact: to a file, and offered to the clipboard.", "y", (SIGHT,)
    ),
    Command(
        "ingest",
        "Read files",
        "Read traffic files into the record; shows progress, can be cancelled.",
        "",
        word="ingest",
        argument="FILE...",
        by="app.ingest",
    ),
    Command(
        "feed",
        "Live sources",
        "List the live sources, run one, or stop it; they end with the program.",
        "",
        word="feed",
        argument="[run NAME | stop NAME]",
        by="app.feed",
    ),
    Command(
        "local_time",
        "UTC or local",
        "Show times in UTC or in this terminal's zone.",
        "z",
        word="time",
        by="app.local_time",
    ),
    Command(
        "theme",
        "Theme",
        "The next theme: night, dusk, day, high-contrast, colour-safe, no-colour.",
        "T",
        word="theme",
        argument="[NAME]",
        by="app.theme",
    ),
    Command(
        "dashboard",
        "Dashboard",
        "The next arrangement of panels; auto chooses by the terminal's width.",
        "d",
        (WATCH,),
        bar=8,
        word="dashboard",
        argument="[NAME]",
    ),
    Command(
        "blank",
        "Privacy",
        "Blank the screen except the clock; the same key brings it back.",
        "f9",
        by="app.blank",
    ),
    Command(
        "view_as",
        "View as",
        "See what officers of a partner see now, without changing anything; Esc leaves.",
        word="view-as",
        argument="BE",
        by="app.view_as",
    ),
    Command(
        "lock", "Lock", "Lock the screen until the passphrase is given.", "f10", word="lock", by="app.lock"
    ),
    Command("sign_out", "Sign out", "Sign out; asks who comes next.", word="signout", by="app.sign_out"),
    Command(
        "passphrase_again",
        "Passphrase again",
        "Give your passphrase again, for acts that ask for it.",
        word="passphrase",
        by="app.passphrase_again",
    ),
    Command(
        "purpose",
        "Purpose",
        "Say what this session is for; it is written beside everything you open and take out.",
        word="purpose",
        argument="[TEXT]",
        by="app.purpose",
    ),
)
LAST: tuple[Command, ...] = (
    Command(
        "redraw",
        "Redraw",
        "Draw the whole screen anew, when the line or another program has garbled it.",
        "ctrl+l",
        word="redraw",
        by="app.redraw",
    ),
    Command("close", "Close", "Close the window that is open.", "escape,q", (DIALOG,)),
    Command("accept", "Go on", "Go on: read, agree, or try again.", "enter", (DIALOG,)),
    Command(
        "quit", "Quit", "Leave the program; the key asks once.", "q,ctrl+q", bar=9, word="quit", by="app.quit"
    ),
)
