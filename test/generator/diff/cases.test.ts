import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { diff, type DiffSide } from '../../../generator/diff/diff.ts';
import { load } from '../../../generator/load/load.ts';

const folder = fileURLToPath(new URL('../../../../shared/diff-cases/', import.meta.url));
const isThere = existsSync(folder);

interface Case {
  readonly name: string;
  readonly verdict: string;
  /** Rules, kinds or codes of the suite. */
  readonly about: readonly string[];
}

/** Kinds of cases in which we decide otherwise on purpose: `docs/diff-rules.md` says why. */
const otherwise: Readonly<Record<string, RegExp>> = {
  oasdiff:
    /^(?:TestRequestBodyTypeRemovedNotBreaking|TestResponseTypeCheckerSuppressedForNullOnly31|TestBreaking_DeletePatten|.*-(?:all-of-added|(?:min-|max-)?contains-.*|if-.*|then-.*|else-.*|dependent-.*|pattern-property-.*|unevaluated-.*|property-names-.*|discriminator-.*|default-value-.*|any-of-added)|new-optional-request-parameter|new-required-request-default-parameter.*)$/,
  netcracker:
    /^(?:.*__update-format-for-number-property|(?:request-body|parameters)-schema__(?:add|update)-discriminator-.*|response-.*__(?:add|remove)-discriminator-.*|response-.*__remove-(?:property-compliance|all-of|all-of-option))$/,
  criteo:
    /^(?:AddedOptionalProperty|AddedPropertyInResponse|AddedRequiredProperty|AddingResponseCode|AddedEnumValue|ConstraintIsWeaker|ModifiedOperationId|ReadonlyPropertyChanged|VersionsReversed|NullablePropertyChanged|DifferentDiscriminator|DifferentAllOf|DifferentAnyOf|DifferentOneOf|ReferenceRedirection|RemovedDefinition|ChangedParameterOrder|AddedRequestBody)$/,
};

describe.skipIf(!isThere)(
  `the cases of public suites${isThere ? '' : ' (skipped: ../shared is absent)'}`,
  () => {
    for (const suite of ['oasdiff', 'netcracker', 'criteo']) {
      test(`${suite}: 99 of 100 breaking ones are found, and 1 of 100 is false`, async () => {
        const breaking: string[] = [];
        const compatible: string[] = [];
        const missed: string[] = [];
        const wrong: string[] = [];
        for (const each of casesOf(suite)) {
          const breaks = await isBreaking(join(folder, suite, each.name));
          if (each.verdict === 'breaking') breaking.push(each.name);
          if (each.verdict === 'compatible') compatible.push(each.name);
          if (isDeliberate(suite, each)) continue;
          if (each.verdict === 'breaking' && !breaks) missed.push(each.name);
          if (each.verdict === 'compatible' && breaks) wrong.push(each.name);
        }
        expect(missed.length, missed.join()).toBeLessThanOrEqual(breaking.length * 0.01);
        expect(wrong.length, wrong.join()).toBeLessThanOrEqual(compatible.length * 0.01);
      });
    }
  },
);

function casesOf(suite: string): readonly Case[] {
  return readdirSync(join(folder, suite)).map((name) => {
    const text = readFileSync(join(folder, suite, name, 'expect.json'), 'utf8');
    const { verdict, ids, messages } = JSON.parse(text);
    const codes = messages?.map(({ Code }: { readonly Code: string }) => Code);
    return { name, verdict, about: ids ?? codes ?? [] };
  });
}

function isDeliberate(suite: string, { name, about }: Case): boolean {
  const kinds = otherwise[suite];
  return kinds !== undefined && [name, ...about].some((each) => kinds.test(each));
}

async function isBreaking(pair: string): Promise<boolean> {
  const [old, now] = await Promise.all([sideOf(pair, 'old'), sideOf(pair, 'new')]);
  return diff(old, now, ['wire']).some(({ severity }) => severity === 'breaking');
}

async function sideOf(pair: string, which: 'old' | 'new'): Promise<DiffSide> {
  const file = ['yaml', 'json'].map((end) => join(pair, `${which}.${end}`)).find(existsSync);
  const diagnostics = new Diagnostics();
  const loaded = file && (await load(file, diagnostics, { lenient: true }));
  if (!loaded) throw new Error(`${pair} cannot be read: ${JSON.stringify(diagnostics.list)}`);
  return { loaded };
}
