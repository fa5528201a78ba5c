// @ts-nocheck
/** What the process ends with, for scripts. */
export const exitCode = {
  ok: 0,
  /** It could not run: no network, no such file, a journal that cannot be used. */
  failed: 1,
  usage: 2,
  /** Some rows failed. */
  rowsFailed: 3,
  /** The credentials are missing or refused. */
  authentication: 4,
  /** Whether some changes took effect is unknown. */
  unknown: 5,
  /** `plan --detailed-exitcode`: there is something to do. */
  changes: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit codes as `--help` lists them. */
export const exitCodeHelp = `Exit codes:
  0    all is well
  1    it could not run
  2    the command, a file or a value is wrong; nothing was sent
  3    some rows failed
  4    the credentials are missing or refused
  5    whether some changes took effect is unknown
  6    plan --detailed-exitcode: there are changes
  130  interrupted`;

/** What a user can put right: its message is all that is shown. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** One of these, or what a command ended with that was run for the user. */
  readonly code: number;

  constructor(message: string, code: number = exitCode.usage) {
    super(message);
    this.code = code;
  }
}
