import { WIDTH } from './text.ts';

export interface Signature {
  readonly name: string;
  readonly params: readonly string[];
  readonly result: { readonly name: string; readonly args: readonly string[] };
}

/** `export function f(a: A): R<B>`, without the body, broken as prettier breaks it. */
export function signature({ name, params, result }: Signature): string {
  const start = `export function ${name}(`;
  const returned = `${result.name}<${result.args.join(', ')}>`;
  const line = `${start}${params.join(', ')}): ${returned}`;
  if (line.length + 2 <= WIDTH) return line;
  const broken = `${start}\n${params.map((param) => `  ${param},\n`).join('')})`;
  if (`): ${returned} {`.length <= WIDTH || result.args.length < 2) return `${broken}: ${returned}`;
  return `${broken}: ${result.name}<\n${result.args.map((arg) => `  ${arg}`).join(',\n')}\n>`;
}
