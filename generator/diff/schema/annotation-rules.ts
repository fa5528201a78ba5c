/** What changes only in what people read. Their rules are the same in both directions. */
export const annotations = {
  description: {
    rule: 'description-changed',
    severity: 'docs',
    text: 'A description, summary or comment',
  },
  title: { rule: 'title-changed', severity: 'docs', text: 'A title' },
  examples: { rule: 'examples-changed', severity: 'docs', text: 'An example' },
  externalDocs: {
    rule: 'external-docs-changed',
    severity: 'docs',
    text: 'A link to documentation',
  },
  extensions: {
    rule: 'extension-changed',
    severity: 'docs',
    text: 'A field that begins with `x-`',
  },
  deprecated: { rule: 'deprecated', severity: 'info', text: 'Something is deprecated' },
  undeprecated: {
    rule: 'undeprecated',
    severity: 'info',
    text: 'Something is no longer deprecated',
  },
} as const;
