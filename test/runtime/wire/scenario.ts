import { format } from 'prettier';
import { readScenario } from '../../scenarios/scenario.ts';
import type { Target } from '../../../generator/config/config.ts';

/** One call: a Markdown file with code that uses a client, and what comes over the wire for it. */
export interface Scenario {
  readonly title: string;
  /** A document with its settings; the embedded document of Meraki where it is absent. */
  readonly source?: Source | undefined;
  /** A statement that declares `options` for the client. */
  readonly options: string;
  /** Statements; what they return is the result. */
  readonly code: string;
  /** What the server answers, in turn. */
  readonly answers: readonly string[];
  /** The file with what really happened in its blocks. */
  rewritten(requests: readonly string[], result: unknown): Promise<string>;
}

export interface Source {
  readonly document: string;
  readonly options: Omit<Target, 'input' | 'output'>;
}

/** A fenced block: its language with what stands behind it, and its text. */
const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;

export function readWireScenario(markdown: string): Scenario {
  const [, title = ''] = /^# (.+)$/m.exec(markdown) ?? [];
  const blocks = [...markdown.matchAll(fence)].map(([, language, info = '', text = '']) => ({
    kind: `${language}${info}`,
    text,
  }));
  const textsOf = (wanted: string): readonly string[] =>
    blocks.filter(({ kind }) => kind === wanted).map(({ text }) => text);
  const [code] = textsOf('ts');
  if (title === '' || code === undefined)
    throw new Error('A scenario has a title and a block of TypeScript.');
  return {
    title,
    source: textsOf('yaml').length > 0 ? readScenario(markdown) : undefined,
    options: textsOf('ts options')[0] ?? 'const options = {};',
    code,
    answers: textsOf('http answer'),
    async rewritten(requests, result) {
      const shown = textsOf('http').length;
      if (requests.length !== shown)
        throw new Error(`${requests.length} requests came, and ${shown} stand here.`);
      const json = await format(JSON.stringify(result ?? null), {
        parser: 'json',
        printWidth: 100,
      });
      const coming = requests.values();
      return markdown.replaceAll(fence, (block, language: string, info: string) => {
        if (`${language}${info}` === 'http') return `\`\`\`http\n${coming.next().value}\`\`\``;
        return `${language}${info}` === 'json result' ? `\`\`\`json result\n${json}\`\`\`` : block;
      });
    },
  };
}
