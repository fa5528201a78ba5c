import { external, printModule, propertyName, quote, type SourceFile } from 'batchwright/print';
import { type Api, banner, type Property, type Template, type Type } from 'batchwright/template';

/** A schema to print: its type's name, and the type. */
interface Schema {
  readonly name: string;
  readonly type: Type;
}

/** `src/zod.ts`: a Zod schema for the body of each operation, and for the types that bodies refer to. */
export const template: Template = {
  name: 'zod-bodies',
  adds: () => ({ exports: { './zod': 'zod' }, peerDependencies: { zod: '^4.3.0' } }),
  files(api) {
    const schemas = schemasOf(api);
    const declares = schemas.map(({ name }) => schemaName(name));
    const text = printModule({ module: 'zod', modules: api.modules, declares }, (file) =>
      schemas.map((schema) => declaration(schema, file)).join('\n'),
    );
    return [{ path: 'src/zod.ts', text: banner + text }];
  },
};

function schemasOf({ groups, types }: Api): readonly Schema[] {
  const bodies = groups
    .flatMap(({ operations }) => operations)
    .flatMap(({ types: names, body }) => (body ? [{ name: names.body, type: body.type }] : []));
  const declared = new Map(types.map((type) => [type.name, type]));
  const found = new Map<string, Schema>();
  const collect = (type: Type): void => {
    if (type.kind === 'named' && !found.has(type.name)) {
      const schema = declared.get(type.name);
      if (!schema) return;
      found.set(type.name, schema);
      collect(schema.type);
    }
    partsOf(type).forEach(collect);
  };
  bodies.forEach(({ type }) => collect(type));
  return [...bodies, ...found.values()];
}

/** The types that a type is made of. */
function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'array':
    case 'stream':
      return [type.items];
    case 'tuple':
      return [...type.items, ...(type.rest ? [type.rest] : [])];
    case 'record':
      return [type.values];
    case 'object':
      return [...type.properties.map((one) => one.type), ...(type.rest ? [type.rest] : [])];
    case 'union':
    case 'intersection':
      return type.members;
    case 'scalar':
    case 'literals':
    case 'named':
      return [];
  }
}

function schemaName(name: string): string {
  return `${name}Schema`;
}

function declaration({ name, type }: Schema, file: SourceFile): string {
  const z = file.uses(external('z', 'zod'));
  return `export const ${schemaName(name)}: ${z}.ZodType<${file.nameOf(name)}> = ${schema(type, file)};\n`;
}

function schema(type: Type, file: SourceFile): string {
  const z = file.uses(external('z', 'zod'));
  const all = (types: readonly Type[]): string => types.map((one) => schema(one, file)).join(', ');
  switch (type.kind) {
    case 'scalar':
      if (type.name === 'binary') return `${z}.instanceof(${file.global('Blob')})`;
      if (type.name === 'stream') return `${z}.instanceof(${file.global('ReadableStream')})`;
      if (type.name === 'buffer') return `${z}.custom<${file.global('BufferSource')}>()`;
      return `${z}.${type.name}()`;
    case 'literals':
      return `${z}.literal([${type.values.map((one) => (typeof one === 'string' ? quote(one) : String(one))).join(', ')}])`;
    case 'array':
      return `${z}.array(${schema(type.items, file)})`;
    case 'tuple':
      return `${z}.tuple([${all(type.items)}]${type.rest ? `, ${schema(type.rest, file)}` : ''})`;
    case 'record':
      return `${z}.record(${z}.string(), ${schema(type.values, file)})`;
    case 'object': {
      const members = type.properties.map((property) => member(property, file)).join(' ');
      const rest = type.rest ? schema(type.rest, file) : `${z}.unknown()`;
      return `${z}.object({ ${members} }).catchall(${rest})`;
    }
    case 'stream':
      // Nothing that is sent, and so in no body.
      return `${z}.any()`;
    case 'union':
      return `${z}.union([${all(type.members)}])`;
    case 'intersection':
      return type.members
        .map((one) => schema(one, file))
        .reduce((a, b) => `${z}.intersection(${a}, ${b})`);
    case 'named':
      // Types may contain themselves.
      return `${z}.lazy(() => ${schemaName(type.name)})`;
  }
}

function member({ name, type, required }: Property, file: SourceFile): string {
  return `${propertyName(name)}: ${schema(type, file)}${required ? '' : '.exactOptional()'},`;
}
