import type { Doc, Type } from '../ir/ir.ts';
import { constraintTags } from './constraint-tags.ts';
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
  const space = ' '.repeat(indent);
  return docCommentLines(doc, indent, extras)
    .map((line) => `${space}${line}\n`)
    .join('');
}

/** The lines of a JSDoc comment, without their indentation. */
export function docCommentLines(
  doc: Doc,
  indent: number,
  extras: DocExtras = {},
): readonly string[] {
  if (isPlainLine(doc, extras) && indent + doc.summary.length + 7 <= WIDTH)
    return [`/** ${doc.summary} */`];
  const lines = docLines(doc, WIDTH - indent - 3, extras);
  const [only] = lines;
  if (only === undefined) return [];
  if (lines.length === 1 && indent + only.length + 7 <= WIDTH) return [`/** ${only} */`];
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

/** Whether all there is to say is one line of text that stays as it is, which most comments are. */
function isPlainLine(doc: Doc, extras: DocExtras): boolean {
  const { summary, description, stage, default: fallback, link, deprecated } = doc;
  return (
    description === '' &&
    !deprecated &&
    stage === undefined &&
    fallback === undefined &&
    link === undefined &&
    extras.lines === undefined &&
    doc.examples === undefined &&
    constraintTags(extras.type).length === 0 &&
    /^[!-)+-?A-~](?:[ -)+-~]*[!-)+-~])?$/.test(summary)
  );
}

/** An example that says more than one line is for reading in the document. */
const longestExample = 80;

function docLines(doc: Doc, width: number, extras: DocExtras): readonly string[] {
  const lines: string[] = [];
  const section = (text: readonly string[]): void => {
    if (text.length === 0) return;
    if (lines.length > 0) lines.push('');
    for (const line of text) lines.push(line);
  };
  section(wrap(doc.summary, width));
  if (doc.description !== doc.summary) section(wrap(doc.description, width));
  section((extras.lines ?? []).map(oneLine));
  const tags: string[] = [];
  if (doc.stage !== undefined) tags.push(`Release stage: ${oneLine(doc.stage)}.`);
  for (const tag of constraintTags(extras.type)) tags.push(oneLine(tag));
  const [example] = doc.examples ?? [];
  if (example !== undefined && example.length <= longestExample)
    tags.push(`@example ${oneLine(example)}`);
  if (doc.default !== undefined) tags.push(`@default ${oneLine(doc.default)}`);
  if (doc.link !== undefined) tags.push(`@see ${oneLine(doc.link)}`);
  if (doc.deprecated) tags.push('@deprecated');
  section(tags);
  return lines;
}

function oneLine(text: string): string {
  return commentText(text.slice(0, 1000)).replaceAll(/\s+/g, ' ').trim();
}

/** Breaks text at spaces; paragraphs and list items keep their line breaks. */
function wrap(text: string, width: number): readonly string[] {
  if (text === '') return [];
  const lines: string[] = [];
  for (const source of commentText(text).split('\n')) {
    const words = source.trim();
    if (words === '') {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
      continue;
    }
    const safe = words.startsWith('@') ? `\\${words}` : words;
    if (safe.length <= width) lines.push(safe);
    else fill(safe, width, lines);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function fill(text: string, width: number, lines: string[]): void {
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    const safe = line === '' && word.startsWith('@') ? `\\${word}` : word;
    line = line === '' ? safe : `${line} ${safe}`;
  }
  if (line !== '') lines.push(line);
}
