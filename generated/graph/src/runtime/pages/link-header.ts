// @ts-nocheck
/**
 * The pieces of a `Link` field that matter: a target, or a parameter with its quoted or plain value.
 * Whatever else there is, is stepped over. No text can be cut in two ways, so that time is linear in
 * the length.
 */
const PIECE = /<([^<>]*)>|;\s*([^\s=;,"<]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<]*)))?/g;

/**
 * The target of the first link with a relation, as it is written, or undefined (RFC 8288, 3). A link
 * may have several relations, quoted or not; only its first `rel` counts.
 */
export function linkTarget(field: string, relation: string): string | undefined {
  let target: string | undefined;
  for (const [, found, name = '', quoted, plain = ''] of field.matchAll(PIECE)) {
    if (found != null) target = found;
    else if (/^rel$/i.test(name)) {
      if ((quoted ?? plain).toLowerCase().split(/\s/).includes(relation)) return target;
      target = undefined;
    }
  }
  return undefined;
}
