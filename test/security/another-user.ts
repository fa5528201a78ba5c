import { spawnSync } from 'node:child_process';

/** Whether another user can be played: by root, where the platform has users. */
export const canPlay: boolean = process.getuid?.() === 0;

export const unless: string = canPlay ? '' : ' (skipped: only root can play another user)';

const nobody = 65_534;

/** Runs a script of the shell as another user. */
export function asAnotherUser(script: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', script], { uid: nobody, gid: nobody });
  if (status !== 0) throw new Error(String(stderr));
}
