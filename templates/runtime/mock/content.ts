import { exactJson } from '../values/exact-json.js';

/** The content of an answer, as it is read: JSON, a text, items one after the other. */
export function contentOf(reading: string, body: unknown): string | undefined {
  if (body === undefined) return undefined;
  const text = (value: unknown): string => {
    const [, json] = exactJson(value, '')?.() ?? [];
    return String(json ?? 'null');
  };
  const items = Array.isArray(body) ? body : [body];
  switch (reading) {
    case 'events':
      return items
        .map((item) => `data: ${typeof item === 'string' ? item : text(item)}\n\n`)
        .join('');
    case 'lines':
      return items.map((item) => `${text(item)}\n`).join('');
    case 'sequence':
      return items.map((item) => `\u001E${text(item)}\n`).join('');
    case 'text':
    case 'binary':
      return typeof body === 'string' ? body : text(body);
    default:
      return text(body);
  }
}

/** A media type that can be sent where the document names a range. */
export function concrete(type: string): string {
  if (!type.includes('*')) return type;
  return type.startsWith('text/') ? 'text/plain' : 'application/json';
}
