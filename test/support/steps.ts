import { Session } from 'node:inspector/promises';

/**
 * Begins to count steps. What is imported before is not counted: V8 counts the blocks of functions that it
 * compiles from now on.
 */
export async function countSteps(): Promise<(work: () => unknown) => Promise<number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return (work) => stepsOf(session, work);
}

/**
 * How many steps work takes: each run of a block of ours, and each character, element or byte that a built-in
 * looks at on its behalf. It does not depend on the machine, nor on what else it does.
 */
async function stepsOf(session: Session, work: () => unknown): Promise<number> {
  // It begins again at 0 where it is taken.
  await session.post('Profiler.takePreciseCoverage');
  const builtIns = countBuiltIns();
  try {
    await work();
  } finally {
    builtIns.end();
  }
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => /\/(templates|generator)\//.test(url));
  const blocks = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
  return blocks.reduce((sum, { count }) => sum + count, builtIns.count());
}

type Call = (this: unknown, ...given: unknown[]) => unknown;

function lengthOf(value: unknown): number {
  return Number(Object(value)['length'] ?? Object(value)['byteLength'] ?? 0);
}

/** What a search looks at: up to what it finds. */
function searched(this: unknown, found: unknown, from: unknown): number {
  const start = Number(from ?? 0);
  return Math.max(0, (Number(found) < 0 ? lengthOf(this) : Number(found)) - start);
}

/** For each built-in, how much it looks at: of what it belongs to, or is given or gives. */
const costs: readonly (readonly [
  object,
  readonly string[],
  (self: unknown, given: readonly unknown[], gave: unknown) => number,
])[] = [
  [
    String.prototype,
    ['indexOf', 'lastIndexOf'],
    (self, given, gave) => searched.call(self, gave, given[1]),
  ],
  [
    String.prototype,
    [
      'includes',
      'split',
      'trim',
      'trimEnd',
      'trimStart',
      'toLowerCase',
      'toUpperCase',
      'normalize',
    ],
    lengthOf,
  ],
  [
    Array.prototype,
    [
      'join',
      'concat',
      'flat',
      'reverse',
      'sort',
      'splice',
      'shift',
      'unshift',
      'indexOf',
      'includes',
    ],
    lengthOf,
  ],
  [Set.prototype, ['union'], lengthOf],
  [Object, ['values', 'entries', 'keys'], (_, _given, gave) => lengthOf(gave)],
  [JSON, ['parse'], (_, [text]) => lengthOf(text)],
  [JSON, ['stringify'], (_, _given, gave) => lengthOf(gave)],
  [TextDecoder.prototype, ['decode'], (_, [bytes]) => lengthOf(bytes)],
  [TextEncoder.prototype, ['encode'], (_, [text]) => lengthOf(text)],
];

function countBuiltIns(): { readonly count: () => number; readonly end: () => void } {
  let count = 0;
  const ends: (() => void)[] = [];
  const wrap = (owner: object, name: string, make: (original: Call) => Call): void => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    if (typeof before?.value !== 'function') return;
    Object.defineProperty(owner, name, { ...before, value: make(before.value as Call) });
    ends.push(() => Object.defineProperty(owner, name, before));
  };
  for (const [owner, names, cost] of costs) {
    for (const name of names) {
      wrap(
        owner,
        name,
        (original) =>
          function (this: unknown, ...given) {
            const gave = Reflect.apply(original, this, given);
            count += cost(this, given, gave);
            return gave;
          },
      );
    }
  }
  // `test`, `match`, `replace` and `split` come to `exec` where it is not the platform's own.
  wrap(
    RegExp.prototype,
    'exec',
    (original) =>
      function (this: unknown, ...given) {
        // It is called on nothing else.
        const pattern = this as RegExp;
        const isPlaced = pattern.global || pattern.sticky;
        const from = isPlaced ? pattern.lastIndex : 0;
        const found = Reflect.apply(original, this, given) as RegExpExecArray | null;
        const end = found ? found.index + found[0].length : lengthOf(String(given[0]));
        count += Math.max(0, end - from) + 1;
        return found;
      },
  );
  return {
    count: () => count,
    end: () => {
      for (const end of ends) end();
    },
  };
}
