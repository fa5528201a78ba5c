import type { Doc, Type } from '../ir/ir.ts';
import { constraintsOf, constraintTags } from './constraint-tags.ts';
import { commentText } from './text.ts';
import { WIDTH } from './width.ts';

/** What a comment may say besides the text of a {@link Doc}. */
export interface DocExtras {
  /** Lines that are not wrapped, below the text: `` `GET /networks` ``. */
  readonly lines?: readonly string[];
  /** What the comment stands above, for what its type cannot say of its values. */
  readonly type?: Type | undefined;
}

/** A JSDoc comment with the line break behind it; nothing where there is nothing to say. */
export function docComment(doc: Doc, indent: number, extras: DocExtras = {}): string {
  const lines = docCommentLines(doc, indent, extras);
  if (lines.length === 0) return '';
  const space = ' '.repeat(indent);
  return `${space}${lines.join(`\n${space}`)}\n`;
}

/** The lines of a JSDoc comment, without their indentation. */
export function docCommentLines(
  doc: Doc,
  indent: number,
  extras: DocExtras = {},
): readonly string[] {
  const tags = tagsOf(doc, extras);
  const isText = tags.length === 0 && extras.lines === undefined;
  if (isText && doc.description === '') {
    if (doc.summary === '') return [];
    // Most comments are one line of text that stays as it is.
    if (indent + doc.summary.length + 7 <= WIDTH && plainLine.test(doc.summary))
      return [`/** ${doc.summary} */`];
  }
  const lines = docLines(doc, tags, WIDTH - indent - 3, extras);
  const only = lines[0];
  if (only === undefined) return [];
  if (lines.length === 1 && indent + only.length + 7 <= WIDTH) return [`/** ${only} */`];
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

const plainLine = /^[!-)+-?A-~](?:[ -)+-~]*[!-)+-~])?$/;

/** An example that says more than one line is for reading in the document. */
const longestExample = 80;

/** What stands below the text, one thing a line. */
function tagsOf(doc: Doc, extras: DocExtras): readonly string[] {
  const tags: string[] = [];
  if (doc.stage !== undefined) tags.push(`Release stage: ${oneLine(doc.stage)}.`);
  const constraints = extras.type && constraintsOf(extras.type);
  if (constraints) for (const tag of constraintTags(constraints)) tags.push(oneLine(tag));
  const example = doc.examples?.[0];
  if (example !== undefined && example.length <= longestExample)
    tags.push(`@example ${oneLine(example)}`);
  if (doc.default !== undefined) tags.push(`@default ${oneLine(doc.default)}`);
  if (doc.link !== undefined) tags.push(`@see ${oneLine(doc.link)}`);
  if (doc.deprecated) tags.push('@deprecated');
  return tags;
}

/** The text, the lines that are not wrapped and the tags, with an empty line between them. */
function docLines(
  doc: Doc,
  tags: readonly string[],
  width: number,
  extras: DocExtras,
): readonly string[] {
  const lines: string[] = [];
  wrap(doc.summary, width, lines);
  if (doc.description !== doc.summary) wrap(doc.description, width, lines);
  for (const further of [(extras.lines ?? []).map(oneLine), tags]) {
    if (further.length > 0 && lines.length > 0) lines.push('');
    lines.push(...further);
  }
  return lines;
}

/** What is not a word of plain text, or a space between two. */
const special = /[^ -)+-~]|  |^ | $/;

function oneLine(text: string): string {
  const begin = text.slice(0, 1000);
  return special.test(begin) ? commentText(begin).replaceAll(/\s+/g, ' ').trim() : begin;
}

/** Breaks text at spaces, below lines that are there; paragraphs and list items keep their line breaks. */
function wrap(text: string, width: number, lines: string[]): void {
  if (text === '') return;
  let isApart = lines.length > 0;
  for (const source of commentText(text).split('\n')) {
    const words = source.trim();
    if (words === '') {
      isApart = lines.length > 0;
      continue;
    }
    if (isApart) lines.push('');
    isApart = false;
    const safe = words.startsWith('@') ? `\\${words}` : words;
    if (safe.length <= width) lines.push(safe);
    else fill(safe.replaceAll(/\s\s+|[^\S ]/g, ' '), width, lines);
  }
}

/** Puts as many words on each line as it has room for. */
function fill(text: string, width: number, lines: string[]): void {
  let rest = text;
  while (rest.length > width) {
    const last = rest.lastIndexOf(' ', width);
    const end = last < 0 ? rest.indexOf(' ', width) : last;
    if (end < 0) break;
    lines.push(rest.slice(0, end));
    // At the beginning of a line it would be a tag.
    rest = (rest.charAt(end + 1) === '@' ? '\\' : '') + rest.slice(end + 1);
  }
  lines.push(rest);
}
