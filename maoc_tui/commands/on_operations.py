"""What can be done on the Operations and Assets screens, and in the intercept matrix."""

from __future__ import annotations

from maoc_tui.commands.command import ASSETS, INTERCEPT, MATRIX, OPERATIONS, Command

ON_OPERATIONS = tuple(
    Command(id, title, help, keys, (OPERATIONS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("operation_new", "New", "Nominate an operation on targets.", "n", 7, "op"),
        ("operation_step", "Step", "Take the next step: shows what is missing and who fills it.", "s", 3, "step"),
        ("operation_matrix", "Matrix", "Who reaches its targets, when, where, and what stands against it.", "i", 3,
         "matrix"),
        ("operation_check_in", "Check-in", "Ops normal of a boarding team: set it, hear it, end it.", "c", 5,
         "checkin"),
        ("operation_decide", "Decision", "A national decision: who, what authority, by what right, when told.", "d", 8,
         "decide"),
        ("operation_go", "Go", "Say go or no-go, with the reason; go as a second person.", "o", 9, "go"),
        ("operation_states", "States", "Who leads, seizes, is flag, coastal, destination or prosecuting State.", "f", 0,
         "field"),
        ("operation_basis", "Basis", "The legal basis of the boarding: a rule of the law table.", "b", 0, "basis"),
        ("operation_target", "Target", "Add a target to it, or drop one.", "t", 0, "optarget"),
        ("operation_ask", "Ask asset", "Ask a State for an asset, for this operation.", "a", 0, "task"),
        ("operation_noted", "Conditions", "Take note of the conditions of the consents in force.", "A", 0, "noted"),
        ("operation_line", "Line in full", "A log line with its kind, time and marking to choose.", "N", 0, "line"),
        ("operation_correct", "Correct", "Write what a wrong log line should have been.", "E", 0, "correctline"),
        ("operation_clock", "Promise", "Let a log line with a time to come run as a clock.", "C", 0, "promise"),
        ("seizure_found", "Find", "What was found: substance, packages, weight; or nothing.", "D", 10, "found"),
        ("seizure_jettison", "Jettison", "What went overboard: where, how many packages.", "J", 0, "jettison"),
        ("seizure_persons", "Persons", "Persons met, by condition and nationality; or that there were none.", "P", 0,
         "persons"),
        ("seizure_custody", "Custody", "What passed from whom to whom: seal, time, hash of a photo.", "K", 0,
         "custody"),
        ("seizure_weigh", "Weigh", "A new weight of a find; the ones before are kept.", "e", 0, "weigh"),
        ("seizure_vessel", "Vessel", "What became of the vessel, whose credit it is: a statement of the event.", "v", 0,
         "seizurefact"),
        ("operation_force", "Force", "Report a use of force: nothing may be left out.", "O", 0, "force"),
        ("operation_options", "Options", "The ways to intercept that were considered, with the reasons.", "x", 0,
         "options"),
        ("operation_release", "Release", "What a partner sees of it, its seizures and targets, and why; release it.",
         "R", 0, ""),
        ("operation_on_chart", "On chart", "Centre the chart on its target.", "m", 11, ""),
        ("operation_past", "Past", "Show closed operations too, or not.", "p", 0, ""),
        ("operation_copy", "Copy", "Copy its sheet and log: to a file, and offered to the clipboard.", "y", 0, ""),
    )
)  # fmt: skip
ON_ASSETS = tuple(
    Command(id, title, help, keys, (ASSETS,), bar, word=word)
    for id, title, help, keys, bar, word in (  # noqa: A001
        ("asset_report", "Report", "What is told of it now: availability and until when, position, fuel.", "s", 3,
         "told"),
        ("asset_ask", "Ask", "Ask its State for it, for an operation.", "a", 4, "askasset"),
        ("asset_answer", "Answer", "What its State answered; on task, off task.", "t", 5, "tasked"),
        ("asset_new", "New", "Enter an asset of your own State.", "n", 6, "asset"),
        ("asset_profile", "Figures", "Say anew what it can do: speeds, endurance, sea, team.", "e", 7, "profile"),
        ("asset_release", "Release", "What a partner sees of it, and why; release it.", "R", 0, ""),
        ("asset_on_chart", "On chart", "Centre the chart on it.", "m", 8, ""),
    )
)  # fmt: skip
IN_MATRIX = tuple(
    Command(id, title, help, keys, (MATRIX,), by=by)
    for id, title, help, keys, by in (  # noqa: A001
        ("matrix_next", "Next target", "The next target's column.", "right", "column(1)"),
        ("matrix_previous", "Target before", "The column before.", "left", "column(-1)"),
        ("matrix_faster", "Faster", "What if the target made a knot more?", "right_square_bracket", "what_if(1, 0)"),
        ("matrix_slower", "Slower", "What if the target made a knot less?", "left_square_bracket", "what_if(-1, 0)"),
        ("matrix_right", "To starboard", "What if it steered 10° more?", "right_curly_bracket", "what_if(0, 10)"),
        ("matrix_left", "To port", "What if it steered 10° less?", "left_curly_bracket", "what_if(0, -10)"),
        ("matrix_reported", "As reported", "Course and speed of the targets as reported.", "equals_sign", ""),
        ("matrix_pace", "Pace", "Assets at cruising speed, or as fast as they can.", "v", ""),
        ("matrix_track", "Track", "Targets on a constant course, or the shortest way.", "t", ""),
        ("matrix_sea", "Sea", "What if there is a sea: Bft 5, 2.5 m; empty for none said.", "s", ""),
        ("matrix_law", "Law", "The law at the contact, whole.", "L", ""),
        ("matrix_choose", "Choose", "Keep this one as chosen, the others with why not.", "c", ""),
        ("matrix_ask", "Ask", "Ask its State for the asset selected.", "a", ""),
        ("matrix_on_chart", "On chart", "The way to contact, on the chart.", "m", ""),
    )
)  # fmt: skip
IN_INTERCEPT = (
    Command(
        "intercept_choose",
        "Choose",
        "Keep this way as chosen, the others with why not.",
        "c",
        (INTERCEPT,),
    ),
    Command("intercept_on_chart", "On chart", "The way to contact, on the chart.", "m", (INTERCEPT,)),
)
