import {
  external,
  patternFlags,
  propertyName,
  quote,
  schemaModule,
  type SchemaPrinter,
  type SourceFile,
} from 'batchwright/print';
import {
  banner,
  type Constraints,
  type Property,
  type Template,
  type Type,
} from 'batchwright/template';

/** `src/zod.ts`: a Zod 4 schema for each type of the package but the inputs of functions. */
export const template: Template = {
  name: 'zod',
  adds: () => ({ exports: { './zod': 'zod' }, optionalPeerDependencies: { zod: '^4.3.0' } }),
  files: (api) => [
    {
      path: 'src/zod.ts',
      text: banner + schemaModule(api, 'zod', (file, schemas) => new Printer(file, schemas)),
    },
  ],
};

/** Prints types as expressions that make their schemas. */
class Printer implements SchemaPrinter {
  readonly #file: SourceFile;
  readonly #schemas: ReadonlyMap<string, string>;
  readonly #z: string;

  constructor(file: SourceFile, schemas: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#schemas = schemas;
    this.#z = file.uses(external('z', 'zod'));
  }

  /** A schema is made when it is first used: an import costs nothing, and types may hold themselves. */
  declaration(name: string, type: Type): string {
    const z = this.#z;
    const schema = this.#schemas.get(name) ?? name;
    return `/** Checks {@link ${name}}. */\nexport const ${schema}: ${z}.ZodType<${this.#file.nameOf(name)}> = /* @__PURE__ */ ${z}.lazy(() => ${this.#schema(type)});\n`;
  }

