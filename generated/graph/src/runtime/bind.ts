// @ts-nocheck
import { keepOriginal } from './answers/originals.js';
import type { Accepted, Accepting, AcceptOf, Answered } from './answers/typed.js';
import type { Client } from './client.js';

/** The functions of a module, without their first argument. */
export type Bound<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends (
    client: Client,
    ...rest: infer Rest
  ) => infer Result
    ? BoundCall<Rest, Result>
    : never;
};

/** A method, which takes the option `accept` where its function does. */
type BoundCall<Rest extends unknown[], Result> =
  Result extends Answered<unknown, infer Answers, infer Default>
    ? [AcceptOf<Answers>] extends [never]
      ? (...rest: Rest) => Result
      : [] extends Rest
        ? <Accept extends AcceptOf<Answers> = never>(
            input?: Rest[0],
            options?: Omit<NonNullable<Rest[1]>, 'accept'> & Accepting<Accept>,
          ) => Answered<Accepted<Answers, Accept, Default>, Answers, Default>
        : <Accept extends AcceptOf<Answers> = never>(
            input: Rest[0],
            options?: Omit<NonNullable<Rest[1]>, 'accept'> & Accepting<Accept>,
          ) => Answered<Accepted<Answers, Accept, Default>, Answers, Default>
    : (...rest: Rest) => Result;

/** Gives each function of a module the client as its first argument. */
export function bind<Module extends object>(client: Client, module: Module): Bound<Module> {
  const bound = Object.entries(module).map(([name, call]) => {
    const method = call.bind(undefined, client);
    keepOriginal(method, call);
    return [name, method];
  });
  // Every export of a group's module is a function that takes the client first.
  return Object.fromEntries(bound) as Bound<Module>;
}
