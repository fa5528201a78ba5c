import { applied, type Edit } from './edits.ts';

const context = 3;

/** Lines of a file that change together: the first, the one behind the last, both from 0. */
interface Block {
  readonly first: number;
  readonly end: number;
  readonly edits: readonly Edit[];
}

/** The edits of a file, in order, as `git apply` and `patch -p1` take them. */
export function patchOf(path: string, text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return '';
  const starts = lineStarts(text);
  const lines = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  let shift = 0;
  const hunks = blocksOf(edits, starts).map(({ first, end, edits: own }) => {
    const begin = starts[first] ?? 0;
    const old = lines.slice(first, end);
    const local = own.map((edit) => ({
      ...edit,
      start: edit.start - begin,
      end: edit.end - begin,
    }));
    const now = splitLines(applied(old.join(''), local));
    const top = Math.max(0, first - context);
    const before = lines.slice(top, first);
    const after = lines.slice(end, end + context);
    const count = before.length + after.length;
    const head = `@@ -${top + 1},${count + old.length} +${top + 1 + shift},${count + now.length} @@\n`;
    shift += now.length - old.length;
    return [
      head,
      ...before.map((line) => marked(' ', line)),
      ...bodyOf(old, now),
      ...after.map((line) => marked(' ', line)),
    ].join('');
  });
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** The lines of a hunk. A rename leaves a text as many lines as it had: those between stay as they are. */
function bodyOf(old: readonly string[], now: readonly string[]): readonly string[] {
  const removed = (lines: readonly string[]) => lines.map((line) => marked('-', line));
  const added = (lines: readonly string[]) => lines.map((line) => marked('+', line));
  if (old.length !== now.length) return [...removed(old), ...added(now)];
  const body: string[] = [];
  for (let index = 0; index < old.length;) {
    let end = index;
    while (end < old.length && old[end] !== now[end]) end += 1;
    body.push(...removed(old.slice(index, end)), ...added(now.slice(index, end)));
    const line = old[end];
    if (line !== undefined) body.push(marked(' ', line));
    index = end + 1;
  }
  return body;
}

/** Edits whose contexts touch are one block. */
function blocksOf(edits: readonly Edit[], starts: readonly number[]): readonly Block[] {
  const blocks: Block[] = [];
  let line = 0;
  for (const edit of edits) {
    while ((starts[line + 1] ?? Infinity) <= edit.start) line += 1;
    const first = line;
    while ((starts[line + 1] ?? Infinity) < edit.end) line += 1;
    const last = blocks.at(-1);
    if (last && first - last.end <= 2 * context) {
      const whole = { first: last.first, end: line + 1, edits: [...last.edits, edit] };
      blocks.splice(-1, 1, whole);
    } else blocks.push({ first, end: line + 1, edits: [edit] });
  }
  return blocks;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) if (index + 1 < text.length) starts.push(index + 1);
  return starts;
}

function splitLines(text: string): readonly string[] {
  const starts = lineStarts(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}
