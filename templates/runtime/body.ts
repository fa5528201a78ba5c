import { Payload } from './payload.js';
import { each } from './request.js';

/** Bytes to upload; a `File` brings its name along. */
export type Bytes = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** JSON under a media type of its own: `application/merge-patch+json`. */
export function json(value: unknown, mediaType: string): Payload | undefined {
  return value === undefined ? undefined : new Payload(JSON.stringify(value), mediaType);
}

/** `application/x-www-form-urlencoded`: an array repeats its name, an object becomes JSON. */
export function form(value: object | undefined): Payload | undefined {
  if (!value) return undefined;
  const fields = each(Object.entries(value));
  return new Payload(new URLSearchParams(fields.map(([name, item]) => [name, field(item)])));
}

/** `multipart/form-data`: an array repeats its name, bytes become a file, an object becomes JSON. */
export function multipart(value: object | undefined): Payload | undefined {
  if (!value) return undefined;
  const data = new FormData();
  for (const [name, item] of each(Object.entries(value))) data.append(name, part(item));
  return new Payload(data);
}

/** Text under a media type. */
export function text(value: unknown, mediaType: string): Payload | undefined {
  return value === undefined ? undefined : new Payload(String(value), mediaType);
}

/** Bytes under a media type. */
export function binary(value: Bytes | undefined, mediaType: string): Payload | undefined {
  return value && new Payload(value, mediaType);
}

function field(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function part(value: unknown): string | Blob {
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer) return new Blob([value]);
  // Only shared memory is no BlobPart, and no type here lets it in.
  if (ArrayBuffer.isView(value)) return new Blob([value as ArrayBufferView<ArrayBuffer>]);
  if (typeof value !== 'object') return String(value);
  return new Blob([JSON.stringify(value)], { type: 'application/json' });
}
