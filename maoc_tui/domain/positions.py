"""Positions as the watch writes them: any usual form in, degrees and decimal minutes out.

The two halves of a position are told apart by their hemisphere letters where there are any; without letters
latitude comes first. Whatever could be read in two ways is refused with the reason.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from maoc_tui.problems import BadInput

_WAY_OUT = "Write it as 38 42.5N 009 08.2W, 38°42.5'N 9°8.2'W, 3842N00908W or 38.708,-9.137."
_LENGTH_LIMIT = 120

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚∘", "°"),
        **dict.fromkeys("′’‘´`ʹ‵", "'"),
        **dict.fromkeys("″“”ʺ‶", '"'),
        **dict.fromkeys("−–—‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t\n\r", " "),
    }
)
_LABEL = re.compile(r"\b(?:(LATITUDE|LAT)|(LONGITUDE|LONG|LON|LNG)|POSITION|POSN|POS|GEO)\b\.? ?[:=]? ?")
_WORD = re.compile(r"(?<=[^A-Z])(NORTH|SOUTH|EAST|WEST)\b|^(NORTH|SOUTH|EAST|WEST)\b")
_LETTERED = (
    re.compile(r"(?P<a>[^NSEW]*)(?P<ha>[NSEW])(?P<b>[^NSEW]*)(?P<hb>[NSEW])"),
    re.compile(r"(?P<ha>[NSEW])(?P<a>[^NSEW]*)(?P<hb>[NSEW])(?P<b>[^NSEW]*)"),
)
_COMMA_DECIMALS = re.compile(r"([+-]?\d+,\d+)°?(?:\s*[;/]\s*|,?\s+)([+-]?\d+,\d+)°?", re.ASCII)
_ISO_PAIR = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/?", re.ASCII)
_NUMBER = r"(\d+(?:\.\d*)?)"
_HALF = re.compile(
    rf"([+-])? ?{_NUMBER} ?"
    rf"(?:(?:°|DEG|D|[ :-]) ?{_NUMBER} ?"
    rf"(?:(?:'(?!')|MIN|M|[ :-]) ?{_NUMBER} ?(?:''|\"|SEC|S)?|'(?!')|MIN|M)?|°|DEG|D)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Position:
    """A point on WGS-84."""

    lat: float
    """Degrees north, -90..90."""
    lon: float
    """Degrees east, -180..180."""

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise BadInput(f"Latitude {self.lat:g} is not between 90°S and 90°N.", _WAY_OUT)
        if not -180 <= self.lon <= 180:
            raise BadInput(f"Longitude {self.lon:g} is not between 180°W and 180°E.", _WAY_OUT)

    def __str__(self) -> str:
        return format_position(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class _Half:
    """One coordinate as written, before it is a number."""

    text: str
    axis: str
    """latitude or longitude."""
    negative: bool | None
    """From the hemisphere letter; None when there is none."""


def parse_position(text: str) -> Position:
    """The position written in any usual form; raises BadInput that names what is wrong."""
    entered = text.strip()
    if not entered:
        raise BadInput("The position is empty.", _WAY_OUT)
    if len(entered) > _LENGTH_LIMIT:
        raise BadInput("That is too long for a position.", _WAY_OUT)
    plain = _plain(entered)
    if re.search(r"\dO\b|\bO\d", re.sub(r"[°'\". ]", "", plain)):
        raise BadInput("O is west in one language and east in another.", "Write W or E.")
    first, second = _lettered(plain) if re.search("[NSEW]", plain) else _unlettered(plain)
    values = {half.axis: _degrees(half) for half in (first, second)}
    return Position(values["latitude"], values["longitude"])


def _plain(entered: str) -> str:
    """Upper case with one form of each sign, no labels."""
    text = " ".join(entered.translate(_SIGNS).upper().split())
    if re.search(r"[^\x20-\x7e°]", text):
        odd = next(char for char in text if not (" " <= char <= "~" or char == "°"))
        raise BadInput(f"The character {odd!r} has no place in a position.", _WAY_OUT)
    labels = [match.lastindex for match in _LABEL.finditer(text)]
    text = _WORD.sub(lambda match: match[0][0], _LABEL.sub(" ", text)).strip()
    text = re.sub(r"(M ?[0-9.]+ ?)S", r'\1"', text)
    if labels[:2] == [2, 1] and not re.search("[NSEW]", text):
        raise BadInput("Longitude is written before latitude.", "Write latitude first, or add N, S, E, W.")
    return text.removeprefix("(").removesuffix(")").strip()


def _lettered(text: str) -> tuple[_Half, _Half]:
    """The halves of a position with hemisphere letters, before or after the figures, in either order."""
    squeezed = text.strip(" ,;/")
    match = _LETTERED[0].fullmatch(squeezed) or _LETTERED[1].fullmatch(squeezed)
    if not match:
        letters = "".join(re.findall("[NSEW]", squeezed))
        if len(letters) == 1:
            missing = "E or W" if letters in "NS" else "N or S"
            raise BadInput(f"Only one half has a hemisphere: {missing} is missing.", _WAY_OUT)
        raise BadInput(f"The hemisphere letters {letters} do not go with two coordinates.", _WAY_OUT)
    axes = ["latitude" if match[h] in "NS" else "longitude" for h in ("ha", "hb")]
    if axes[0] == axes[1]:
        raise BadInput(f"Both halves are a {axes[0]}: {match['ha']} and {match['hb']}.", _WAY_OUT)
    first, second = (
        _Half(_decimal_comma(match[part].strip(" ,;/"), axis), axis, match[letter] in "SW")
        for part, letter, axis in zip("ab", ("ha", "hb"), axes, strict=True)
    )
    return first, second


def _decimal_comma(text: str, axis: str) -> str:
    if "," not in text:
        return text
    if text.count(",") > 1 or "." in text or not re.search(r"\d,\d", text):
        raise BadInput(f"The {axis} {text} has a comma out of place.", _WAY_OUT)
    return text.replace(",", ".")


def _unlettered(text: str) -> tuple[_Half, _Half]:
    """The halves of a position without letters, latitude first."""
    if match := _COMMA_DECIMALS.fullmatch(text) or _ISO_PAIR.fullmatch(text):
        halves = [part.replace(",", ".") for part in match.groups()]
    else:
        halves = [part.strip() for part in re.split(r"[,;/]", text.strip(" ,;/"))]
    if len(halves) == 1:
        words = halves[0].split()
        if len(words) % 2:
            raise BadInput(f"{text} does not fall into a latitude and a longitude.", _WAY_OUT)
        middle = len(words) // 2
        halves = [" ".join(words[:middle]), " ".join(words[middle:])]
    if len(halves) != 2:
        raise BadInput(f"{text}: the commas can be read in two ways.", "Use points, or add N, S, E, W.")
    signed = any(half[:1] in ("+", "-") for half in halves)
    if not signed and any(re.search(r"\d[ :°'-]+\d", half) for half in halves):
        raise BadInput(f"{text} has minutes but no hemispheres.", "Add N or S and E or W.")
    return _Half(halves[0], "latitude", None), _Half(halves[1], "longitude", None)


def _degrees(half: _Half) -> float:
    """Degrees of one coordinate; raises BadInput naming the part that is wrong."""
    match = _HALF.fullmatch(half.text)
    if not match:
        raise BadInput(f"The {half.axis} {half.text!r} cannot be read.", _WAY_OUT)
    sign, *parts = match.groups()
    if sign and half.negative is not None:
        raise BadInput(
            f"The {half.axis} {half.text} has both a sign and a hemisphere.", "Keep one of the two."
        )
    figures = [part for part in parts if part]
    if len(figures) == 1 and half.negative is not None:
        figures = _packed(figures[0], half)
    value = _sum(figures, half)
    limit = 90 if half.axis == "latitude" else 180
    if value > limit:
        raise BadInput(f"The {half.axis} {half.text} is beyond {limit} degrees.", _WAY_OUT)
    return -value if (sign == "-" or half.negative) else value


def _packed(figure: str, half: _Half) -> list[str]:
    """Degrees, minutes and seconds of figures written without a gap: DDMM, DDMMSS, DDDMM, DDDMMSS."""
    whole = len(figure.partition(".")[0])
    width = 2 if half.axis == "latitude" else 3
    if whole <= width:
        return [figure]
    if whole == width + 2:
        return [figure[:width], figure[width:]]
    if whole == width + 4:
        return [figure[:width], figure[width : width + 2], figure[width + 2 :]]
    form = "DDMM or DDMMSS" if width == 2 else "DDDMM or DDDMMSS"
    message = f"The {half.axis} {figure} has {whole} figures before the point."
    raise BadInput(message, f"Write {form} with leading zeros.")


def _sum(figures: list[str], half: _Half) -> float:
    if any("." in figure for figure in figures[:-1]):
        raise BadInput(f"In the {half.axis} {half.text} only the last part may have decimals.", _WAY_OUT)
    for name, figure in zip(("minutes", "seconds"), figures[1:], strict=False):
        if float(figure) >= 60:
            raise BadInput(f"The {half.axis} has {figure} {name}: it must be below 60.", _WAY_OUT)
    return sum(float(figure) / (1, 60, 3600)[power] for power, figure in enumerate(figures))


@lru_cache(maxsize=4096)
def format_position(lat: float, lon: float) -> str:
    """``38°42.5'N 009°08.2'W``; – when either is not available."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return "–"
    return f"{_half_text(lat, 2, 'NS')} {_half_text(lon, 3, 'EW')}"


def _half_text(degrees: float, width: int, letters: str) -> str:
    """Rounded to a tenth of a minute first, so that 60.0' never shows."""
    tenths = round(abs(degrees) * 600)
    whole, rest = divmod(tenths, 600)
    letter = letters[1] if degrees < 0 and tenths else letters[0]
    return f"{whole:0{width}d}°{rest // 10:02d}.{rest % 10}'{letter}"
