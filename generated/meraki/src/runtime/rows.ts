// @ts-nocheck
import type { OperationFunction, Request } from './call.js';
import type { Strategy } from './pages/strategy.js';

/** The operations of a group, by the names of their functions. */
export type Rows = Readonly<Record<string, Row>>;

/**
 * An operation: as text, with what the text has no place for, or its function.
 *
 * `PUT /things/{id}?dryRun&tags[]=tags {body} as update` has the method, the path, the pairs of the query (with
 * the member of the input, where that has another name), the member that is the body, and the verb in a batch.
 */
export type Row = string | RowWithFacts | OperationFunction;

export interface RowWithFacts extends Pick<Request, 'answers' | 'anonymous' | 'security'> {
  readonly call: string;
  /** operationId, where it is not the function's name. */
  readonly id?: string;
  /** How the next page is found. */
  readonly pages?: () => Strategy;
}

/** What a row says. */
export interface RowParts {
  readonly method: string;
  readonly template: string;
  readonly query: readonly (readonly [name: string, key: string])[];
  readonly body: string | undefined;
  readonly verb: string | undefined;
}

/** Reads the text of a row. */
export function partsOf(call: string): RowParts {
  const [, method = '', template = '', pairs = '', body, verb] =
    /^(\S+) ([^ ?]*)\??(\S*)(?: {(\S+)})?(?: as (\S+))?$/.exec(call) ?? [];
  const query = pairs.split('&').map((pair) => {
    const [name = '', key = name] = pair.split('=');
    return [name, key] as const;
  });
  return { method, template, query: pairs ? query : [], body, verb };
}
