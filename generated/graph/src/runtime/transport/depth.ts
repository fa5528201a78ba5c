// @ts-nocheck
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How deep a text of JSON is nested, in one pass and without recursion. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) break;
      // `[` and `{`, `]` and `}` differ in one bit.
    } else if ((code | 0x20) === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if ((code | 0x20) === 0x7d) depth -= 1;
  }
  return deepest;
}

/** Where the string that begins at a quote ends; -1 where it does not. */
function endOfString(text: string, start: number): number {
  // The platform finds a quote several times faster than a loop does.
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return -1;
}
