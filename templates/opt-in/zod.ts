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
  wholeRuleOf,
} from 'batchwright/print';
import {
  type Api,
  banner,
  type Constraints,
  type Property,
  type Template,
  type Type,
} from 'batchwright/template';

/** `src/zod.ts`: a Zod 4 schema for each type of the package but the inputs of functions. */
export const template: Template = {
  ...zod('zod'),
  configure({ mini, ...others }) {
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new Error(`zod has no option \`${unknown}\``);
    if (mini !== undefined && typeof mini !== 'boolean') throw new Error('`mini` is a boolean');
    return zod(mini ? 'zod/mini' : 'zod');
  },
};

function zod(library: 'zod' | 'zod/mini'): Template {
  return {
    name: 'zod',
    adds: () => ({ exports: { './zod': 'zod' }, optionalPeerDependencies: { zod: '^4.3.0' } }),
    files: (api) => [
      {
        path: 'src/zod.ts',
        text:
          banner +
          schemaModule(api, 'zod', (file, schemas) => new Printer(api, file, schemas, library)),
      },
    ],
  };
}

/** Prints types as expressions that make their schemas: those that Zod and Zod Mini both have. */
class Printer implements SchemaPrinter {
  readonly #file: SourceFile;
  readonly #schemas: ReadonlyMap<string, string>;
  readonly #z: string;
  readonly #type: string;
  readonly #types: ReadonlyMap<string, Type>;

  constructor(
    api: Api,
    file: SourceFile,
    schemas: ReadonlyMap<string, string>,
    library: 'zod' | 'zod/mini',
  ) {
    this.#types = new Map(api.types.map(({ name, type }) => [name, type]));
    this.#file = file;
    this.#schemas = schemas;
    this.#z = file.uses(external('z', library));
    this.#type = library === 'zod' ? 'ZodType' : 'ZodMiniType';
  }

  /** A schema is made when it is first used: an import costs nothing, and types may hold themselves. */
  declaration(name: string, type: Type): string {
    const z = this.#z;
    const schema = this.#schemas.get(name) ?? name;
    return `/** Checks {@link ${name}}. */\nexport const ${schema}: ${z}.${this.#type}<${this.#file.nameOf(name)}> = /* @__PURE__ */ ${z}.lazy(() => ${this.#schema(type)});\n`;
  }

  expression(type: Type): string {
    return this.#schema(type);
  }

