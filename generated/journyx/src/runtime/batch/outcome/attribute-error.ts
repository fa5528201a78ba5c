// @ts-nocheck
import { member } from '../action/members.js';
import { sameBody } from '../action/same-json.js';
import { trim } from '../action/wire.js';
import type { Sent } from './outcome.js';

/** What an error text says. */
export interface Attribution {
  /** The actions that it may mean, by index in the plan: none, one, or several that look the same. */
  readonly candidates: readonly number[];
  /** Whether the text says that one of these failed; else it only mentions their resources. */
  readonly certain: boolean;
  readonly message: string;
}

/**
 * Finds the action that an error text is about: by verb, resource and body where the text has the form
 * that `failure` describes, else by a resource that it mentions. Never guesses: a text that could
 * mean several actions names them all.
 */
export function attribute(text: string, failure: RegExp, sent: readonly Sent[]): Attribution {
  const match = failure.exec(text);
  if (!match?.groups) return { candidates: mentioned(text, sent), certain: false, message: text };
  const { operation = '', resource = '' } = match.groups;
  const { body, message } = reason(text.slice(match[0].length));
  const named = sent.filter(
    ({ wire }) =>
      textOf(wire, 'operation') === operation && trim(textOf(wire, 'resource')) === trim(resource),
  );
  const exact = named.filter(({ wire }) => sameBody(member(wire, 'body'), body));
  const found = exact.length > 0 ? exact : named;
  return { candidates: found.map(({ index }) => index), certain: true, message: message ?? text };
}

/** Splits `{"a":1}: reason`. What cannot be read stays undefined. */
function reason(text: string): { readonly body: unknown; readonly message: string | undefined } {
  const end = endOfJson(text);
  if (end === undefined || !text.startsWith(':', end))
    return { body: undefined, message: undefined };
  try {
    return { body: JSON.parse(text.slice(0, end)), message: text.slice(end + 1).trim() };
  } catch {
    return { body: undefined, message: undefined };
  }
}

/** Where the JSON value ends with which `text` begins. Each character is looked at once. */
function endOfJson(text: string): number | undefined {
  const literal = /^(?:null|true|false|-?\d[\d.eE+-]*)/.exec(text);
  if (literal) return literal[0].length;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isText) {
      if (char === '\\') at += 1;
      else if (char === '"') isText = false;
    } else if (char === '"') isText = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (depth === 0) return undefined;
    if (depth < 0) return undefined;
    if (depth === 0 && !isText) return at + 1;
  }
  return undefined;
}

/** The actions whose resource stands in the text, not as the beginning of a longer one. */
function mentioned(text: string, sent: readonly Sent[]): readonly number[] {
  return sent
    .filter(({ wire }) => {
      const resource = trim(textOf(wire, 'resource'));
      if (resource === '') return false;
      for (let at = text.indexOf(resource); at !== -1; at = text.indexOf(resource, at + 1)) {
        const end = at + resource.length;
        const after = text.slice(end, end + 2);
        if (!/^[/]?[\w%~-]/.test(after) && !/[\w/]/.test(text.charAt(at - 1))) return true;
      }
      return false;
    })
    .map(({ index }) => index);
}

function textOf(wire: object, name: string): string {
  const value = member(wire, name);
  return typeof value === 'string' ? value : '';
}
