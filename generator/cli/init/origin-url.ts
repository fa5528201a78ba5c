import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Where the repository around a folder is kept, for people; undefined where there is no such place. */
export async function originUrl(folder: string): Promise<string | undefined> {
  try {
    const argv = ['remote', 'get-url', 'origin'];
    const { stdout } = await promisify(execFile)('git', argv, { cwd: folder });
    return publicUrl(stdout.trim());
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** The address that a browser opens, without the credentials that a remote may hold. */
export function publicUrl(remote: string): string | undefined {
  const [, host, path = ''] = /^(?:ssh:\/\/)?git@([^:/]+)[:/](.+)$/.exec(remote) ?? [];
  if (host !== undefined) return `https://${host}/${withoutEnd(path)}`;
  if (!/^https?:/.test(remote) || !URL.canParse(remote)) return undefined;
  const { protocol, host: server, pathname } = new URL(remote);
  return `${protocol}//${server}${withoutEnd(pathname)}`;
}

function withoutEnd(path: string): string {
  return path.replace(/\.git$/, '');
}
