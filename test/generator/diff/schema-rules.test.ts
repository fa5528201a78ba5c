import { expect, test } from 'vitest';
import { changes } from '../../../generator/diff/schema/changes.ts';
import { changePairs } from './changes.ts';
import { diffOf, documentOf } from './documents.ts';
import { severityOf } from '../../../generator/diff/schema/severity.ts';

for (const direction of ['request', 'response'] as const) {
  for (const [name, [old, now]] of Object.entries(changePairs)) {
    test(`${direction}-${name} is found, and nothing else`, async () => {
      const findings = await diffOf(documentOf(old, direction), documentOf(now, direction));
      const found = findings.map(({ rule, severity }) => ({ rule, severity }));
      // The table holds a row for each name, as its type says.
      const severity = severityOf(changes[name as keyof typeof changes], direction);
      expect(found).toEqual([{ rule: `${direction}-${name}`, severity }]);
    });
  }
}

for (const direction of ['request', 'response'] as const) {
  for (const [name, [schema]] of Object.entries(changePairs)) {
    test(`${direction}: nothing is found where nothing changed (${name})`, async () => {
      const document = documentOf(schema, direction);
      expect(await diffOf(document, structuredClone(document))).toEqual([]);
    });
  }
}
