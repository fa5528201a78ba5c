// @ts-nocheck
/** What stands in place of a secret where people may read it. */
const redacted = '[redacted]';

/**
 * A copy of what an action sends, for people to read: members whose names say that they bear a secret
 * have another value. `names` are further names, in any case.
 */
export function redact(wire: object, names: readonly string[] = []): unknown {
  const further = new Set(names.map((name) => name.toLowerCase()));
  const isSecret = (name: string): boolean => further.has(name.toLowerCase()) || bearsSecret(name);
  const copy = (json: unknown): unknown => {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map(copy);
    const members = Object.entries(json).map(([name, value]): [string, unknown] => [
      name,
      isSecret(name) && !isPlain(value) ? redacted : copy(value),
    ]);
    return Object.fromEntries(members);
  };
  const members = Object.entries(wire).map(([name, value]): [string, unknown] => {
    if (name !== 'query' && name !== 'headers') return [name, copy(value)];
    // `action` made them pairs.
    const pairs = value as readonly (readonly [string, unknown])[];
    return [name, pairs.map(([key, text]) => [key, isSecret(key) ? redacted : text])];
  });
  return Object.fromEntries(members);
}

/** `hasPassword: true` and `psk: null` say that there is a secret, not which. */
function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'boolean';
}

function bearsSecret(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\d]+/gu, '_')
    .toLowerCase();
  return anywhere.test(words) || atEnd.test(words);
}

const anywhere =
  /(^|[^a-z])(pass_?(words?|wd|phrases?|codes?)|pwd|psk|secrets?|tokens?|community|credentials?|authorization|cookie)([^a-z]|$)/;
/** `keyId` names a key. */
const atEnd = /(^|[^a-z])(api|private|shared|pre_?shared|auth)?keys?$/;
