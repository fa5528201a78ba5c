import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { FixedPair, Param } from '../../ir/ir.ts';
import { noDoc } from '../../ir/doc.ts';
import type { Names } from '../../ir/names.ts';
import { scalar } from '../../ir/type.ts';
import type { PathPart } from '../../ir/param.ts';

/** A route as it is sent: its path, and the parameters of the operation. */
export interface Route {
  readonly path: readonly PathPart[];
  readonly params: readonly Param[];
  readonly fixedQuery?: readonly FixedPair[] | undefined;
}

/**
 * A route's text and parameters in turn; a parameter that is not declared is taken to be a string.
 * Some documents write a query into it: `?a={a}` makes a query parameter of `a`, and `?b=1` is fixed.
 * What follows a `#` only tells operations apart: it is never sent.
 */
export function readRoute(
  route: string,
  declared: readonly Param[],
  keys: Names,
  pointer: string,
  diagnostics: Diagnostics,
): Route {
  const inPath = new Map<string, Param>();
  for (const param of declared) if (param.in === 'path') inPath.set(param.name, param);
  const used = new Map<string, Param>();
  const named = (name: string): Param => {
    const param =
      used.get(name) ?? inPath.get(name) ?? undeclared(name, keys, pointer, diagnostics);
    used.set(name, param);
    return param;
  };
  const parts = (text: string): readonly PathPart[] => {
    const found: PathPart[] = [];
    let isName = false;
    for (const piece of text.split(/\{([^{}]*)\}/)) {
      if (isName) found.push({ param: named(piece) });
      else if (piece !== '') found.push(piece);
      isName = !isName;
    }
    return found;
  };

  const [sent] = divide(route, '#');
  const [text, query] = divide(sent, '?');
  const path = parts(text);
  const fixedQuery: FixedPair[] = [];
  const moved = new Map<string, Param>();
  for (const pair of query?.split('&') ?? []) {
    if (pair === '') continue;
    const [wire, value = ''] = divide(pair, '=');
    const [, name] = /^\{([^{}]*)\}$/.exec(value) ?? [];
    if (name === undefined)
      fixedQuery.push({
        name: decoded(wire),
        value: parts(value).map((part) => (typeof part === 'string' ? decoded(part) : part)),
      });
    else if (!declared.some((param) => param.in === 'query' && param.name === wire))
      moved.set(name, { ...named(name), name: wire, in: 'query', style: 'form', explode: true });
  }
  for (const name of inPath.keys()) {
    if (used.has(name)) continue;
    diagnostics.warning(
      'operation/unused-path-parameter',
      `The path has no \`{${name}}\`; the parameter is left out.`,
      {
        pointer,
        hint: 'Fix the name of the parameter or of the part in the path; their case must agree.',
      },
    );
  }
  const params: Param[] = [];
  for (const [name, param] of used) if (!moved.has(name)) params.push(param);
  for (const param of moved.values()) params.push(param);
  for (const param of declared) if (param.in !== 'path') params.push(param);
  return { path, params, fixedQuery: fixedQuery.length === 0 ? undefined : fixedQuery };
}

/** What stands before and behind the first `mark` that is not inside braces. */
function divide(text: string, mark: string): readonly [string, string?] {
  if (!text.includes(mark)) return [text];
  let inside = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{') inside = true;
    else if (character === '}') inside = false;
    else if (character === mark && !inside) return [text.slice(0, index), text.slice(index + 1)];
  }
  return [text];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function undeclared(name: string, keys: Names, pointer: string, diagnostics: Diagnostics): Param {
  diagnostics.warning(
    'operation/undeclared-path-parameter',
    `\`{${name}}\` is not declared as a path parameter; it is taken to be a string.`,
    { pointer, hint: 'Declare it under `parameters` with `in: path`.' },
  );
  return {
    name,
    key: keys.claim(name, `${name}Path`),
    in: 'path',
    required: true,
    type: scalar('string'),
    shape: 'scalar',
    style: 'simple',
    explode: false,
    allowReserved: false,
    doc: noDoc,
  };
}
