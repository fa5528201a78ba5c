import { type Diagnostic, Diagnostics } from '../diagnostics/diagnostics.ts';
import { keysOf } from '../json/pointer.ts';
import { parseSource } from '../load/load.ts';
import type { Parsed } from '../load/parse/parse.ts';
import { read, type Source } from '../load/read/read.ts';
import { ReadError } from '../load/read/read-error.ts';
import { readApi, type ReadTarget } from '../read-api.ts';
import { type Objection, secondOpinion, type SecondOpinion } from './second-opinion.ts';

/** What both readers say of a document. */
export interface Validation {
  /** What the document says of its version. Absent where it cannot be used. */
  readonly version?: string | undefined;
  /** Ours first, then what swagger-parser alone objects to: `validate/second-opinion`. */
  readonly diagnostics: readonly Diagnostic[];
  /** What swagger-parser says by itself. Absent where there is nothing that it could look at. */
  readonly second?: SecondOpinion | undefined;
}

/**
 * Reads a document as a generation would, and has swagger-parser read it too. Both accept it where
 * no diagnostic is an error.
 * @param given The document, where it was read before.
 */
export async function validate(target: ReadTarget, given?: Source): Promise<Validation> {
  const diagnostics = new Diagnostics();
  const source = given ?? (await readSource(target.input));
  // A loaded document has been changed: the other reader gets one of its own.
  const parsed = source && (await parseSource(source));
  const read = await readApi(target, diagnostics, { source });
  const second = parsed && (await secondOpinion(parsed.value));
  if (second) reportSecond(second, parsed, target.lenient ?? false, diagnostics);
  return { version: read?.api.version, diagnostics: diagnostics.list, second };
}

/** Undefined where nothing can be read; loading says why. */
async function readSource(input: string): Promise<Source | undefined> {
  try {
    return await read(input);
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

function reportSecond(
  second: SecondOpinion,
  { name, positions }: Parsed,
  lenient: boolean,
  diagnostics: Diagnostics,
): void {
  switch (second.verdict) {
    case 'accepts':
      return;
    case 'abstains':
      diagnostics.info(
        'validate/no-second-opinion',
        `swagger-parser has no opinion: ${second.reason}.`,
        { file: name },
      );
      return;
    case 'objects': {
      const ours = diagnostics.list.filter(({ severity }) => severity !== 'info');
      for (const objection of second.objections) {
        if (isCovered(objection, ours)) continue;
        const { pointer, message } = objection;
        diagnostics[lenient ? 'warning' : 'error'](
          'validate/second-opinion',
          `swagger-parser alone objects: ${message}`,
          {
            file: name,
            pointer,
            ...(pointer !== undefined && positions.locate(keysOf(pointer))),
            hint: 'Other tools may object too; --lenient takes this as a warning.',
          },
        );
      }
    }
  }
}

/** An objection without a place ends its reading, and may mean anything that we object to. */
function isCovered({ pointer, around }: Objection, ours: readonly Diagnostic[]): boolean {
  if (pointer === undefined) return ours.length > 0;
  const places = ours.flatMap((each) => (each.pointer === undefined ? [] : [each.pointer]));
  return places.some(
    (place) =>
      place === pointer ||
      place === parentOf(pointer) ||
      around.some((thing) => `${place}/`.startsWith(`${thing}/`)),
  );
}

function parentOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}
