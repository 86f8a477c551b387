"""What contacts do, judged: silence, meetings, drifting, jumps. Numbers in, findings out; no disk, clock or screen."""
