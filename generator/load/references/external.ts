import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchBytes, shown } from '../read/fetch.ts';
import { parse, type Parsed } from '../parse/parse.ts';
import { isNamed, refuse, type Permission } from './permission.ts';
import { joinKeys, keysOf, keysOfPath, pointerOfFragment, valueAt } from '../../json/pointer.ts';
import { quote } from '../quote.ts';
import { reportDuplicates } from '../check-limits.ts';
import { decoded } from '../read/decode.ts';
import { type OnSource, read, type Source } from '../read/read.ts';
import { ReadError } from '../read/read-error.ts';
import type { Problems, Spot } from '../problems.ts';
import { data, type Shape } from '../structure.ts';
import { isMapped, scan, type Reference } from '../scan.ts';

/** A part of another file that a document refers to. */
export interface Target {
  readonly file: Parsed;
  /** Into that file. */
  readonly pointer: string;
  readonly shape: Shape;
  readonly value: unknown;
}

/** A reference of the document or of a file that it refers to, and what it leads to. */
export interface Link {
  readonly reference: Reference;
  /** In `External.targets`; absent where the reference leads into the document itself. */
  readonly target: Target | undefined;
  /** Into the target's file, or into the document. */
  readonly pointer: string;
}

export interface External {
  readonly targets: readonly Target[];
  readonly links: readonly Link[];
}

export interface ExternalOptions extends Permission {
  readonly signal?: AbortSignal | undefined;
  /** Called with each file, without bytes where it may not or cannot be read. */
  readonly onSource?: OnSource | undefined;
}

/** More files than any published document has. */
const maxFiles = 5_000;

/** How many files are read at a time. */
const width = 16;

/** Whether a reference leads out of the file that it stands in. */
export function isExternal({ holder, key }: Reference): boolean {
  return !String(holder[key]).startsWith('#');
}

/**
 * Reads everything outside of a document that it refers to, directly or through other files, as far
 * as that is allowed. What is not allowed or not there is reported at the reference.
 */
export async function readExternal(
  root: Parsed,
  references: readonly Reference[],
  options: ExternalOptions,
  problems: Problems,
): Promise<External> {
  const files = new Files(root, options, problems);
  const targets = new Map<string, Target>();
  const links: Link[] = [];
  let wave = resolveAll(root, references.filter(isExternal), problems);
  while (wave.length > 0) {
    await files.read(wave);
    const next: Resolved[] = [];
    for (const { reference, from, url } of wave) {
      const file = files.get(url);
      if (file === undefined) {
        drop(reference);
        continue;
      }
      const pointer = pointerOfFragment(url.hash);
      const value = pointer === undefined ? undefined : valueAt(file.value, pointer);
      if (pointer === undefined || value === undefined) {
        problems[severityOf(reference)](
          'load/unresolved-ref',
          `${file.name} has nothing at ${quote(url.hash || '#')}.`,
          {
            ...spotOf(reference, from),
            hint: 'Check the part of the reference after the #.',
          },
        );
        drop(reference);
        continue;
      }
      const name = `${hrefOf(url)}#${pointer}`;
      const known = targets.get(name);
      const target = known ?? { file, pointer, shape: reference.shape, value };
      links.push({ reference, target: file === root ? undefined : target, pointer });
      if (known !== undefined || file === root) continue;
      targets.set(name, target);
      const { references } = scan(value, reference.shape, keysOf(pointer));
      for (const inner of resolveAll(file, references, problems)) next.push(inner);
    }
    wave = next;
  }
  return { targets: [...targets.values()], links };
}

interface Resolved {
  readonly reference: Reference;
  readonly from: Parsed;
  readonly url: URL;
}

function resolveAll(
  from: Parsed,
  references: readonly Reference[],
  problems: Problems,
): readonly Resolved[] {
  return references.flatMap((reference) => {
    const written = String(reference.holder[reference.key]);
    const base = from.url?.href;
    if (URL.canParse(written, base)) return [{ reference, from, url: new URL(written, base) }];
    const message = `The reference ${quote(written)} cannot be followed.`;
    problems[severityOf(reference)]('load/unresolved-ref', message, {
      ...spotOf(reference, from),
      hint:
        base === undefined
          ? 'A document from standard input has no folder; give its path instead.'
          : 'Write it as a relative path or a URL.',
    });
    drop(reference);
    return [];
  });
}

