/** What a schema found at one place of a value. */
export interface Issue {
  readonly message: string;
  /** The keys that lead there; empty for the value itself. */
  readonly path: readonly (string | number)[];
}

/** A schema as validators of all kinds have it, version 1: https://standardschema.dev. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'batchwright';
    readonly validate: (
      value: unknown,
    ) => { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
    /** There at compile time alone. */
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
}

/** Where issues go. More than {@link MOST_ISSUES} help nobody. */
export interface Report {
  readonly issues: Issue[];
  readonly path: (string | number)[];
}

const MOST_ISSUES = 100;

/** Checks a value, and reports what is wrong with it. */
export type Check = (value: unknown, report: Report) => void;

export function fault(report: Report, message: string): void {
  if (report.issues.length < MOST_ISSUES) report.issues.push({ message, path: [...report.path] });
}

/** How deep values may be nested: deeper ones come from attackers, and would exhaust the stack. */
const MOST_DEPTH = 200;

/** Checks a part of a value. */
export function inside(report: Report, key: string | number, value: unknown, check: Check): void {
  report.path.push(key);
  if (report.path.length > MOST_DEPTH) fault(report, `Nested deeper than ${MOST_DEPTH}`);
  else check(value, report);
  report.path.pop();
}

/** What a check finds in a value, by itself. */
export function issuesOf(
  value: unknown,
  check: Check,
  path: Report['path'] = [],
): readonly Issue[] {
  const report: Report = { issues: [], path: [...path] };
  check(value, report);
  return report.issues;
}

/** A schema. Its check is made when it is first used, so that types may contain themselves. */
export function schema<T>(make: () => Check): StandardSchema<T> {
  let made: Check | undefined;
  const check: Check = (value, report) => (made ??= make())(value, report);
  const own: StandardSchema<T> = {
    '~standard': {
      version: 1,
      vendor: 'batchwright',
      validate: (value) => {
        const issues = issuesOf(value, check);
        // Without an issue it is what its type says.
        return issues.length === 0 ? { value: value as T } : { issues };
      },
    },
  };
  checks.set(own, check);
  return own;
}

/** The checks of the schemas that were made here. */
const checks = new WeakMap<object, Check>();

/** The check of another schema. */
export function of(other: object): Check {
  return (value, report) => checks.get(other)?.(value, report);
}
