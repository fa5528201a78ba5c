/** An object of a document that may be edited. */
export type Editable = Record<string, unknown>;

export interface SchemaPlace {
  readonly direction: 'request' | 'response';
  readonly schema: Editable;
  /** The object whose property the schema is, and its name there. */
  readonly holder?: { readonly schema: Editable; readonly name: string } | undefined;
}

export function isEditable(value: unknown): value is Editable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(value: unknown, name: string): Editable {
  const member = isEditable(value) ? value[name] : undefined;
  return isEditable(member) ? member : {};
}

export interface OperationPlace {
  readonly path: string;
  readonly method: string;
  readonly item: Editable;
  readonly operation: Editable;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

export function operationsIn(document: Editable): readonly OperationPlace[] {
  return Object.entries(memberOf(document, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      isEditable(item) && isEditable(item[method])
        ? [{ path, method, item, operation: item[method] }]
        : [],
    ),
  );
}

export function parametersIn({ operation }: OperationPlace): readonly Editable[] {
  const list = operation['parameters'];
  return Array.isArray(list) ? list.filter(isEditable) : [];
}

/** The schemas of bodies, in bodies and below, as far as they are written in place. */
export function schemasIn(document: Editable): readonly SchemaPlace[] {
  const found: SchemaPlace[] = [];
  for (const { operation } of operationsIn(document)) {
    for (const media of Object.values(memberOf(memberOf(operation, 'requestBody'), 'content')))
      collect('request', memberOf(media, 'schema'), undefined, found);
    for (const [status, answer] of Object.entries(memberOf(operation, 'responses'))) {
      if (!status.startsWith('2')) continue;
      for (const media of Object.values(memberOf(answer, 'content')))
        collect('response', memberOf(media, 'schema'), undefined, found);
    }
  }
  return found;
}

function collect(
  direction: SchemaPlace['direction'],
  schema: Editable,
  holder: SchemaPlace['holder'],
  found: SchemaPlace[],
): void {
  if (Object.keys(schema).length === 0) return;
  found.push({ direction, schema, holder });
  for (const [name, property] of Object.entries(memberOf(schema, 'properties')))
    if (isEditable(property)) collect(direction, property, { schema, name }, found);
  if (isEditable(schema['items'])) collect(direction, schema['items'], undefined, found);
}
