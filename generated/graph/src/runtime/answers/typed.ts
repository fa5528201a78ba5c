// @ts-nocheck
import type { Client } from '../call.js';
import type { ApiError } from './errors.js';

declare const ANSWERS: unique symbol;

/** Carries what an operation may answer, by status; a type alone. */
export interface Telling<Answers> {
  readonly [ANSWERS]?: Answers;
}

declare const RESULT: unique symbol;

/**
 * The result of a call, with what else it may answer. Where an option chooses the media type,
 * `Default` is the result without it.
 */
export interface Answered<Result, Answers, Default = unknown>
  extends Promise<Result>, Telling<Answers> {
  readonly [RESULT]?: Default;
}

/** The media types among which the option `accept` chooses. */
export type AcceptOf<Answers> = Answers[SuccessKey<Answers>] extends infer Answer
  ? Answer extends { readonly type: infer Type extends string }
    ? Type
    : never
  : never;

/** The option that chooses one. */
export interface Accepting<Accept> {
  readonly accept?: Accept | undefined;
}

/** What a call resolves to that accepts a media type, or none in particular. */
export type Accepted<Answers, Accept, Default> = [Accept] extends [never]
  ? Default
  : Answers[SuccessKey<Answers>] extends infer Answer
    ? Answer extends { readonly type: infer Type }
      ? Type extends Accept
        ? BodyOf<Answer>
        : never
      : BodyOf<Answer>
    : never;

/** What an operation may answer, by status; `unknown` where its document says no more than its result. */
export type AnswersOf<Operation> = Operation extends (...args: never[]) => Telling<infer Answers>
  ? Answers
  : unknown;

type BodyOf<Answer> = Answer extends { readonly body: infer Body } ? Body : undefined;
type HeadersOf<Answer> = Answer extends { readonly headers: infer Declared } ? Declared : {};
type RangeOf<Status extends number> = `${Status}` extends `${infer Digit}${string}`
  ? `${Digit}XX`
  : never;
type Success = `2${number}` | '2XX';
/** `'409'` → 409; any number for a range and the default. */
type StatusOf<Key> = Key extends `${infer Status extends number}` ? Status : number;

/** The keys of the answers that are successes, or those that are none. */
type SuccessKey<Answers> = {
  [Key in keyof Answers]: Key extends Success ? Key : never;
}[keyof Answers];
type ErrorKey<Answers> = Exclude<keyof Answers, SuccessKey<Answers>>;

/** What an operation answers under a status: its own entry, that of its range, or the default one. */
export type AnswerUnder<Answers, Status extends number> = `${Status}` extends keyof Answers
  ? Answers[`${Status}`]
  : RangeOf<Status> extends keyof Answers
    ? Answers[RangeOf<Status>]
    : 'default' extends keyof Answers
      ? Answers['default']
      : { readonly body: unknown };

/** An error of an operation under a status, with the body that the document declares. */
export type ErrorUnder<Operation, Status extends number> = ApiError & {
  readonly status: Status;
  readonly body: BodyOf<AnswerUnder<AnswersOf<Operation>, Status>>;
};

/** Any error that an operation's document declares. */
export type ErrorOf<Operation> =
  ErrorKey<AnswersOf<Operation>> extends infer Key
    ? Key extends keyof AnswersOf<Operation>
      ? ApiError & {
          readonly status: StatusOf<Key>;
          readonly body: BodyOf<AnswersOf<Operation>[Key]>;
        }
      : never
    : never;

/** Headers of which the document names some. */
export type TypedHeaders<Declared> = {
  get<Name extends keyof Declared>(name: Name): Declared[Name];
} & Headers;

/** A success with its status and headers. */
export interface PlainResponse<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The successes of an operation, told apart by their status where the document names it. */
export type ResponseOf<Operation> =
  SuccessKey<AnswersOf<Operation>> extends infer Key
    ? [Key] extends [never]
      ? PlainResponse<Awaited<ResultOf<Operation>>>
      : Key extends keyof AnswersOf<Operation>
        ? Typed<Key, AnswersOf<Operation>[Key], Awaited<ResultOf<Operation>>>
        : never
    : never;

interface TypedResponse<Status, Declared, Body> {
  readonly status: Status;
  readonly headers: TypedHeaders<Declared>;
  readonly body: Body;
}

// What an operation resolves to may be more than a body: a page, a stream that is open.
type Typed<Key, Answer, Result> = Answer extends unknown
  ? TypedResponse<
      StatusOf<Key>,
      HeadersOf<Answer>,
      BodyOf<Answer> extends Result ? BodyOf<Answer> : Result
    >
  : never;

type ResultOf<Operation> = Operation extends (...args: never[]) => infer Result ? Result : never;

/** The arguments behind the client. */
export type ArgumentsOf<Operation> = Operation extends (
  client: Client,
  ...rest: infer Rest
) => unknown
  ? Rest
  : never;
