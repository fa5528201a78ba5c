import { body, kind, type OperationKind, type OperationKinds, text } from './operation-kind.ts';

function parameters(
  breaks: boolean,
  old: readonly object[],
  now: readonly object[],
): OperationKind {
  const filled = (list: readonly object[]) =>
    list.map((one) => ({ name: 'a', in: 'query', schema: text, ...one }));
  return kind(breaks, { parameters: filled(old) }, { parameters: filled(now) });
}

function answers(breaks: boolean, old: object, now: object): OperationKind {
  const described = (list: object) =>
    Object.fromEntries(
      Object.entries(list).map(([status, one]) => [status, { description: 'A', ...one }]),
    );
  return kind(breaks, { responses: described(old) }, { responses: described(now) });
}

const header = (more: object = {}) => ({ headers: { 'X-A': { schema: text, ...more } } });

/** The kinds of changes above schemas that the catalogues of public suites name: parameters, bodies, answers. */
export const messageKinds: OperationKinds = {
  'an optional query parameter is new': parameters(false, [], [{}]),
  'an optional header parameter is new': parameters(false, [], [{ in: 'header' }]),
  'a required query parameter is new': parameters(true, [], [{ required: true }]),
  'a required header parameter is new': parameters(true, [], [{ in: 'header', required: true }]),
  'a required cookie is new': parameters(true, [], [{ in: 'cookie', required: true }]),
  'a required parameter with a default is new': parameters(
    false,
    [],
    [{ required: true, schema: { ...text, default: 'a' } }],
  ),
  'a parameter is gone': parameters(true, [{}], []),
  'a deprecated parameter is gone': parameters(false, [{ deprecated: true }], []),
  'a deprecated parameter is gone before its sunset': parameters(
    true,
    [{ deprecated: true, 'x-sunset': '2999-01-01' }],
    [],
  ),
  'a parameter is required': parameters(true, [{}], [{ required: true }]),
  'a parameter is optional': parameters(false, [{ required: true }], [{}]),
  'a parameter is deprecated': parameters(false, [{}], [{ deprecated: true }]),
  'a parameter is in the header': parameters(true, [{}], [{ in: 'header' }]),
  'a header parameter in other letters': parameters(
    false,
    [{ in: 'header', name: 'X-A' }],
    [{ in: 'header', name: 'x-a' }],
  ),
  'parameters in another order': parameters(false, [{}, { name: 'b' }], [{ name: 'b' }, {}]),
  'an optional parameter has another default': parameters(
    true,
    [{ schema: { ...text, default: 'a' } }],
    [{ schema: { ...text, default: 'b' } }],
  ),
  'an optional parameter has no default any more': parameters(
    true,
    [{ schema: { ...text, default: 'a' } }],
    [{}],
  ),
  'a required parameter has another default': parameters(
    false,
    [{ required: true, schema: { ...text, default: 'a' } }],
    [{ required: true, schema: { ...text, default: 'b' } }],
  ),
  'a query parameter is a number': parameters(true, [{}], [{ schema: { type: 'number' } }]),
  'a query parameter is a number with fractions': parameters(
    false,
    [{ schema: { type: 'integer' } }],
    [{ schema: { type: 'number' } }],
  ),
  'a query parameter is a list': parameters(
    true,
    [{ schema: { type: 'array', items: text } }],
    [{ schema: { type: 'array', items: text }, explode: false }],
  ),
  'a default style, written out': parameters(false, [{}], [{ style: 'form', explode: true }]),
  'a header parameter with its default style': parameters(
    false,
    [{ in: 'header' }],
    [{ in: 'header', style: 'simple' }],
  ),
  'required as false': parameters(false, [{}], [{ required: false }]),
  'empty values': parameters(false, [{}], [{ allowEmptyValue: true }]),
  'no empty values any more': parameters(true, [{ allowEmptyValue: true }], [{}]),
  'reserved characters': parameters(false, [{}], [{ allowReserved: true }]),
  'no reserved characters any more': parameters(
    true,
    [{ allowReserved: true }],
    [{ allowReserved: false }],
  ),
  'an optional body is new': kind(false, {}, { requestBody: body }),
  'a required body is new': kind(true, {}, { requestBody: { ...body, required: true } }),
  'a body is gone': kind(true, { requestBody: body }, {}),
  'a body is required': kind(
    true,
    { requestBody: body },
    { requestBody: { ...body, required: true } },
  ),
  'a body is optional': kind(
    false,
    { requestBody: { ...body, required: true } },
    { requestBody: body },
  ),
  'a media type of a body is another': kind(
    true,
    { requestBody: body },
    { requestBody: { content: { 'application/xml': { schema: text } } } },
  ),
  'one more media type of a body': kind(
    false,
    { requestBody: body },
    { requestBody: { content: { ...body.content, 'text/plain': { schema: text } } } },
  ),
  'a success is gone': answers(true, { 200: {}, 202: {} }, { 200: {} }),
  'a failure is gone': answers(false, { 200: {}, 404: {} }, { 200: {} }),
  'one more success': answers(false, { 200: {} }, { 200: {}, 202: {} }),
  'one more failure': answers(false, { 200: {} }, { 200: {}, 404: {} }),
  'any other answer is gone': answers(false, { 200: {}, default: {} }, { 200: {} }),
  'a media type of an answer is gone': answers(
    true,
    { 200: { content: { ...body.content, 'text/plain': {} } } },
    { 200: body },
  ),
  'one more media type of an answer': answers(
    false,
    { 200: body },
    { 200: { content: { ...body.content, 'text/plain': {} } } },
  ),
  'a parameter of a media type': answers(
    false,
    { 200: { content: { 'application/json': {} } } },
    { 200: { content: { 'application/json; charset=utf-8': {} } } },
  ),
  'a header of an answer is new': answers(false, { 200: {} }, { 200: header() }),
  'a required header of an answer is new': answers(
    false,
    { 200: {} },
    { 200: header({ required: true }) },
  ),
  'a required header of an answer is gone': answers(
    true,
    { 200: header({ required: true }) },
    { 200: {} },
  ),
  'a header of an answer is optional': answers(
    true,
    { 200: header({ required: true }) },
    { 200: header() },
  ),
  'a header of an answer has another type': answers(
    true,
    { 200: header() },
    { 200: header({ schema: { type: 'array', items: text } }) },
  ),
  'a header of an answer is deprecated': answers(
    false,
    { 200: header() },
    { 200: header({ deprecated: true }) },
  ),
  'a link': answers(
    false,
    { 200: { links: { a: { operationId: 'a' } } } },
    { 200: { links: { a: { operationId: 'b' } } } },
  ),
  'a description of an answer': answers(
    false,
    { 200: { description: 'A' } },
    { 200: { description: 'B' } },
  ),
};
