import {
  anythingOf,
  type BoundName,
  boundsTest,
  external,
  inheritingTests,
  propertyName,
  quote,
  regExp,
  ruleTests,
  schemaModule,
  type SchemaPrinter,
  type SchemaTest,
  type SourceFile,
  value,
  wholeRuleOf,
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

  expression(type: Type): string {
    return this.#schema(type);
  }

  #schema(type: Type): string {
    const whole = wholeRuleOf(type);
    const tests = ruleTests(type, this.#file, (one) => this.#schema(one));
    const checks = tests.map((test) => this.#check(test));
    if (!whole) return this.#bare(type, checks);
    const list = this.#list(whole.types);
    if (whole.types.length === 1) return this.#piped(list, checks);
    if (whole.kind === 'any') return this.#piped(`${this.#use('union')}([${list}])`, checks);
    const own = ruleTests(anythingOf(whole), this.#file, (one) => this.#schema(one));
    return this.#piped(`${this.#use('any')}()`, [
      ...own.map((test) => this.#check(test)),
      ...checks,
    ]);
  }

  #check({ test, message }: SchemaTest): string {
    return `${this.#use('check')}(${test}, ${quote(message)})`;
  }

  /** To Valibot, a list is an object. */
  #isObject(): SchemaTest {
    const test = this.#file.uses(value('isObject', 'runtime/schema/tests'));
    return { test, message: 'Expected object' };
  }

  /** A schema of what has passed a test: the schema itself would change it before. */
  #of(test: SchemaTest | undefined, schema: string): string {
    if (!test) return schema;
    const custom = `${this.#use('custom')}<any>(${test.test}, ${quote(test.message)})`;
    return this.#piped(custom, [schema]);
  }

  #bounds(constraints: Constraints | undefined, ...names: readonly BoundName[]): readonly string[] {
    const given = names.length === 0 ? undefined : names;
    return boundsTest(constraints, this.#file, given).map((test) => this.#check(test));
  }

  #bare(type: Type, rules: readonly string[]): string {
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type, rules);
      case 'literals':
        return this.#piped(this.#literals(type.values), rules);
      case 'array':
        return this.#piped(`${this.#use('array')}(${this.#schema(type.items)})`, [
          ...this.#bounds(type.constraints, 'minItems', 'maxItems', 'uniqueItems'),
          ...rules,
        ]);
      case 'tuple': {
        const { required = type.items.length, constraints } = type;
        const [size] = boundsTest({ minItems: required }, this.#file);
        return this.#piped(this.#of(size, this.#tuple(type)), [
          ...this.#bounds(constraints, 'minItems', 'maxItems', 'uniqueItems'),
          ...rules,
        ]);
      }
      case 'record': {
        const isOpen = type.constraints?.patterns !== undefined;
        const values = isOpen ? `${this.#use('any')}()` : this.#schema(type.values);
        const record = `${this.#use('record')}(${this.#use('string')}(), ${values})`;
        return this.#piped(this.#of(this.#isObject(), record), [
          ...this.#bounds(type.constraints, 'minProperties', 'maxProperties'),
          ...rules,
        ]);
      }
      case 'object': {
        const inheriting = inheritingTests(type, this.#file, (one) => this.#schema(one));
        const size = this.#bounds(type.constraints, 'minProperties', 'maxProperties');
        if (inheriting)
          return this.#piped(`${this.#use('any')}()`, [
            ...inheriting.map((test) => this.#check(test)),
            ...size,
            ...rules,
          ]);
        const members = type.properties.map((property) => this.#member(property)).join(' ');
        const isStrict = type.constraints?.closed && !type.constraints.patterns;
        const object = `${this.#use(isStrict ? 'strictObject' : 'looseObject')}({ ${members} })`;
        return this.#piped(this.#of(this.#isObject(), object), [...size, ...rules]);
      }
      case 'union':
        return this.#piped(`${this.#use('union')}([${this.#list(type.members)}])`, rules);
      case 'intersection':
        return this.#piped(`${this.#use('intersect')}([${this.#list(type.members)}])`, rules);
      case 'named':
        return this.#piped(this.#schemas.get(type.name) ?? `${this.#use('any')}()`, rules);
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

  #list(types: readonly Type[]): string {
    return types.map((type) => this.#schema(type)).join(', ');
  }

  #member({ name, type, required }: Property): string {
    const schema = this.#schema(type);
    return `${propertyName(name)}: ${required ? schema : `${this.#use('exactOptional')}(${schema})`},`;
  }

  #scalar(
    { name, constraints = {} }: Extract<Type, { readonly kind: 'scalar' }>,
    rules: readonly string[],
  ): string {
    const { global } = this.#file;
    switch (name) {
      case 'string': {
        const { format = '', pattern, minLength, maxLength } = constraints;
        const action = formats.get(format);
        const expression = pattern === undefined ? undefined : regExp(pattern, this.#file);
        return this.#piped(`${this.#use('string')}()`, [
          ...(action === undefined ? [] : [`${this.#use(action)}()`]),
          ...(expression === undefined ? [] : [`${this.#use('regex')}(${expression})`]),
          // JSON Schema counts characters, `minLength` counts UTF-16 code units.
          ...this.#bounds({ minLength, maxLength }),
          ...rules,
        ]);
      }
      case 'number':
        return this.#piped(`${this.#use('number')}()`, [
          `${this.#use('finite')}()`,
          ...this.#limits(String, constraints),
          ...this.#bounds(constraints, 'integer', 'multipleOf'),
          ...rules,
        ]);
      case 'bigint':
        return this.#piped(`${this.#use('bigint')}()`, [
          // Beyond 2^53 the document's number was rounded when it was read.
          ...this.#limits(
            (limit) => (Number.isSafeInteger(limit) ? `${limit}n` : undefined),
            constraints,
          ),
          ...rules,
        ]);
      case 'date':
        return this.#piped(`${this.#use('date')}()`, rules);
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
        return this.#piped(`${this.#use('null_')}()`, rules);
      case 'unknown':
        return this.#piped(`${this.#use('unknown')}()`, [...this.#bounds(constraints), ...rules]);
      case 'boolean':
      case 'never':
        return this.#piped(`${this.#use(name)}()`, rules);
    }
  }

  #limits(
    textOf: (limit: number) => string | undefined,
    { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Constraints,
  ): readonly string[] {
    return Object.entries({
      minValue: minimum,
      maxValue: maximum,
      gtValue: exclusiveMinimum,
      ltValue: exclusiveMaximum,
    }).flatMap(([name, limit]) => {
      const text = limit === undefined ? undefined : textOf(limit);
      return text === undefined ? [] : [`${this.#use(name)}(${text})`];
    });
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
