// @ts-nocheck
import { readFile } from 'node:fs/promises';
import type { Shape, Types } from '../schema/shape.js';
import type { GeneratedApi } from './generated-api.js';

/** A group of operations: `meraki switch …`. */
export interface Group {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** What a list shows of an operation. */
export interface Summary {
  readonly name: string;
  readonly group: string;
  readonly method: string;
  readonly route: string;
  readonly summary: string;
  readonly paged?: boolean;
  readonly batch?: boolean;
  readonly deprecated?: boolean;
}

/** A parameter of an operation, under the name that the client's input has for it. */
export interface Param {
  readonly key: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly help?: string;
  readonly shape: Shape;
}

export interface Body {
  readonly key: string;
  readonly required: boolean;
  readonly encoding: string;
  readonly help?: string;
  readonly shape: Shape;
}

/** All that a call needs to know of its operation. */
export interface Operation extends Summary {
  /** The operationId of the document. */
  readonly id: string;
  readonly description: string;
  readonly reading: string;
  /** The module of the client's builders that has it, where it goes into batches. */
  readonly builder?: string;
  /** What a batch does with it: `update`, where the API has such words. */
  readonly verb?: string;
  readonly params: readonly Param[];
  readonly body?: Body;
}

/** The operations of the API, read from files as they are asked for. */
export class OperationTable {
  readonly #folder: URL;
  #index: Promise<readonly Summary[]> | undefined;
  #types: Promise<Types> | undefined;

  constructor({ data }: GeneratedApi) {
    this.#folder = data;
  }

  groups(): Promise<readonly Group[]> {
    return this.#rows('groups.jsonl');
  }

  index(): Promise<readonly Summary[]> {
    this.#index ??= this.#rows('index.jsonl');
    return this.#index;
  }

  types(): Promise<Types> {
    this.#types ??= this.#rows<{ readonly name: string; readonly shape: Shape }>(
      'types.jsonl',
    ).then((rows) => new Map(rows.map(({ name, shape }) => [name, shape])));
    return this.#types;
  }

  /** The operation with a name, in any group. */
  async find(name: string): Promise<Operation | undefined> {
    const found = (await this.index()).find((each) => each.name === name);
    return found && this.operation(found.group, found.name);
  }

  /** An operation of a group; of its file one line is parsed. */
  async operation(group: string, name: string): Promise<Operation | undefined> {
    const text = await readFile(new URL(`operations/${group}.jsonl`, this.#folder), 'utf8');
    const start = `{"name":${JSON.stringify(name)},`;
    const line = text.split('\n').find((each) => each.startsWith(start));
    return line === undefined ? undefined : JSON.parse(line);
  }

  async #rows<Row>(file: string): Promise<readonly Row[]> {
    const text = await readFile(new URL(file, this.#folder), 'utf8');
    return text === '' ? [] : JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`);
  }
}
