"""Every command of the program, once: keys, bar, help, palette and manual are all made from this table."""

from __future__ import annotations

from dataclasses import dataclass

EVERYWHERE, LIST, SIGHT, WATCH = "everywhere", "list", "sight", "watch"
TARGETS, CHART, DIALOG, FORM = "targets", "chart", "dialog", "form"
LIAISON, REQUESTS = "liaison", "requests"
RELEASE, CHECKLIST, RELEASE_SHEET = "release", "checklist", "release_sheet"
MARKING_LINE = "marking_line"
PLACES = {
    EVERYWHERE: "Everywhere",
    LIST: "In a list",
    WATCH: "On the Watch screen",
    SIGHT: "With contacts (Watch and Chart)",
    TARGETS: "On the Targets screen",
    LIAISON: "On the Liaison screen",
    REQUESTS: "On the Requests screen",
    CHART: "On the chart",
    DIALOG: "In a window that is open",
    RELEASE: "On the release panel",
    CHECKLIST: "On the checklist of a release",
    RELEASE_SHEET: "On the sheet of a release",
    FORM: "In a form",
    MARKING_LINE: "In a form with a marking",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do, by key, by name or from the palette."""

    id: str
    """Name for rebinding (settings: keys.ID); the method that does it is ``action_ID``."""
    title: str
    """Two or three words, for the bar and the palette."""
    help: str
    """One sentence for ``?`` and the manual."""
    keys: str = ""
    """Default keys, separated by commas, as Textual names them."""
    where: tuple[str, ...] = (EVERYWHERE,)
    bar: int = 0
    """Rank in the bottom bar, 1 first; 0 is not shown there."""
    word: str = ""
    """What to type after ``:`` for it; "" when it has no line form."""
    argument: str = ""
    """What may follow the word, for the help."""
    by: str = ""
    """The action that does it, where it is not ``action_ID`` of the place: ``app.`` for the program's own."""

    @property
    def action(self) -> str:
        """The Textual action string."""
        return self.by or self.id


_ON_CHART = tuple(
    Command(id, title, help, keys, (CHART,), bar, by=by)
    for id, title, help, keys, bar, by in (  # noqa: A001
        ("chart_left", "West", "Move the chart west.", "left,h", 0, "pan(-0.1, 0)"),
        ("chart_down", "South", "Move the chart south.", "down,j", 0, "pan(0, 0.1)"),
        ("chart_up", "North", "Move the chart north.", "up,k", 0, "pan(0, -0.1)"),
        ("chart_right", "East", "Move the chart east.", "right,l", 0, "pan(0.1, 0)"),
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
        ("follow", "Follow", "Keep the selected contact in sight.", "f", 9, "follow"),
        ("rings", "Rings", "Range rings about the selected contact, or the cursor.", "r", 0, "rings"),
        ("measure", "Measure", "Course and distance from the cursor to where it goes.", "M", 10, "measure"),
        ("tracks", "Tracks", "Show or hide the selected contact's track.", "t", 0, "layer('tracks')"),
        ("tint", "Zone tint", "Tint the sea by zone, or not.", "Z", 11, "layer('tint')"),
        ("vectors", "Vectors", "Where every contact will be in half an hour.", "v", 0, "layer('vectors')"),
        ("names", "Names", "Show or hide names on the chart.", "i", 0, "layer('labels')"),
        ("symbols", "Symbols", "Draw with braille, blocks or plain ASCII.", "b", 0, "symbols"),
    )
)
_ON_TARGETS = tuple(
    Command(id, title, help, keys, (TARGETS,), bar, word=word, argument=argument)
    for id, title, help, keys, bar, word, argument in (  # noqa: A001
        ("target_filter", "Filter", "Show only what matches: flag:VE.", "slash", 3, "find", "[QUERY]"),
        ("target_new", "New", "A new target from a description and a place.", "n", 4, "new", ""),
        ("target_fact", "State", "State something about its identity, with source.", "e", 5, "fact", ""),
        ("target_status", "Status", "Change its status, with the reason.", "s", 6, "status", ""),
        ("target_sight", "Sighting", "Where and when somebody saw it.", "o", 7, "sighting", ""),
        ("target_link", "Link", "It is heard as a contact.", "c", 8, "link", ""),
        ("target_unlink", "Unlink", "It is not, or no longer, heard as a contact.", "x", 0, "unlink", ""),
        ("target_rename", "Designation", "Change what the Centre calls it.", "r", 0, "designation", ""),
        ("target_correct", "Correct", "Choose a statement and say what it should be.", "E", 0, "correct", ""),
        ("target_withdraw", "Withdraw", "Choose a statement and say why it no longer stands.", "W", 0, "withdraw", ""),
        ("target_assign", "Ask", "Ask a partner to lead, to support, to be informed.", "a", 0, "assign", ""),
        ("target_release", "Release", "What a partner sees of it, and why; release it.", "R", 0, "release", "[XX]"),
        ("target_releases", "Releases", "What was asked, released, and is to be done.", "", 0, "releases", ""),
        ("target_on_chart", "On chart", "Centre the chart on its last place.", "m", 9, "", ""),
        ("target_copy", "Copy", "Copy its sheet: to a file, and offered to the clipboard.", "y", 0, "", ""),
    )
)  # fmt: skip
_ON_LIAISON = tuple(
    Command(id, title, help, keys, (LIAISON,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("liaison_assign", "Ask", "Ask a partner to be something to the target selected.", "a", 3, "offer"),
        ("liaison_answer", "Answer", "Accept, decline, begin or relieve an assignment.", "s", 4, "answer"),
        ("liaison_not_agreed", "Not agreed", "Record that no lead is agreed, and why.", "N", 0, "notagreed"),
        ("liaison_confirm", "Confirm", "Confirm what is reported of the partner selected.", "c", 5, "confirm"),
        ("liaison_status", "Status", "Record what the partner selected is, from a day on.", "e", 0, "standing"),
        ("liaison_new", "New", "Add an officer, a duty or an assignment: to the list with the keys.", "n", 6, ""),
        ("liaison_channel", "Channel", "Add a way to reach the officer selected.", "C", 0, "channel"),
        ("liaison_verify", "It works", "A channel of the officer selected was found to work.", "v", 7, "works"),
        ("liaison_end", "End", "End the posting, duty or assignment selected.", "x", 8, ""),
    )
)  # fmt: skip
_ON_REQUESTS = tuple(
    Command(id, title, help, keys, (REQUESTS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("request_new", "New", "Open a request; its clock starts when it is recorded as sent.", "n", 3, "request"),
        ("request_record", "Record", "What became of it: sent, chased, granted; stop a clock.", "s", 4, "record"),
        ("request_form", "Form", "The request filled from the record, with what is blank.", "f", 5, "form"),
        ("request_follow", "Reply", "The reply to fill; once answered, the action-taken report.", "F", 0, "report"),
        ("clock_new", "Clock", "Start a clock by hand: a line with a time, or C5 to C8.", "c", 7, "clock"),
        ("request_past", "Past", "Show answered and withdrawn requests too, or not.", "p", 6, "past"),
        ("request_copy", "Copy", "Copy the filled request: to a file, and offered to the clipboard.", "y", 0, ""),
    )
)  # fmt: skip
_ON_RELEASE = tuple(
    Command(id, title, help, keys, (place,))
    for place, id, title, help, keys in (  # noqa: A001
        (RELEASE, "release_choose", "Choose", "Choose the line for the release, or not.", "space"),
        (RELEASE, "release_wording", "Wording", "Another wording beside the original.", "e"),
        (RELEASE, "release_preview", "Preview", "What the partner would read, and nothing else.", "v"),
        (RELEASE, "release_why", "Why", "Why the partner sees the line, or not; who must permit it.", "w"),
        (RELEASE, "release_ask", "Ask", "Ask the originators of the chosen lines, with a clock.", "A"),
        (RELEASE, "release_checklist", "Checklist", "Answer the questions this partner's class brings.", "c"),
        (RELEASE, "release_propose", "Propose", "Propose it to the second person.", "p"),
        (
            RELEASE,
            "release_emergency",
            "Emergency",
            "Threat to life: two fields now, tasks after.",
            "exclamation_mark",
        ),
        (
            MARKING_LINE,
            "marking_preset",
            "Preset",
            "Who may read it: originator only, the Centre, all members.",
            "f3",
        ),
        (CHECKLIST, "checklist_next", "Next open", "To the next question not answered yet.", "n"),
        (RELEASE_SHEET, "release_approve", "Approve", "Approve it as the second person, with a word.", "a"),
        (RELEASE_SHEET, "release_refuse", "Refuse", "Refuse it, or take your own proposal back.", "x"),
        (RELEASE_SHEET, "release_recall", "Recall", "Take it back; names everybody who holds it.", "r"),
    )
)
_IN_FORM = tuple(
    Command(id, title, help, keys, (FORM,))
    for id, title, help, keys in (  # noqa: A001
        ("save", "Save", "Save the form; asks again when something speaks against it.", "ctrl+s,f2"),
        ("field_done", "Go on", "Go to the next field; from the last one save.", "enter"),
        ("field_next", "Next field", "Go to the next field.", "tab,down"),
        ("field_previous", "Field before", "Go to the field before.", "shift+tab,up"),
        ("leave_form", "Close", "Close the form; what was typed is there again next time.", "escape"),
    )
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "watch", "Watch", "The live list, chart, detail and events.", "1", by="app.go('watch')", word="watch"
    ),
    Command(
        "targets",
        "Targets",
        "Targets with their identity, links and sightings.",
        "2",
        by="app.go('targets')",
        word="targets",
    ),
    Command("chart", "Chart", "The chart on the full screen.", "3", by="app.go('chart')", word="chart"),
    Command(
        "liaison",
        "Liaison",
        "Partners, officers, the roster, and who is on which target.",
        "5",
        by="app.go('liaison')",
        word="liaison",
    ),
    Command(
        "requests",
        "Requests",
        "What is asked of States with a clock, the soonest first.",
        "7",
        by="app.go('requests')",
        word="requests",
    ),
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
        (SIGHT, TARGETS),
        bar=4,
        word="zone",
        argument="[POSITION]",
    ),
    Command(
        "law",
        "Law",
        "What may be done to it here: rule, articles, consent, what is not known.",
        "L",
        (SIGHT, TARGETS),
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
        "The next theme: day, dusk, night.",
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
    *_ON_CHART,
    *_ON_TARGETS,
    *_ON_LIAISON,
    *_ON_REQUESTS,
    *_ON_RELEASE,
    *_IN_FORM,
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

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
BY_WORD: dict[str, Command] = {command.word: command for command in COMMANDS if command.word}


def commands_of(*places: str) -> tuple[Command, ...]:
    """The commands that apply in any of these places, in the table's order."""
    return tuple(command for command in COMMANDS if set(places) & set(command.where))


_KEY_TEXT = {
    "question_mark": "?", "colon": ":", "slash": "/", "plus": "+", "minus": "-", "equals_sign": "=",
    "space": "Space", "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift+Tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "apostrophe": "'", "comma": ",", "full_stop": ".",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<",
    "greater_than_sign": ">", "underscore": "_", "asterisk": "*", "number_sign": "#",
    "exclamation_mark": "!", "delete": "Del", "backspace": "Backspace",
}  # fmt: skip


def key_text(keys: str) -> str:
    """Textual's key names as a person reads them: ``j,down`` is ``j ↓``."""
    return " ".join(_one_key(key) for key in keys.split(",") if key)


def _one_key(key: str) -> str:
    if key in _KEY_TEXT:
        return _KEY_TEXT[key]
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return "+".join(part.capitalize() if len(part) > 1 else part for part in key.split("+"))


def keys_of(command: Command, rebound: dict[str, str]) -> str:
    """The keys a command has now: the user's own, or the default ones."""
    return rebound.get(command.id, command.keys)