  #schema(type: Type): string {
    const whole = wholeRuleOf(type);
    const tests = ruleTests(type, this.#file, (one) => this.#schema(one));
    const checks = tests.map((test) => this.#refine(test));
    if (!whole) return this.#bare(type, checks);
    const list = this.#list(whole.types);
    if (whole.types.length === 1) return checked(list, checks);
    if (whole.kind !== 'all')
      return checked(`${this.#z}.${whole.kind === 'one' ? 'xor' : 'union'}([${list}])`, checks);
    // `intersection` lets through what one of two closed objects names.
    return checked(`${this.#z}.any()`, [...this.#all(whole.types), ...checks]);
  }

  #all(types: readonly Type[]): readonly string[] {
    const tests = ruleTests(anythingOf({ kind: 'all', types }), this.#file, (one) =>
      this.#schema(one),
    );
    return tests.map((test) => this.#refine(test));
  }

  /** Whether a type names all members that its objects may have. */
  #isClosed(type: Type, seen = new Set<Type>()): boolean {
    if (seen.has(type)) return false;
    seen.add(type);
    if (type.kind === 'object') return type.constraints?.closed === true;
    const target = type.kind === 'named' && this.#types.get(type.name);
    if (target) return this.#isClosed(target, seen);
    return 'members' in type && type.members.some((member) => this.#isClosed(member, seen));
  }

  #refine({ test, message }: SchemaTest): string {
    return `${this.#z}.refine(${test}, ${quote(message)})`;
  }

  #bounds(constraints: Constraints | undefined, ...names: readonly BoundName[]): readonly string[] {
    const given = names.length === 0 ? undefined : names;
    return boundsTest(constraints, this.#file, given).map((test) => this.#refine(test));
  }

  #bare(type: Type, rules: readonly string[]): string {
    const z = this.#z;
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type, rules);
      case 'literals':
        return checked(
          `${z}.literal([${type.values.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(', ')}])`,
          rules,
        );
      case 'array':
        return checked(`${z}.array(${this.#schema(type.items)})`, [
          ...this.#bounds(type.constraints, 'minItems', 'maxItems', 'uniqueItems'),
          ...rules,
        ]);
      case 'tuple': {
        const rest = type.rest ? `, ${this.#schema(type.rest)}` : '';
        const { required = type.items.length } = type;
        const items = type.items.map((item, index) =>
          index < required ? this.#schema(item) : `${z}.optional(${this.#schema(item)})`,
        );
        return checked(`${z}.tuple([${items.join(', ')}]${rest})`, [
          ...this.#bounds(type.constraints, 'minItems', 'maxItems', 'uniqueItems'),
          ...rules,
        ]);
      }
      case 'record': {
        const values = type.constraints?.patterns ? `${z}.any()` : this.#schema(type.values);
        return checked(`${z}.record(${z}.string(), ${values})`, [
          ...this.#bounds(type.constraints, 'minProperties', 'maxProperties'),
          ...rules,
        ]);
      }
      case 'object': {
        const inheriting = inheritingTests(type, this.#file, (one) => this.#schema(one));
        const size = this.#bounds(type.constraints, 'minProperties', 'maxProperties');
        if (inheriting)
          return checked(`${z}.any()`, [
            ...inheriting.map((test) => this.#refine(test)),
            ...size,
            ...rules,
          ]);
        const members = type.properties.map((property) => this.#member(property)).join(' ');
        const isStrict = type.constraints?.closed && !type.constraints.patterns;
        return checked(`${z}.${isStrict ? 'strictObject' : 'looseObject'}({ ${members} })`, [
          ...size,
          ...rules,
        ]);
      }
      case 'union':
        return checked(`${z}.union([${this.#list(type.members)}])`, rules);
      case 'intersection': {
        const all = type.members.map((member) => this.#schema(member));
        const both = all.reduce((left, right) => `${z}.intersection(${left}, ${right})`);
        // It lets through what only one of its members does not name.
        const closed = type.members.filter((member) => this.#isClosed(member));
        const own = closed.length === 0 ? [] : this.#all(closed);
        return checked(both, [...own, ...rules]);
      }
      case 'named':
        return checked(this.#schemas.get(type.name) ?? `${z}.any()`, rules);
      case 'stream':
        return `${z}.any()`;
    }
  }

  #list(types: readonly Type[]): string {
    return types.map((type) => this.#schema(type)).join(', ');
  }

  #member({ name, type, required }: Property): string {
    const schema = this.#schema(type);
    return `${propertyName(name)}: ${required ? schema : `${this.#z}.exactOptional(${schema})`},`;
  }

  #scalar(
    { name, constraints = {} }: Extract<Type, { readonly kind: 'scalar' }>,
    rules: readonly string[],
  ): string {
    const z = this.#z;
    const { global } = this.#file;
    switch (name) {
      case 'string': {
        const { format = '', pattern, minLength, maxLength } = constraints;
        const expression = pattern === undefined ? undefined : regExp(pattern, this.#file);
        return checked(`${z}.${formats.get(format) ?? 'string()'}`, [
          ...(expression === undefined ? [] : [`${z}.regex(${expression})`]),
          // JSON Schema counts characters, Zod counts UTF-16 code units.
          ...this.#bounds({ minLength, maxLength }),
          ...rules,
        ]);
      }
      case 'number':
        return checked(`${z}.number()`, [...this.#ofNumber(constraints), ...rules]);
      case 'bigint':
        return checked(`${z}.bigint()`, [
          ...limits(
            (limit) => (Number.isSafeInteger(limit) ? `${limit}n` : undefined),
            constraints,
          ).map((limit) => `${z}.${limit}`),
          ...rules,
        ]);
      case 'date':
        return checked(`${z}.date()`, rules);
      case 'instant':
        return checked(
          `${z}.custom<${this.#file.instant()}>((value) => typeof ${global('Object')}(value).epochNanoseconds === 'bigint')`,
          rules,
        );
      case 'binary':
        return `${z}.instanceof(${global('Blob')})`;
      case 'stream':
        return `${z}.instanceof(${global('ReadableStream')})`;
      case 'buffer': {
        const buffer = global('ArrayBuffer');
        const isBuffer = `(value) => value instanceof ${buffer} || ${buffer}.isView(value)`;
        return `${z}.custom<${global('BufferSource')}>(${isBuffer})`;
      }
      case 'void':
        return `${z}.undefined()`;
      case 'unknown':
        return checked(`${z}.unknown()`, [...this.#bounds(constraints), ...rules]);
      case 'boolean':
      case 'null':
      case 'never':
        return checked(`${z}.${name}()`, rules);
    }
  }

  #ofNumber(constraints: Constraints): readonly string[] {
    return [
      ...limits(String, constraints).map((limit) => `${this.#z}.${limit}`),
      // `int()` refuses what is not a safe integer, which an int64 may be.
      ...this.#bounds(constraints, 'integer', 'multipleOf'),
    ];
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

function checked(schema: string, checks: readonly string[]): string {
  return checks.length === 0 ? schema : `${schema}.check(${checks.join(', ')})`;
}

/** Bounds of a number that are exactly the document's: beyond 2^53 they were rounded when they were read. */
function limits(
  textOf: (limit: number) => string | undefined,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Constraints,
): readonly string[] {
  return Object.entries({
    gte: minimum,
    lte: maximum,
    gt: exclusiveMinimum,
    lt: exclusiveMaximum,
  }).flatMap(([name, limit]) => {
    const text = limit === undefined ? undefined : textOf(limit);
    return text === undefined ? [] : [`${name}(${text})`];
  });
}
