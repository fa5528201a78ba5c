/** A value of which any part may be left out: objects member by member, anything else as a whole. */
export type Partly<T> = T extends
  | readonly unknown[]
  | Blob
  | BufferSource
  | Date
  | ReadableStream
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  ? T
  : T extends object
    ? { readonly [Name in keyof T]?: Partly<T[Name]> | undefined }
    : T;

type BodyOf<Answer> = Answer extends { readonly body: infer Body } ? Body : undefined;

/** `200`, `'200'` → 200; of a range any number. */
type StatusOf<Key> = Key extends number
  ? Key
  : Key extends `${infer Status extends number}`
    ? Status
    : number;

interface Told<Body> {
  /** What is other than what is made up. */
  readonly body?: Partly<Body> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What is said of an answer: by its status, without one of the first success. */
export type AnswerTold<Answers, Usual extends keyof Answers, Item> =
  | (Told<BodyOf<Answers[Usual]>> & {
      readonly status?: undefined;
      /** The items of a listing, which come page by page. */
      readonly items?: readonly Item[] | undefined;
    })
  | {
      [Key in keyof Answers]: Told<BodyOf<Answers[Key]>> & {
        readonly status: StatusOf<Key>;
        readonly items?: readonly Item[] | undefined;
      };
    }[keyof Answers];

/** An answer, or a function that gives one for a request. */
export type Answering<Answers, Usual extends keyof Answers, Item = never> =
  | AnswerTold<Answers, Usual, Item>
  | ((
      request: Request,
    ) => AnswerTold<Answers, Usual, Item> | Promise<AnswerTold<Answers, Usual, Item>>);
