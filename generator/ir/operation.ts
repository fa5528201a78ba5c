import { docOfText, noDoc } from './doc.ts';
import { keyOf, literals, scalar, unite } from './type.ts';
import type { Body, NamedType, Operation, OperationTypes, Property, Response, Type } from './ir.ts';
import { isSuccess } from './responses.ts';

/** The names of an operation's types, made of the stem that they share. */
export function typesOf(stem: string): OperationTypes {
  return {
    input: `${stem}Input`,
    body: `${stem}Body`,
    item: `${stem}Item`,
    response: `${stem}Response`,
    event: `${stem}Event`,
    answers: `${stem}Answers`,
    contentType: `${stem}ContentType`,
  };
}

/** Whether a caller must give an operation anything. */
export function requiresInput({ params, body }: Pick<Operation, 'params' | 'body'>): boolean {
  return params.some(({ required }) => required) || body?.required === true;
}

/** Whether there is anything that a caller may give an operation. */
export function takesInput({ params, body }: Operation): boolean {
  return params.length > 0 || body !== undefined;
}

/** Whether a body is JSON and nothing else, so that a member of it can be set. */
export function isPlainJson(body: Body | undefined): body is Body {
  const [only, ...others] = body?.contents ?? [];
  return only?.encoding === 'json' && only.mediaType === 'application/json' && others.length === 0;
}

/** The names of the types that an operation declares, in the order of {@link declarationsOf}. */
export function declaredNames(operation: Operation): readonly string[] {
  const { types, body, pagination } = operation;
  const names = [types.input];
  if (body) names.push(types.body);
  if (body && body.contents.length > 1) names.push(types.contentType);
  if (pagination) names.push(types.item);
  if (operation.responses.some(({ type }) => type.kind === 'stream')) names.push(types.event);
  names.push(types.response);
  if (tellsAnswers(operation)) names.push(types.answers);
  return names;
}

/**
 * Whether an operation answers more than its result says: errors with a body, several successes, or
 * headers. Those of a listing lead to its pages.
 */
export function tellsAnswers({ responses, pagination }: Operation): boolean {
  let successes = 0;
  for (const { status, reading, headers } of responses) {
    if (!isSuccess(status)) {
      if (reading !== 'none') return true;
      continue;
    }
    successes += 1;
    if (successes > 1 || (headers.length > 0 && !pagination)) return true;
  }
  return false;
}

/** Everything that an operation may answer, by status; undefined where its result says as much. */
export function answersOf(operation: Operation): Type | undefined {
  if (!tellsAnswers(operation)) return undefined;
  const { responses } = operation;
  const statuses = [...new Set(responses.map(({ status }) => status))];
  const properties = statuses.map((status): Property => {
    const variants = responses.filter((response) => response.status === status);
    const each = variants.map((variant) => answerType(variant, variants.length > 1, operation));
    return { name: `${status}`, type: unite(each), required: true, doc: variants[0]?.doc ?? noDoc };
  });
  return { kind: 'object', properties };
}

/** One answer: its body, the headers that are declared, and its media type where there are several. */
function answerType(
  { type, reading, mediaType, headers }: Response,
  isOneOfSeveral: boolean,
  { types, result }: Operation,
): Type {
  const isResult = result.type.kind !== 'named' && keyOf(type) === keyOf(result.type);
  const body: Type = isResult
    ? { kind: 'named', name: types.response }
    : withEvent(type, { kind: 'named', name: types.event });
  const member = (name: string, value: Type): Property => ({
    name,
    type: value,
    required: true,
    doc: noDoc,
  });
  const declared = headers.map((header) => ({
    ...header,
    type: header.required ? header.type : unite([header.type, scalar('null')]),
    required: true,
  }));
  return {
    kind: 'object',
    properties: [
      ...(isOneOfSeveral && mediaType !== undefined
        ? [member('type', { kind: 'literals', values: [mediaType] })]
        : []),
      ...(reading === 'none' ? [] : [member('body', body)]),
      ...(declared.length > 0 ? [member('headers', { kind: 'object', properties: declared })] : []),
    ],
  };
}

