import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));

/** The code blocks of a page under their headings. */
export interface CodeBlock {
  /** The nearest heading above, without its marks. */
  readonly heading: string;
  /** What follows the language on the fence: `target` in ```` ```ts target ````. */
  readonly label: string;
  readonly text: string;
}

/** The blocks of one language in a Markdown page of the repository. */
export function codeBlocks(page: string, language: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let heading = '';
  let open:
    { readonly language: string; readonly label: string; readonly lines: string[] } | undefined;
  for (const line of readFileSync(`${root}${page}`, 'utf8').split('\n')) {
    const [fence, name = '', label = ''] = /^```(\w*) ?(.*)$/.exec(line) ?? [];
    if (open && fence !== undefined) {
      if (open.language === language)
        blocks.push({ heading, label: open.label, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence !== undefined) {
      open = { language: name, label, lines: [] };
    } else if (line.startsWith('#')) {
      heading = line.replace(/^#+ /, '').replaceAll('`', '');
    }
  }
  return blocks;
}
