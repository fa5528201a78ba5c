/** The rules of batches and pages. */
export const batchRules = {
  'batch-removed': {
    severity: 'breaking',
    text: 'An operation is no longer batchable: its builder is gone',
  },
  'batch-added': { severity: 'info', text: 'An operation is batchable' },
  'batch-verb-changed': { severity: 'breaking', text: 'A batch names an action by another verb' },
  'batch-resource-changed': {
    severity: 'breaking',
    text: 'A batch names the resource of an action otherwise',
  },
  'batch-dialect-changed': { severity: 'breaking', text: 'The API batches in another dialect' },
  'batch-id-removed': {
    severity: 'breaking',
    text: 'What an action creates can no longer be referred to by later actions',
  },
  'batch-id-added': {
    severity: 'info',
    text: 'What an action creates can be referred to by later actions',
  },
  'batch-place-changed': {
    severity: 'warning',
    text: 'Where an action adds what it creates is another place',
  },
  'pages-removed': { severity: 'breaking', text: 'An operation has no pages any more' },
  'pages-added': { severity: 'info', text: 'An operation has pages' },
  'paging-changed': { severity: 'breaking', text: 'The next page is found otherwise' },
  'page-items-moved': { severity: 'breaking', text: 'The items of a page are in another place' },
  'stage-decreased': {
    severity: 'warning',
    text: 'An operation is in an earlier stage of its release',
  },
  'stage-increased': { severity: 'info', text: 'An operation is in a later stage of its release' },
} as const;

export type BatchRule = keyof typeof batchRules;
