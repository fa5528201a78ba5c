import { clientFactoryOf } from '../complete/complete.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { isObject } from '../json/narrow.ts';
import type { Loaded } from '../load/load.ts';
import { compareClients } from './types/clients.ts';
import { diffTypes } from './types/compare-types.ts';
import { type Axis, type Finding, type Place, weight } from './finding.ts';
import { diffBatches } from './api/batches.ts';
import type { ApiDifference } from './api/difference.ts';
import { fingerprint } from './fingerprint.ts';
import { type Node, pointerOf, type Side, sideOf } from './node.ts';
import { operationsOf } from './operations.ts';
import { pairOperations } from './pair-operations.ts';
import { compareWire } from './wire/compare-wire.ts';

/** One of the two documents: what was read of it, as far as the axes need it. */
export interface DiffSide {
  readonly loaded: Pick<Loaded, 'locate' | 'version'> & { readonly document: unknown };
  /** Needed for the axes of types and batches. */
  readonly api?: ApiDescription | undefined;
  /** With which the package would be emitted. */
  readonly dialect?: Dialect | undefined;
  /** The name of the package, where it is known. */
  readonly name?: string | undefined;
  /** Method and path of operations that the other document has the same of; `api` need not have them. */
  readonly unchanged?: ReadonlySet<string> | undefined;
}

/** What changed between two documents on some axes, the worst first. */
export function diff(old: DiffSide, now: DiffSide, levels: readonly Axis[]): readonly Finding[] {
  const found = [
    ...(levels.includes('wire') ? diffWire(old, now) : []),
    ...(levels.includes('types') && old.api && now.api
      ? [
          ...compareClients(
            clientFactoryOf(old.api, { name: old.name }, old.dialect),
            clientFactoryOf(now.api, { name: now.name }, now.dialect),
          ),
          ...diffTypes(old.api, now.api),
        ].map((each) => apiFinding('types', each, old, now))
      : []),
    ...(levels.includes('batches') && old.api && now.api
      ? diffBatches(old.api, now.api).map((each) => apiFinding('batches', each, old, now))
      : []),
  ];
  return found.toSorted((a, b) => weight(a.severity) - weight(b.severity));
}

function diffWire(old: DiffSide, now: DiffSide): readonly Finding[] {
  const before = sideOfDocument(old);
  const after = sideOfDocument(now);
  const pairing = pairOperations(
    operationsOf(before, old.unchanged),
    operationsOf(after, old.unchanged),
  );
  return compareWire(before, after, pairing).map((difference): Finding => {
    const { rule, severity, text, place, operation } = difference;
    const key = operation ? `${operation.method} ${blank(operation.path)}` : '';
    return {
      rule,
      axis: 'wire',
      severity,
      message: sentence(place, text),
      ...(operation && { operation: operation.name }),
      ...(difference.old && { old: placeOf(difference.old, old) }),
      ...(difference.new && { new: placeOf(difference.new, now) }),
      fingerprint: fingerprint(rule, key, ...place, text),
    };
  });
}

function apiFinding(axis: Axis, each: ApiDifference, old: DiffSide, now: DiffSide): Finding {
  const { rule, severity, text, place } = each;
  const { old: from, new: to, operation } = each;
  return {
    rule,
    axis,
    severity,
    message: sentence(place, text),
    ...(operation !== undefined && { operation }),
    ...(from !== undefined && { old: located(from, old) }),
    ...(to !== undefined && { new: located(to, now) }),
    fingerprint: fingerprint(rule, operation ?? '', ...place, text),
  };
}

function sideOfDocument({ loaded: { document, version } }: DiffSide): Side {
  return sideOf(isObject(document) ? document : {}, version);
}

function sentence(place: readonly string[], text: string): string {
  return place.length === 0 ? text : `${place.join(', ')} ${text}`;
}

function blank(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

function placeOf(node: Node, side: DiffSide): Place {
  return located(pointerOf(node), side);
}

function located(pointer: string, { loaded }: DiffSide): Place {
  const location = loaded.locate(pointer);
  return { pointer: location?.pointer ?? pointer, line: location?.line ?? 1 };
}
