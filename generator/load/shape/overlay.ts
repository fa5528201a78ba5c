import { isObject, listOf, own, textOf } from '../../json/narrow.ts';
import { joinKeys } from '../../json/pointer.ts';
import { parse } from '../parse/parse.ts';
import type { Problems } from '../problems.ts';
import { decoded } from '../read/decode.ts';
import { type OnSource, read, sourceName } from '../read/read.ts';
import { ReadError } from '../read/read-error.ts';
import type { TextFile } from '../source-map.ts';

/** One action of an overlay (https://spec.openapis.org/overlay/v1.1.0.html#action-object). */
export interface OverlayAction {
  /** JSONPath: what is changed. */
  readonly target: string;
  /** Where the action stands in its file. */
  readonly pointer: string;
  readonly change: OverlayChange;
}

export type OverlayChange =
  | { readonly kind: 'remove' }
  | { readonly kind: 'update'; readonly value: unknown }
  /** JSONPath: what is merged into the target; since 1.1. */
  | { readonly kind: 'copy'; readonly from: string };

export interface Overlay {
  readonly file: TextFile;
  /** Whether values that do not fit together are a fault, as 1.1 says. */
  readonly isStrict: boolean;
  readonly actions: readonly OverlayAction[];
}

/** How overlays are read. */
export interface OverlayReading {
  readonly signal?: AbortSignal | undefined;
  readonly onSource?: OnSource | undefined;
}

/** Reads an overlay; undefined where it cannot be used, which is then reported. */
export async function readOverlay(
  source: string,
  problems: Problems,
  { signal, onSource }: OverlayReading,
): Promise<Overlay | undefined> {
  try {
    const whole = await read(source, { signal });
    onSource?.(whole.url, whole.bytes);
    const file = await parse(decoded(whole), problems);
    return file && overlayOf(file, problems);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    problems.error(error.code, error.message, { file: sourceName(source), hint: error.hint });
    return undefined;
  }
}

function overlayOf(file: TextFile, problems: Problems): Overlay | undefined {
  const { value } = file;
  const version = isObject(value) ? textOf(own(value, 'overlay')) : '';
  if (!isObject(value) || !/^1\.[01]\.\d+$/.test(version)) {
    const what = version === '' ? 'has no field `overlay`' : `is of version ${version}`;
    problems.error('overlay/invalid', `${file.name} ${what}: an overlay says 1.0.0 or 1.1.0.`, {
      file: file.name,
    });
    return undefined;
  }
  if (!Array.isArray(own(value, 'actions')))
    refuse(file, problems, ['actions'], 'An overlay has a list of `actions`.');
  const actions = listOf(own(value, 'actions')).flatMap(
    (action, index) => actionOf(action, index, file, problems) ?? [],
  );
  return { file, isStrict: !version.startsWith('1.0.'), actions };
}

function actionOf(
  action: unknown,
  index: number,
  file: TextFile,
  problems: Problems,
): OverlayAction | undefined {
  const at = ['actions', String(index)];
  const target = isObject(action) ? own(action, 'target') : undefined;
  if (!isObject(action) || typeof target !== 'string' || target === '') {
    refuse(file, problems, at, 'An action has a `target`, a JSONPath such as `$.info`.');
    return undefined;
  }
  const pointer = joinKeys(at);
  // “If true, the update and copy fields are ignored.”
  if (own(action, 'remove') === true) return { target, pointer, change: { kind: 'remove' } };
  const value = own(action, 'update');
  if (value !== undefined) return { target, pointer, change: { kind: 'update', value } };
  const from = own(action, 'copy');
  if (typeof from === 'string') return { target, pointer, change: { kind: 'copy', from } };
  refuse(file, problems, at, 'An action has `update`, `remove: true` or `copy`.');
  return undefined;
}

function refuse(
  file: TextFile,
  problems: Problems,
  keys: readonly string[],
  message: string,
): void {
  problems.error('overlay/invalid', message, {
    file: file.name,
    pointer: joinKeys(keys),
    ...file.positions.locate(keys),
  });
}