/** The files that a document refers to; each is read once. */
class Files {
  readonly #root: Parsed;
  readonly #options: ExternalOptions;
  readonly #problems: Problems;
  /** By address; undefined where a file may not or cannot be read. */
  readonly #files = new Map<string, Parsed | undefined>();

  constructor(root: Parsed, options: ExternalOptions, problems: Problems) {
    this.#root = root;
    this.#options = options;
    this.#problems = problems;
    if (root.url !== undefined) this.#files.set(hrefOf(root.url), root);
  }

  get(url: URL): Parsed | undefined {
    return this.#files.get(hrefOf(url));
  }

  /** Reads what some references lead to. A file that cannot be read is reported at the first of them. */
  async read(wave: readonly Resolved[]): Promise<void> {
    const first = new Map<string, Resolved>();
    for (const resolved of wave) {
      const href = hrefOf(resolved.url);
      if (!this.#files.has(href) && !first.has(href)) first.set(href, resolved);
    }
    const missing = [...first];
    for (let start = 0; start < missing.length; start += width) {
      const some = missing.slice(start, start + width);
      const read = await Promise.all(some.map(([, resolved]) => this.#open(resolved)));
      for (const [index, [href]] of some.entries()) this.#files.set(href, read[index]);
    }
  }

  async #open(resolved: Resolved): Promise<Parsed | undefined> {
    const source = await this.#source(resolved);
    this.#options.onSource?.(resolved.url, source?.bytes);
    const file = source && (await parse(decoded(source), this.#problems));
    if (file !== undefined) reportDuplicates(file, scan(file.value, data).keys, this.#problems);
    return file;
  }

  async #source({ reference, from, url }: Resolved): Promise<Source | undefined> {
    const spot = spotOf(reference, from);
    if (this.#files.size > maxFiles) {
      this.#problems.error(
        'load/too-large',
        `The document refers to more than ${maxFiles} files.`,
        spot,
      );
      return undefined;
    }
    const refusal = refuse(url, this.#options);
    if (refusal !== undefined) {
      const { code, message, hint } = refusal;
      const severity = code === 'load/unresolved-ref' ? severityOf(reference) : 'fault';
      this.#problems[severity](code, message, { ...spot, hint });
      return undefined;
    }
    try {
      return await this.#fetch(url);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      this.#problems.fault(error.code, error.message, { ...spot, hint: error.hint });
      return undefined;
    }
  }

  async #fetch(url: URL): Promise<Source> {
    const { signal, hosts } = this.#options;
    if (url.protocol === 'file:') {
      const { bytes } = await read(url.href, { signal, regular: true });
      return { name: this.#nameOf(url), url, bytes };
    }
    const mayRedirect = (_: URL, to: URL): boolean => isNamed(to, hosts);
    const { bytes } = await fetchBytes(url, { signal, mayRedirect });
    // References inside are relative to the address that was asked for, which the user named.
    return { name: shown(url), url, bytes };
  }

  /** Written like the name of the document itself: absolute, or relative to the same folder. */
  #nameOf(url: URL): string {
    const path = fileURLToPath(url);
    const { name, url: root } = this.#root;
    if (root === undefined || /^file:/i.test(name)) return path;
    return join(dirname(name), relative(dirname(fileURLToPath(root)), path));
  }
}

function severityOf(reference: Reference): 'warning' | 'fault' {
  return isMapped(reference) ? 'warning' : 'fault';
}

/** What a reference cannot be followed to is unknown, and is not looked for in another file. */
function drop({ holder, key }: Reference): void {
  delete holder[key];
}

function hrefOf(url: URL): string {
  const { href, hash } = url;
  return hash === '' ? href.replace(/#$/, '') : href.slice(0, -hash.length);
}

function spotOf({ path, key }: Reference, { name, positions }: Parsed): Spot {
  const keys = [...keysOfPath(path), key];
  return { pointer: joinKeys(keys), file: name, ...positions.locate(keys) };
}
