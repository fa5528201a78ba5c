import type { OperationFunction, Request } from './call.js';
import type { Strategy } from './pages/strategy.js';
import { usualVerb, wordsOf } from './row-names.js';

/**
 * The operations of a group as one text, a line for each, which is read on first use.
 *
 * `update*=things-update: PUT 2/{id}?dryRun&tags[]&q=query {body} #1 as change` has
 * - the name of the function and the operationId: without an asterisk the whole name; `update*` is the verb
 *   before the words of the path; nothing is the usual verb before them. No operationId is the name;
 * - the method;
 * - the path, of which the number is how many segments it shares with the line above;
 * - the pairs of the query, with the member of the input, where that is not the pair's name without `[]`;
 * - the member of the input that is the body;
 * - which of the facts it has;
 * - the verb in a batch.
 */
export interface Rows {
  readonly text: string;
  /** What the text has no place for. */
  readonly facts?: KnownFacts;
  /** The operations that do not fit into a row. */
  readonly functions?: Readonly<Record<string, OperationFunction>>;
}

/** By the numbers that the text has of them. */
export type KnownFacts = Readonly<Record<string, Facts>>;

export interface Facts extends Pick<Request, 'answers' | 'anonymous' | 'security'> {
  /** The operationId, where it does not fit into the text. */
  readonly id?: string;
  /** How the next page is found. */
  readonly pages?: () => Strategy;
}

/** What a line says. */
export interface Row {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly query: readonly (readonly [name: string, key: string])[];
  readonly body: string | undefined;
  readonly verb: string | undefined;
  readonly facts: Facts;
}

const cache = new WeakMap<Rows, ReadonlyMap<string, Row>>();

/** The rows by the names of their functions. */
export function readRows(rows: Rows): ReadonlyMap<string, Row> {
  const found = cache.get(rows) ?? read(rows);
  cache.set(rows, found);
  return found;
}

const syntax =
  /^(?:([^\s=]*?)(\*?)(?:=(\S+))?: )?(\S+) (\d*)([^ ?]*)\??(\S*)(?: {(\S+)})?(?: #(\d+))?(?: as (\S+))?$/;

function read({ text, facts: known = {} }: Rows): ReadonlyMap<string, Row> {
  let above: readonly string[] = [];
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [, given, open, stated, method = '', shared, rest, pairs, body, fact, verb] =
          syntax.exec(line) ?? [];
        const template = above.slice(0, Number(shared)).join('') + rest;
        above = template.split(/(?=\/)/);
        const name = given && !open ? given : (given || usualVerb(method)) + wordsOf(method, above);
        const facts = known[fact ?? ''] ?? {};
        const row: Row = {
          id: facts.id ?? stated ?? name,
          method,
          template,
          query: pairs ? pairs.split('&').map(pairOf) : [],
          body,
          verb,
          facts,
        };
        return [name, row] as const;
      }),
  );
}

function pairOf(pair: string): readonly [name: string, key: string] {
  const [name = '', key = name.replace(/\[]$/, '')] = pair.split('=');
  return [name, key];
}