  #schema(type: Type): string {
    const z = this.#z;
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type);
      case 'literals':
        return `${z}.literal([${type.values.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(', ')}])`;
      case 'array':
        return `${z}.array(${this.#schema(type.items)})${this.#ofList(type.constraints)}`;
      case 'tuple': {
        const rest = type.rest ? `, ${this.#schema(type.rest)}` : '';
        return `${z}.tuple([${this.#list(type.items)}]${rest})${this.#ofList(type.constraints)}`;
      }
      case 'record':
        return `${z}.record(${z}.string(), ${this.#schema(type.values)})${this.#ofObject(type.constraints)}`;
      case 'object': {
        const members = type.properties.map((property) => this.#member(property)).join(' ');
        const rest = type.rest ? `.catchall(${this.#schema(type.rest)})` : '';
        return `${z}.looseObject({ ${members} })${rest}${this.#ofObject(type.constraints)}`;
      }
      case 'union':
        return `${z}.union([${this.#list(type.members)}])`;
      case 'intersection':
        return type.members
          .map((member) => this.#schema(member))
          .reduce((all, schema) => `${z}.intersection(${all}, ${schema})`);
      case 'named':
        return this.#schemas.get(type.name) ?? `${z}.any()`;
      case 'stream':
        return `${z}.any()`;
    }
  }

  #list(types: readonly Type[]): string {
    return types.map((type) => this.#schema(type)).join(', ');
  }

  #member({ name, type, required }: Property): string {
    // As a plain member it would set the prototype.
    const key = name === '__proto__' ? `['__proto__']` : propertyName(name);
    return `${key}: ${this.#schema(type)}${required ? '' : '.exactOptional()'},`;
  }

  #scalar({ name, constraints = {} }: Extract<Type, { readonly kind: 'scalar' }>): string {
    const z = this.#z;
    switch (name) {
      case 'string':
        return this.#string(constraints);
      case 'number':
        return this.#number(constraints);
      case 'bigint':
        return this.#bigint(constraints);
      case 'date':
        return `${z}.date()`;
      case 'instant':
        return `${z}.custom<${this.#file.instant()}>((value) => typeof ${this.#file.global('Object')}(value).epochNanoseconds === 'bigint')`;
      case 'binary':
        return `${z}.instanceof(${this.#file.global('Blob')})`;
      case 'stream':
        return `${z}.instanceof(${this.#file.global('ReadableStream')})`;
      case 'buffer': {
        const buffer = this.#file.global('ArrayBuffer');
        const isBuffer = `(value) => value instanceof ${buffer} || ${buffer}.isView(value)`;
        return `${z}.custom<${this.#file.global('BufferSource')}>(${isBuffer})`;
      }
      case 'void':
        return `${z}.undefined()`;
      case 'boolean':
      case 'null':
      case 'unknown':
      case 'never':
        return `${z}.${name}()`;
    }
  }

  #number(constraints: Constraints): string {
    const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } =
      constraints;
    return [
      `${this.#z}.number()`,
      // `int()` refuses what is not a safe integer, which an int64 may be.
      integer ? `.refine((value) => value % 1 === 0, 'Expected an integer')` : '',
      bound('gte', minimum),
      bound('lte', maximum),
      bound('gt', exclusiveMinimum),
      bound('lt', exclusiveMaximum),
      bound('multipleOf', multipleOf),
    ].join('');
  }

  #bigint({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Constraints): string {
    return [
      `${this.#z}.bigint()`,
      bigBound('gte', minimum),
      bigBound('lte', maximum),
      bigBound('gt', exclusiveMinimum),
      bigBound('lt', exclusiveMaximum),
    ].join('');
  }

  #string({ format, pattern, minLength, maxLength }: Constraints): string {
    const flags = pattern === undefined ? undefined : patternFlags(pattern);
    // JSON Schema counts characters, Zod counts UTF-16 code units.
    const length = (operator: '>=' | '<=', limit: number | undefined): string =>
      limit === undefined
        ? ''
        : `.refine((value) => [...value].length ${operator} ${limit}, 'Expected ${operator} ${limit} characters')`;
    return [
      `${this.#z}.${formats.get(format ?? '') ?? 'string()'}`,
      pattern === undefined || flags === undefined
        ? ''
        : `.regex(new ${this.#file.global('RegExp')}(${quote(pattern)}, '${flags}'))`,
      length('>=', minLength),
      length('<=', maxLength),
    ].join('');
  }

  #ofList({ minItems, maxItems, uniqueItems }: Constraints = {}): string {
    const isUnique = `(items) => new ${this.#file.global('Set')}(items.map((item) => ${this.#file.global('JSON')}.stringify(item, (_, part) => (typeof part === 'bigint' ? String(part) : part)))).size === items.length`;
    return [
      atLeast('items.length', 'items', minItems),
      atMost('items.length', 'items', maxItems),
      uniqueItems ? `.refine(${isUnique}, 'Expected items without repetition')` : '',
    ].join('');
  }

  #ofObject({ minProperties, maxProperties }: Constraints = {}): string {
    const size = `${this.#file.global('Object')}.keys(items).length`;
    return atLeast(size, 'properties', minProperties) + atMost(size, 'properties', maxProperties);
  }
}

/** Zod's own checks of formats; a format that it does not have is an annotation. */
const formats: ReadonlyMap<string, string> = new Map([
  ['date', 'iso.date()'],
  ['date-time', 'iso.datetime({ offset: true })'],
  ['email', 'email()'],
  ['ipv4', 'ipv4()'],
  ['ipv6', 'ipv6()'],
  ['uri', 'url()'],
  ['uuid', 'guid()'],
]);

function bound(method: string, limit: number | undefined): string {
  return limit === undefined ? '' : `.${method}(${limit})`;
}

/** A bound that the document's number is exactly: beyond 2^53 it was rounded when it was read. */
function bigBound(method: string, limit: number | undefined): string {
  return Number.isSafeInteger(limit) ? `.${method}(${limit}n)` : '';
}

function atLeast(size: string, things: string, limit: number | undefined): string {
  return limit === undefined
    ? ''
    : `.refine((items) => ${size} >= ${limit}, 'Expected at least ${limit} ${things}')`;
}

function atMost(size: string, things: string, limit: number | undefined): string {
  return limit === undefined
    ? ''
    : `.refine((items) => ${size} <= ${limit}, 'Expected at most ${limit} ${things}')`;
}
