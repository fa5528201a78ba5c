/** The options of every command that reads a document. */
export const reading = {
  dialect: {
    kind: 'value',
    value: '<name>',
    summary: 'How the API batches (default: recognized from the document)',
  },
  lenient: { kind: 'switch', summary: 'Take faults that leave the document usable as warnings' },
  'allow-remote-refs': {
    kind: 'list',
    value: '<host>',
    summary: 'Follow references to this host; may be repeated',
  },
  verbose: {
    kind: 'switch',
    summary: 'Say how long each stage took, and what is merely worth knowing',
  },
} as const;
