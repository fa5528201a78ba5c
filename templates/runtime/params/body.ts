import type { Payload } from '../request.js';

/** Bytes to upload; a `File` brings its name along. */
export type Bytes = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** JSON under a media type of its own: `application/merge-patch+json`. */
export function json(value: unknown, mediaType: string): Payload | undefined {
  if (value === undefined) return undefined;
  const content = JSON.stringify(value);
  return () => [mediaType, content];
}

/** `application/x-www-form-urlencoded`: an array repeats its name, an object becomes JSON. */
export function form(value: object | undefined): Payload | undefined {
  if (!value) return undefined;
  const content = new URLSearchParams(fields(value).map(([name, item]) => [name, plain(item)]));
  return () => [undefined, content];
}

/** `multipart/form-data`: an array repeats its name, bytes become a file, an object becomes JSON. */
export function multipart(value: object | undefined): Payload | undefined {
  if (!value) return undefined;
  const content = new FormData();
  for (const [name, item] of fields(value)) content.append(name, part(item));
  return () => [undefined, content];
}

/** Text under a media type. */
export function text(value: unknown, mediaType: string): Payload | undefined {
  return value === undefined ? undefined : () => [mediaType, `${value}`];
}

/** Bytes under a media type. */
export function binary(value: Bytes | undefined, mediaType: string): Payload | undefined {
  return value && (() => [mediaType, value]);
}

/** One pair for each value that is there. */
function fields(value: object): [name: string, item: unknown][] {
  return Object.entries(value).flatMap(([name, items]) =>
    [items].flat().flatMap((item): [string, unknown][] => (item == null ? [] : [[name, item]])),
  );
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}

function part(value: unknown): string | Blob {
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer) return new Blob([value]);
  // Shared memory cannot be part of a Blob, and no type here allows it.
  if (ArrayBuffer.isView(value)) return new Blob([value as ArrayBufferView<ArrayBuffer>]);
  if (typeof value !== 'object') return `${value}`;
  return new Blob([JSON.stringify(value)], { type: 'application/json' });
}
