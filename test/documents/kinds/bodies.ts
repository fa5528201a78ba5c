import { expect } from 'vitest';
import type { Sent } from '../cases/package.ts';
import { api, done, type Variation, type Variations } from './variation.ts';

const post = (content: string): string =>
  api(
    `/a: { post: { operationId: send, requestBody: { content: ${content} }, responses: ${done} } }`,
  );

/** Sends a body, and gives what arrived of it: its type without the boundary, and its text. */
function sends(
  body: () => unknown,
  type: string | null,
  text: string | RegExp,
): Variation['attempt'] {
  return async ({ call }) => {
    const { error, sent } = await call('send', { body: body() });
    expect(error).toBeUndefined();
    const [only = {} as Sent] = sent;
    expect(only.headers.get('Content-Type')?.replace(/; ?(boundary|charset)=.*/, '') ?? null).toBe(
      type,
    );
    if (typeof text === 'string') expect(decodeURIComponent(only.text)).toBe(text);
    else expect(only.text).toMatch(text);
  };
}

const png = (): Blob => new Blob(['PNG'], { type: 'image/png' });
const form = 'application/x-www-form-urlencoded';

export const bodies: Variations = {
  'binary-in-json-body': {
    'a view under JSON that may be anything': {
      document: post('{ application/json: {} }'),
      attempt: sends(() => new TextEncoder().encode('DATA'), 'application/json', 'DATA'),
    },
    'a file under JSON of a vendor': {
      document: post('{ application/vnd.acme+json: { schema: {} } }'),
      attempt: sends(() => new File(['DATA'], 'a'), 'application/vnd.acme+json', 'DATA'),
    },
    'a Blob inside an object, which JSON cannot hold': {
      document: post('{ "*/*": { schema: { type: object } } }'),
      attempt: async ({ call }) => {
        const { error, sent } = await call('send', { body: { file: png() } });
        expect([`${error}`, sent]).toEqual(['TypeError: file: JSON holds no bytes', []]);
      },
    },
    'a buffer under a form': {
      document: post(`{ ${form}: { schema: { type: object } } }`),
      attempt: sends(() => new TextEncoder().encode('a=1').buffer, form, 'a=1'),
    },
  },
  'image-range-upload': {
    'a sound': {
      document: post('{ audio/*: { schema: { type: string, format: binary } } }'),
      attempt: sends(() => new File(['x'], 'a', { type: 'audio/ogg' }), 'audio/ogg', 'x'),
    },
    'two types of pictures': {
      document: post('{ image/jpeg: {}, image/png: {} }'),
      attempt: sends(png, 'image/png', 'PNG'),
    },
    'anything at all': {
      document: post('{ "*/*": { schema: { type: string, format: binary } } }'),
      attempt: sends(png, 'image/png', 'PNG'),
    },
    'bytes that do not say what they are': {
      document: post('{ image/*: {} }'),
      attempt: sends(() => new Blob(['x']), 'application/octet-stream', 'x'),
    },
  },
  'form-deepobject': {
    'lists of objects': {
      document: post(
        `{ ${form}: { schema: { type: object, properties: { items: { type: array, items: { type: object } } } }, encoding: { items: { style: deepObject, explode: true } } } }`,
      ),
      attempt: sends(
        () => ({ items: [{ a: 1 }, { b: [2] }] }),
        form,
        'items[0][a]=1&items[1][b][0]=2',
      ),
    },
    'a list set apart by commas': {
      document: post(
        `{ ${form}: { schema: { type: object, properties: { ids: { type: array } } }, encoding: { ids: { style: form, explode: false } } } }`,
      ),
      attempt: sends(() => ({ ids: [1, 2] }), form, 'ids=1,2'),
    },
    'a list set apart by bars (Swagger 2.0)': {
      document: `swagger: '2.0'
info: { title: t, version: '1' }
host: api.example.com
paths: { /a: { post: { operationId: send, consumes: [${form}], parameters: [
  { name: ids, in: formData, type: array, items: { type: integer }, collectionFormat: pipes }],
  responses: { 204: { description: ok } } } } }`,
      attempt: sends(() => ({ ids: [1, 2] }), form, 'ids=1|2'),
    },
  },
  'multipart-part-content-type': {
    'a text of a type': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { rows: { type: string } } }, encoding: { rows: { contentType: text/csv } } } }',
      ),
      attempt: sends(
        () => ({ rows: 'a,b' }),
        'multipart/form-data',
        /name="rows"\r\nContent-Type: text\/csv\r\n\r\na,b\r\n/,
      ),
    },
    'a file of one of two types': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { pic: {} } }, encoding: { pic: { contentType: "image/webp, image/png" } } } }',
      ),
      attempt: sends(
        () => ({ pic: png() }),
        'multipart/form-data',
        /name="pic"; filename="blob"\r\nContent-Type: image\/png\r\n\r\nPNG\r\n/,
      ),
    },
    'an object as JSON of a vendor': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { meta: { type: object } } }, encoding: { meta: { contentType: application/vnd.acme+json } } } }',
      ),
      attempt: sends(
        () => ({ meta: { a: 1 } }),
        'multipart/form-data',
        /name="meta"\r\nContent-Type: application\/vnd.acme\+json\r\n\r\n\{"a":1\}\r\n/,
      ),
    },
  },
  'multipart-related': {
    'mixed parts': {
      document: post(
        '{ multipart/mixed: { schema: { type: object, properties: { a: { type: string }, b: {} } } } }',
      ),
      attempt: sends(
        () => ({ a: 'x', b: png() }),
        'multipart/mixed',
        /\r\n\r\nx\r\n[\s\S]*Content-Type: image\/png\r\n\r\nPNG\r\n/,
      ),
    },
    'a root that is no object': {
      document: post(
        '{ multipart/related: { schema: { type: object, properties: { html: { type: string }, img: {} } }, encoding: { html: { contentType: text/html } } } }',
      ),
      attempt: async ({ call }) => {
        const { sent } = await call('send', { body: { html: '<img>', img: png() } });
        expect(sent[0]?.headers.get('Content-Type')).toContain(
          'multipart/related; type="text/html"',
        );
        expect(sent[0]?.text).toMatch(/Content-ID: <html>[\s\S]*<img>\r\n[\s\S]*Content-ID: <img>/);
      },
    },
    'a list of parts, in its order': {
      document: post('{ multipart/mixed: { schema: { type: array, items: {} } } }').replace(
        '3.1.0',
        '3.2.0',
      ),
      attempt: sends(
        () => ['x', { a: 1 }, png()],
        'multipart/mixed',
        /\r\n\r\nx\r\n[\s\S]*\{"a":1\}[\s\S]*PNG/,
      ),
    },
  },
  'upload-contentmediatype-31': {
    'an empty schema': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { file: {} } } } }',
      ),
      attempt: sends(
        () => ({ file: png() }),
        'multipart/form-data',
        /filename="blob"\r\nContent-Type: image\/png\r\n\r\nPNG/,
      ),
    },
    'a picture by its media type': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { file: { type: string, contentMediaType: image/png } } } } }',
      ),
      attempt: sends(
        () => ({ file: new Blob(['x']) }),
        'multipart/form-data',
        /filename="blob"[\s\S]*\r\n\r\nx\r\n/,
      ),
    },
    'a list of files by its encoding': {
      document: post(
        '{ multipart/form-data: { schema: { type: object, properties: { files: { type: array, items: {} } } }, encoding: { files: { contentType: application/octet-stream } } } }',
      ),
      attempt: sends(
        () => ({ files: [new Blob(['x']), new Blob(['y'])] }),
        'multipart/form-data',
        /name="files"[\s\S]*x\r\n[\s\S]*name="files"[\s\S]*y\r\n/,
      ),
    },
  },
};
