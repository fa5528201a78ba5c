import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shown } from '../read/fetch.ts';

/** Why a reference is not followed, and what its user can do. */
export interface Refusal {
  readonly code: 'load/remote-ref' | 'load/outside-ref' | 'load/unresolved-ref';
  readonly message: string;
  readonly hint: string;
}

export interface Permission {
  /** What the document was read from; absent for standard input. */
  readonly root: URL | undefined;
  /** Hosts as in `example.com` or `localhost:8080`. */
  readonly hosts: readonly string[];
}

/**
 * Whether a document may refer to a URL: to files in its own folder and below, symbolic links
 * followed first, and to the hosts that the user named. Everything else could read what the
 * document's author has no right to see.
 */
export function refuse(url: URL, permission: Permission): Refusal | undefined {
  if (url.protocol === 'file:') return refuseFile(url, permission.root);
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    return isNamed(url, permission.hosts) ? undefined : remote(url);
  }
  return {
    code: 'load/remote-ref',
    message: `A reference to ${url.protocol}… is not followed.`,
    hint: 'Only files beside the document and http(s) URLs can be referred to.',
  };
}

/** Whether the user named a URL's host, with its port where that is not the scheme's own. */
export function isNamed(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) => {
    const named = `${url.protocol}//${host}`;
    return URL.canParse(named) && new URL(named).host === url.host;
  });
}

function remote(url: URL): Refusal {
  return {
    code: 'load/remote-ref',
    message: `A reference to ${shown(url)} is not followed: remote references are off.`,
    hint: `If you trust that host, allow it with --allow-remote-refs ${url.host}.`,
  };
}

function refuseFile(url: URL, root: URL | undefined): Refusal | undefined {
  if (root?.protocol !== 'file:') return outside(url);
  let path;
  try {
    path = fileURLToPath(url);
  } catch {
    return outside(url);
  }
  const folder = dirname(fileURLToPath(root));
  // Before anything is said about the file itself: a document must not find out whether it exists.
  if (!isBelow(path, folder)) return outside(url);
  const realFolder = realpathSync(folder);
  let real;
  try {
    real = realpathSync(path);
  } catch {
    return {
      code: 'load/unresolved-ref',
      message: `There is no file ${path.slice(folder.length + 1)} in the document's folder.`,
      hint: 'Check the reference; it is relative to the file that it stands in.',
    };
  }
  return isBelow(real, realFolder) ? undefined : outside(url);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function outside(url: URL): Refusal {
  return {
    code: 'load/outside-ref',
    message: `A reference to ${url.protocol}//${url.pathname} leaves the document's folder, and is not followed.`,
    hint: 'Move the file below the folder of the document, or bundle the document first.',
  };
}