/** The types that an operation declares beside its function: what it takes, lists and resolves to. */
export function declarationsOf(operation: Operation): readonly NamedType[] {
  const { name, types, body, pagination, result } = operation;
  const declared: NamedType[] = [
    {
      name: types.input,
      type: inputType(operation),
      doc: docOfText(`The input of {@link ${name}}.`),
    },
  ];
  if (body) {
    const doc =
      body.doc.summary === '' ? docOfText(`The body that {@link ${name}} sends.`) : body.doc;
    declared.push({ name: types.body, type: body.type, doc });
    const choice = contentTypesOf(body);
    if (choice)
      declared.push({
        name: types.contentType,
        type: choice,
        doc: docOfText(`The media types that the body of {@link ${name}} may have.`),
      });
  }
  const table = answersOf(operation);
  const answers: readonly NamedType[] = table
    ? [
        {
          name: types.answers,
          type: table,
          doc: docOfText(`The answers of {@link ${name}}, by status.`),
        },
      ]
    : [];
  const events = eventsOf(operation);
  if (events.length > 0)
    declared.push({
      name: types.event,
      type: unite(events),
      doc: docOfText(`An item of the stream that {@link ${name}} opens.`),
    });
  if (!pagination) {
    const type = withEvent(result.type, { kind: 'named', name: types.event });
    const doc = docOfText(`The result of {@link ${name}}.`);
    return [...declared, { name: types.response, type, doc }, ...answers];
  }
  return [
    ...declared,
    { name: types.item, type: pagination.itemType, doc: docOfText(`An item of {@link ${name}}.`) },
    {
      name: types.response,
      type: withItem(result.type, pagination.items ?? [], types.item),
      doc: docOfText(`A page of {@link ${name}}.`),
    },
    ...answers,
  ];
}

/** What the items of an operation's streams are. */
function eventsOf({ responses }: Operation): readonly Type[] {
  return responses.flatMap(({ type }) => (type.kind === 'stream' ? type.items : []));
}

/** A result whose streams hold items of a declared type. */
function withEvent(result: Type, items: Type): Type {
  if (result.kind === 'stream') return { kind: 'stream', items };
  if (result.kind !== 'union') return result;
  return unite(result.members.map((member) => withEvent(member, items)));
}

/** The media types that a caller chooses from; undefined where there is one only. */
export function contentTypesOf({ contents }: Pick<Body, 'contents'>): Type | undefined {
  if (contents.length < 2) return undefined;
  const names = contents.map(({ mediaType }) => mediaType).filter((name) => !name.includes('*'));
  const exact = names.length > 0 ? [literals(names)] : [];
  return unite(names.length < contents.length ? [...exact, scalar('string')] : exact);
}

/** Parameters flat, and the body; an operation without either takes an empty object. */
function inputType({ params, body, types }: Operation): Type {
  const properties: Property[] = params.map(({ key, type, required, doc }) => ({
    name: key,
    type,
    required,
    doc,
  }));
  if (body)
    properties.push({
      name: body.key,
      type: { kind: 'named', name: types.body },
      required: body.required,
      doc: noDoc,
    });
  if (body?.partHeaders) {
    const { key, type, required } = body.partHeaders;
    properties.push({ name: key, type, required, doc: docOfText('Headers of the body’s parts.') });
  }
  return properties.length === 0
    ? { kind: 'record', values: { kind: 'scalar', name: 'never' } }
    : { kind: 'object', properties };
}

/** The page's body with the list's element under its own name. */
function withItem(page: Type, path: readonly string[], name: string): Type {
  const [first, ...rest] = path;
  switch (page.kind) {
    case 'union':
      return unite(page.members.map((member) => withItem(member, path, name)));
    case 'intersection':
      return { ...page, members: page.members.map((member) => withItem(member, path, name)) };
    case 'array':
      return first === undefined ? { ...page, items: { kind: 'named', name } } : page;
    case 'object':
      if (first === undefined) return page;
      return {
        ...page,
        properties: page.properties.map((property) =>
          property.name === first
            ? { ...property, type: withItem(property.type, rest, name) }
            : property,
        ),
      };
    case 'scalar':
    case 'literals':
    case 'tuple':
    case 'record':
    case 'stream':
    case 'named':
      return page;
  }
}
