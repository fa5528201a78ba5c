import { isObject, type MutableObject } from '../../json/narrow.ts';
import { data, fieldOf, shapes, type Shape } from '../structure.ts';

/** Turns each schema below a value, in place, into what OpenAPI 3.0 means by it. */
export function upgradeSchemas(value: unknown, shape: Shape): void {
  if (Array.isArray(value)) {
    for (const item of value) upgradeSchemas(item, shape);
    return;
  }
  if (!isObject(value)) return;
  if (shape === shapes.schema) upgradeSchema(value);
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null) continue;
    const field = fieldOf(shape, key);
    if (field.shape !== data) upgradeSchemas(child, field.shape);
  }
}

/** Turns one schema, without those inside it, into what OpenAPI 3.0 means by it. */
export function upgradeSchema(schema: MutableObject): void {
  const { discriminator, type } = schema;
  if (typeof discriminator === 'string') schema['discriminator'] = { propertyName: discriminator };
  if (schema['x-nullable'] === true) schema['nullable'] = true;
  delete schema['x-nullable'];
  delete schema['collectionFormat'];
  if (type === 'file') Object.assign(schema, { type: 'string', format: 'binary' });
  if (type === 'null' || Array.isArray(type)) upgradeTypes(schema, [type].flat());
}

/** Swagger's schema allows lists of types, as JSON Schema does; OpenAPI 3.0 has one type and `nullable`. */
function upgradeTypes(schema: MutableObject, types: readonly unknown[]): void {
  const others = types.filter((type) => type !== 'null');
  if (others.length < types.length) schema['nullable'] = true;
  delete schema['type'];
  if (others.length === 1) [schema['type']] = others;
  if (others.length > 1 && schema['anyOf'] === undefined) {
    schema['anyOf'] = others.map((type) => ({ type }));
  }
  if (others.length === 0) schema['enum'] = [null];
}
