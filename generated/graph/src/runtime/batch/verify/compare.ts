// @ts-nocheck
import type { Difference } from '../outcome/verification.js';

/**
 * Where `actual` lacks what was intended. Members that were not sent do not count, absent is `null`,
 * `"99"` is `99`, and the order of a list of scalars has no meaning: servers normalise.
 */
export function differences(
  intended: unknown,
  actual: unknown,
  pointer: string,
): readonly Difference[] {
  if (typeof intended !== 'object' || intended === null) {
    return sameScalar(intended, actual) ? [] : [{ pointer, intended, actual }];
  }
  if (Array.isArray(intended)) return listDifferences(intended, actual, pointer);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
    return [{ pointer, intended, actual }];
  }
  const members = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(intended).flatMap(([name, value]) =>
    differences(value, members.get(name), `${pointer}/${escape(name)}`),
  );
}

function listDifferences(
  intended: readonly unknown[],
  actual: unknown,
  pointer: string,
): readonly Difference[] {
  if (!Array.isArray(actual) || actual.length !== intended.length) {
    return [{ pointer, intended, actual }];
  }
  if (intended.every(isScalar) && actual.every(isScalar)) {
    const same = sorted(intended).join('\n') === sorted(actual).join('\n');
    return same ? [] : [{ pointer, intended, actual }];
  }
  return intended.flatMap((item, index) => differences(item, actual[index], `${pointer}/${index}`));
}

function sorted(values: readonly unknown[]): string[] {
  const texts = values.map((value) => JSON.stringify(String(value)));
  texts.sort();
  return texts;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function sameScalar(intended: unknown, actual: unknown): boolean {
  if (intended === null || actual === null || actual === undefined) {
    return (intended ?? null) === (actual ?? null);
  }
  return isScalar(actual) && String(intended) === String(actual);
}

/** A member's name in a JSON pointer (RFC 6901). */
function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
