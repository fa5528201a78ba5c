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

/** `src/valibot.ts`: a Valibot schema for each type of data. */
export const template: Template = {
  name: 'valibot',
  adds: () => ({
    exports: { './valibot': 'valibot' },
    optionalPeerDependencies: { valibot: '^1.1.0' },
  }),
  files: (api) => [
    {
      path: 'src/valibot.ts',
      text: banner + schemaModule(api, 'valibot', (file, schemas) => new Printer(file, schemas)),
    },
  ],
};

/** Prints types as expressions that make their schemas. */
class Printer implements SchemaPrinter {
  readonly #file: SourceFile;
  readonly #schemas: ReadonlyMap<string, string>;

  constructor(file: SourceFile, schemas: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#schemas = schemas;
  }

  /** A schema is made when it is first used: an import costs nothing, and types may contain themselves. */
  declaration(name: string, type: Type): string {
    const generic = this.#file.uses({ ...external('GenericSchema', 'valibot'), isType: true });
    const typed = this.#file.nameOf(name);
    return `/** Checks {@link ${name}}. */\nexport const ${this.#schemas.get(name) ?? name}: ${generic}<${typed}> = /* @__PURE__ */ ${this.#use('lazy')}(() => ${this.#schema(type)});\n`;
  }

  #use(name: string): string {
    return this.#file.uses(external(name, 'valibot'));
  }

  #schema(type: Type): string {
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type);
      case 'literals':
        return this.#literals(type.values);
      case 'array':
        return this.#piped(
          `${this.#use('array')}(${this.#schema(type.items)})`,
          this.#ofList(type.constraints),
        );
      case 'tuple':
        return this.#piped(this.#tuple(type), this.#ofList(type.constraints));
      case 'record':
        return this.#piped(this.#record(type.values), this.#ofObject(type.constraints));
      case 'object': {
        const members = type.properties.map((property) => this.#member(property)).join(' ');
        const made = type.rest
          ? `${this.#use('objectWithRest')}({ ${members} }, ${this.#schema(type.rest)})`
          : `${this.#use('looseObject')}({ ${members} })`;
        return this.#piped(made, this.#ofObject(type.constraints));
      }
      case 'union':
        return `${this.#use('union')}([${this.#list(type.members)}])`;
      case 'intersection':
        return `${this.#use('intersect')}([${this.#list(type.members)}])`;
      case 'named':
        return this.#schemas.get(type.name) ?? `${this.#use('any')}()`;
      case 'stream':
        return `${this.#use('any')}()`;
    }
  }

  #literals(values: Extract<Type, { readonly kind: 'literals' }>['values']): string {
    const printed = values.map((one) =>
      one === null
        ? `${this.#use('null_')}()`
        : `${this.#use('literal')}(${typeof one === 'string' ? quote(one) : String(one)})`,
    );
    return printed.length === 1
      ? printed.join('')
      : `${this.#use('union')}([${printed.join(', ')}])`;
  }

  #tuple(type: Extract<Type, { readonly kind: 'tuple' }>): string {
    const items = type.items.map((item, index) =>
      index < (type.required ?? type.items.length)
        ? this.#schema(item)
        : `${this.#use('optional')}(${this.#schema(item)})`,
    );
    return type.rest
      ? `${this.#use('tupleWithRest')}([${items.join(', ')}], ${this.#schema(type.rest)})`
      : `${this.#use('strictTuple')}([${items.join(', ')}])`;
  }

  #record(values: Type): string {
    return `${this.#use('record')}(${this.#use('string')}(), ${this.#schema(values)})`;
  }

  #list(types: readonly Type[]): string {
    return types.map((type) => this.#schema(type)).join(', ');
  }

  #member({ name, type, required }: Property): string {
    // As a plain member it would set the prototype, and Valibot reads it from the prototype.
    const isHidden = name === '__proto__';
    const key = isHidden ? `['__proto__']` : propertyName(name);
    const schema = isHidden ? `${this.#use('any')}()` : this.#schema(type);
    return `${key}: ${required ? schema : `${this.#use('exactOptional')}(${schema})`},`;
  }

  #scalar({ name, constraints = {} }: Extract<Type, { readonly kind: 'scalar' }>): string {
    const { global } = this.#file;
    switch (name) {
      case 'string':
        return this.#piped(`${this.#use('string')}()`, this.#ofText(constraints));
      case 'number':
        return this.#piped(
          `${this.#use('pipe')}(${this.#use('number')}(), ${this.#use('finite')}())`,
          this.#ofNumber(constraints),
        );
      case 'bigint':
        return this.#piped(`${this.#use('bigint')}()`, this.#ofBigint(constraints));
      case 'date':
        return `${this.#use('date')}()`;
      case 'instant':
        return `${this.#use('custom')}<${this.#file.instant()}>((value) => typeof ${global('Object')}(value).epochNanoseconds === 'bigint')`;
      case 'binary':
        return `${this.#use('instance')}(${global('Blob')})`;
      case 'stream':
        return `${this.#use('instance')}(${global('ReadableStream')})`;
      case 'buffer':
        return `${this.#use('custom')}<${global('BufferSource')}>((value) => value instanceof ${global('ArrayBuffer')} || ${global('ArrayBuffer')}.isView(value))`;
      case 'void':
        return `${this.#use('undefined_')}()`;
      case 'null':
        return `${this.#use('null_')}()`;
      case 'boolean':
      case 'unknown':
      case 'never':
        return `${this.#use(name)}()`;
    }
  }

  #ofNumber(constraints: Constraints): readonly string[] {
    const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } =
      constraints;
    return [
      ...(integer ? [this.#check('value % 1 === 0', 'Expected an integer')] : []),
      ...this.#bound('minValue', minimum),
      ...this.#bound('maxValue', maximum),
      ...this.#bound('gtValue', exclusiveMinimum),
      ...this.#bound('ltValue', exclusiveMaximum),
      ...this.#bound('multipleOf', multipleOf),
    ];
  }

  #ofBigint({
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
  }: Constraints): readonly string[] {
    // Beyond 2^53 the document's number was rounded when it was read.
    const bound = (name: string, limit: number | undefined): readonly string[] =>
      Number.isSafeInteger(limit) ? [`${this.#use(name)}(${limit}n)`] : [];
    return [
      ...bound('minValue', minimum),
      ...bound('maxValue', maximum),
      ...bound('gtValue', exclusiveMinimum),
      ...bound('ltValue', exclusiveMaximum),
    ];
  }

  #ofText({ format, pattern, minLength, maxLength }: Constraints): readonly string[] {
    const flags = pattern === undefined ? undefined : patternFlags(pattern);
    const action = formats.get(format ?? '');
    // JSON Schema counts characters, `minLength` counts UTF-16 code units.
    return [
      ...(action === undefined ? [] : [`${this.#use(action)}()`]),
      ...(pattern === undefined || flags === undefined
        ? []
        : [
            `${this.#use('regex')}(new ${this.#file.global('RegExp')}(${quote(pattern)}, ${quote(flags)}))`,
          ]),
      ...this.#size('[...value].length', 'characters', minLength, maxLength),
    ];
  }

  #ofList({ minItems, maxItems, uniqueItems }: Constraints = {}): readonly string[] {
    const { global } = this.#file;
    return [
      ...this.#size('value.length', 'items', minItems, maxItems),
      ...(uniqueItems
        ? [
            this.#check(
              `new ${global('Set')}(value.map((item) => ${global('JSON')}.stringify(item))).size === value.length`,
              'Expected items without repetition',
            ),
          ]
        : []),
    ];
  }

  #ofObject({ minProperties, maxProperties }: Constraints = {}): readonly string[] {
    const size = `${this.#file.global('Object')}.keys(value).length`;
    return this.#size(size, 'members', minProperties, maxProperties);
  }

  #bound(action: string, limit: number | undefined): readonly string[] {
    return limit === undefined ? [] : [`${this.#use(action)}(${limit})`];
  }

  #size(
    size: string,
    things: string,
    least: number | undefined,
    most: number | undefined,
  ): readonly string[] {
    return [
      ...(least === undefined
        ? []
        : [this.#check(`${size} >= ${least}`, `Expected at least ${least} ${things}`)]),
      ...(most === undefined
        ? []
        : [this.#check(`${size} <= ${most}`, `Expected at most ${most} ${things}`)]),
    ];
  }

  #check(condition: string, message: string): string {
    return `${this.#use('check')}((value) => ${condition}, ${quote(message)})`;
  }

  #piped(schema: string, actions: readonly string[]): string {
    return actions.length === 0
      ? schema
      : `${this.#use('pipe')}(${[schema, ...actions].join(', ')})`;
  }
}

/** Valibot's own checks of formats; a format that it does not have is an annotation. */
const formats: ReadonlyMap<string, string> = new Map([
  ['date', 'isoDate'],
  ['date-time', 'isoTimestamp'],
  ['email', 'email'],
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
  ['uri', 'url'],
  ['uuid', 'uuid'],
]);
