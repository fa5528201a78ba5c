import { element } from './element.ts';

/** A piece of TypeScript: its text, and what it is. */
export interface Token {
  readonly kind: 'comment' | 'string' | 'keyword' | 'name' | 'other';
  readonly text: string;
}

const pattern =
  /(?<comment>\/\*[^]*?\*\/|\/\/[^\n]*)|(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`]*`)|(?<name>[\p{L}$_][\p{L}\p{N}$_]*)/gu;

const keywords: ReadonlySet<string> = new Set(
  'boolean,const,export,extends,false,function,interface,never,null,number,readonly,string,true,type,typeof,undefined,unknown,void'.split(
    ',',
  ),
);

/** The pieces of a text in TypeScript, in order; together they are the text. */
export function tokensOf(code: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'other', text: code.slice(end, match.index) });
    const [text] = match;
    const { comment, string } = match.groups ?? {};
    const kind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : keywords.has(text)
            ? 'keyword'
            : 'name';
    tokens.push({ kind, text });
    end = match.index + text.length;
  }
  if (end < code.length) tokens.push({ kind: 'other', text: code.slice(end) });
  return tokens;
}

/** Code in which names lead to where `linkOf` says. */
export function codeBlock(
  label: string,
  code: string,
  linkOf: (name: string) => string | undefined = () => undefined,
): HTMLElement {
  const parts = tokensOf(code.trim()).map(({ kind, text }) => {
    if (kind === 'other') return text;
    const href = kind === 'name' ? linkOf(text) : undefined;
    if (href !== undefined) return element('a', { attributes: { href } }, text);
    return kind === 'name' ? text : element('span', { class: kind }, text);
  });
  return element(
    'pre',
    { attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
    element('code', {}, parts),
  );
}
