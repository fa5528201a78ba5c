import {
  boundsTest,
  quote,
  regExp,
  ruleTests,
  schemaModule,
  type SchemaPrinter,
  type SourceFile,
  type,
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

/** `src/standard-schema.ts`: a schema without dependencies for each type of data: https://standardschema.dev. */
export const template: Template = {
  name: 'standard-schema',
  adds: () => ({ exports: { './standard-schema': 'standard-schema' } }),
  files: (api) => [
    {
      path: 'src/standard-schema.ts',
      text:
        banner +
        schemaModule(api, 'standard-schema', (file, schemas) => new Printer(file, schemas)),
    },
  ],
};

/** Prints types as expressions that make their checks. */
class Printer implements SchemaPrinter {
  readonly #file: SourceFile;
  readonly #schemas: ReadonlyMap<string, string>;

  constructor(file: SourceFile, schemas: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#schemas = schemas;
  }

  declaration(name: string, declared: Type): string {
    const home = 'runtime/schema/standard-schema';
    const interfaceName = this.#file.uses(type('StandardSchema', home));
    const make = this.#file.uses(value('schema', home));
    const typed = this.#file.nameOf(name);
    return `/** Checks {@link ${name}}. */\nexport const ${this.#schemas.get(name) ?? name}: ${interfaceName}<${typed}> = /* @__PURE__ */ ${make}<${typed}>(() => ${this.#check(declared)});\n`;
  }

  #use(name: string): string {
    return this.#file.uses(value(name, 'runtime/schema/checks'));
  }

  #check(type: Type): string {
    const whole = wholeRuleOf(type);
    const names = { all: 'all', any: 'union', one: 'exactlyOne' } as const;
    const check = whole
      ? `${this.#use(names[whole.kind])}(${this.#list(whole.types)})`
      : this.#bare(type);
    const tests = [
      ...(type.kind === 'scalar' && type.name === 'unknown'
        ? boundsTest(type.constraints, this.#file)
        : []),
      ...ruleTests(type, this.#file, (one) => this.#schemaOf(one)),
    ];
    if (tests.length === 0) return check;
    const tested = tests.map(
      ({ test, message }) => `${this.#use('tested')}(${test}, ${quote(message)})`,
    );
    return `${this.#use('all')}(${[check, ...tested].join(', ')})`;
  }

  expression(type: Type): string {
    return this.#schemaOf(type);
  }

  /** The schema of a type inside a rule. */
  #schemaOf(type: Type): string {
    const known = type.kind === 'named' && !type.constraints && this.#schemas.get(type.name);
    const make = value('schema', 'runtime/schema/standard-schema');
    return known || `${this.#file.uses(make)}(() => ${this.#check(type)})`;
  }

  #bare(type: Type): string {
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type);
      case 'literals':
        return `${this.#use('literal')}(${type.values.map((one) => (typeof one === 'string' ? quote(one) : String(one))).join(', ')})`;
      case 'array':
        return call(this.#use('list'), this.#check(type.items), itemBounds(type.constraints));
      case 'tuple': {
        const required = type.required === undefined ? undefined : String(type.required);
        const rest = type.rest && this.#check(type.rest);
        return call(
          this.#use('tuple'),
          `[${this.#list(type.items)}]`,
          rest,
          itemBounds(type.constraints),
          required,
        );
      }
      case 'record':
        return call(
          this.#use('object'),
          '[]',
          type.constraints?.patterns ? this.#use('any') : this.#check(type.values),
          memberBounds(type.constraints),
        );
      case 'object': {
        const members = type.properties.map((property) => this.#member(property)).join(', ');
        const isStrict = type.constraints?.closed && !type.constraints.patterns;
        const rest = isStrict ? this.#use('none') : undefined;
        return call(this.#use('object'), `[${members}]`, rest, memberBounds(type.constraints));
      }
      case 'union':
        return `${this.#use('union')}(${this.#list(type.members)})`;
      case 'intersection':
        return `${this.#use('all')}(${this.#list(type.members)})`;
      case 'named': {
        const known = this.#schemas.get(type.name);
        const of = value('of', 'runtime/schema/standard-schema');
        return known === undefined ? this.#use('any') : `${this.#file.uses(of)}(${known})`;
      }
      case 'stream':
        return this.#use('any');
    }
  }

  #list(types: readonly Type[]): string {
    return types.map((type) => this.#check(type)).join(', ');
  }

  #member({ name, type, required }: Property): string {
    return `[${quote(name)}, ${this.#check(type)}${required ? '' : `, 'optional'`}]`;
  }

  #scalar({ name, constraints = {} }: Extract<Type, { readonly kind: 'scalar' }>): string {
    const { global } = this.#file;
    switch (name) {
      case 'string':
        return call(this.#use('string'), this.#stringBounds(constraints));
      case 'number':
        return call(this.#use('number'), numberBounds(constraints));
      case 'bigint':
        return call(this.#use('bigint'), bigBounds(constraints));
      case 'date':
        return this.#use('date');
      case 'instant':
        return this.#use('instant');
      case 'boolean':
        return `${this.#use('typed')}('boolean')`;
      case 'void':
        return `${this.#use('typed')}('undefined')`;
      case 'null':
        return `${this.#use('literal')}(null)`;
      case 'binary':
        return `${this.#use('instance')}(${global('Blob')})`;
      case 'buffer':
        return this.#use('buffer');
      case 'stream':
        return `${this.#use('instance')}(${global('ReadableStream')})`;
      case 'unknown':
        return this.#use('any');
      case 'never':
        return this.#use('none');
    }
  }

  #stringBounds({ format, pattern, minLength, maxLength }: Constraints): string | undefined {
    return members({
      format: format === undefined ? undefined : quote(format),
      pattern: pattern === undefined ? undefined : regExp(pattern, this.#file),
      minLength,
      maxLength,
    });
  }
}

function numberBounds({
  integer,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
}: Constraints): string | undefined {
  return members({ integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf });
}

/** Bounds that the document's numbers are exactly: beyond 2^53 they were rounded when they were read. */
function bigBounds({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: Constraints): string | undefined {
  const exact = (limit: number | undefined): string | undefined =>
    Number.isSafeInteger(limit) ? `${limit}n` : undefined;
  return members({
    minimum: exact(minimum),
    maximum: exact(maximum),
    exclusiveMinimum: exact(exclusiveMinimum),
    exclusiveMaximum: exact(exclusiveMaximum),
  });
}

function itemBounds({ minItems, maxItems, uniqueItems }: Constraints = {}): string | undefined {
  return members({ least: minItems, most: maxItems, unique: uniqueItems });
}

function memberBounds({ minProperties, maxProperties }: Constraints = {}): string | undefined {
  return members({ least: minProperties, most: maxProperties });
}

/** An object literal of what is there; undefined where nothing is. */
function members(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): string | undefined {
  const given = Object.entries(values).filter(([, one]) => one !== undefined);
  return given.length === 0
    ? undefined
    : `{ ${given.map(([name, one]) => `${name}: ${String(one)}`).join(', ')} }`;
}

/** A call without the arguments at its end that are not there. */
function call(name: string, ...values: readonly (string | undefined)[]): string {
  const last = values.findLastIndex((one) => one !== undefined);
  return `${name}(${values
    .slice(0, last + 1)
    .map((one) => one ?? 'undefined')
    .join(', ')})`;
}
