/** The rules of the axis of types: whether code that compiled still does. */
export const typeRules = {
  'function-removed': { severity: 'breaking', text: 'A function is gone' },
  'function-renamed': {
    severity: 'breaking',
    text: 'The function of an operation has another name',
  },
  'function-moved': { severity: 'breaking', text: 'A function is in another module' },
  'function-added': { severity: 'info', text: 'A function is new' },
  'type-removed': { severity: 'breaking', text: 'A type is gone' },
  'type-moved': { severity: 'breaking', text: 'A type is in another module' },
  'type-added': { severity: 'info', text: 'A type is new' },
  'builder-removed': { severity: 'breaking', text: 'A builder of an action is gone' },
  'builder-moved': { severity: 'breaking', text: 'A builder of an action is in another module' },
  'builder-added': { severity: 'info', text: 'A builder of an action is new' },
  'constant-removed': { severity: 'breaking', text: 'The named value of an enum is gone' },
  'constant-changed': { severity: 'breaking', text: 'The named value of an enum is another value' },
  'constant-added': { severity: 'info', text: 'A named value of an enum is new' },
  'pages-from-promise': {
    severity: 'breaking',
    text: 'A function gives pages instead of a promise',
  },
  'promise-from-pages': {
    severity: 'breaking',
    text: 'A function gives a promise instead of pages',
  },
  'input-member-added': { severity: 'info', text: 'A function takes one more member' },
  'input-member-removed': { severity: 'breaking', text: 'A function no longer takes a member' },
  'input-member-required': {
    severity: 'breaking',
    text: 'A function demands a member that could be left out, or that is new',
  },
  'input-member-optional': {
    severity: 'info',
    text: 'A member that a function takes may be left out',
  },
  'input-type-changed': {
    severity: 'breaking',
    text: 'A function no longer takes a value that it took',
  },
  'input-type-widened': { severity: 'info', text: 'A function takes more values than before' },
  'output-member-added': { severity: 'info', text: 'A result has one more member' },
  'output-member-removed': { severity: 'breaking', text: 'A member of a result is gone' },
  'output-member-optional': { severity: 'breaking', text: 'A member of a result may be absent' },
  'output-member-required': { severity: 'info', text: 'A member of a result is always there' },
  'output-type-changed': {
    severity: 'breaking',
    text: 'A result may be a value that it never was: an exhaustive `switch` does not know it',
  },
  'output-type-narrowed': { severity: 'info', text: 'A result is fewer values than before' },
  'client-renamed': {
    severity: 'breaking',
    text: 'The function that makes a client has another name',
  },
  'client-option-required': {
    severity: 'breaking',
    text: 'A client demands an option that could be left out, or that is new',
  },
  'client-option-removed': { severity: 'breaking', text: 'A client no longer takes an option' },
  'client-option-changed': {
    severity: 'breaking',
    text: 'An option of a client no longer takes a value that it took',
  },
  'client-option-added': { severity: 'info', text: 'A client takes one more option' },
  'compiler-error': {
    severity: 'breaking',
    text: 'With `--prove`: the compiler refuses code that used the old package, and no other rule says why',
  },
} as const;

export type TypeRule = keyof typeof typeRules;
