import {
  all,
  any,
  exactlyOne,
  list,
  literal,
  none,
  number,
  object,
  string,
  tested,
  tuple,
  typed,
  union,
} from '../schema/checks.js';
import { type Check, issuesOf, schema } from '../schema/standard-schema.js';
import * as tests from '../schema/tests.js';
import { type Demands, expressionOf, type Rule, type Shape, type Shapes } from './shape.js';

/** Checks JSON by shapes: the same tests that validators have. */
export class ShapeCheck {
  readonly #shapes: Shapes;
  readonly #known = new Map<Shape, Check>();

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
  }

  /** Whether JSON is what its shape says. */
  fits(value: unknown, shape: Shape): boolean {
    return issuesOf(value, this.#lazily(shape)).length === 0;
  }

  /** Types may hold themselves. */
  #lazily(shape: Shape): Check {
    return (value, report) => this.#of(shape)(value, report);
  }

  #of(shape: Shape): Check {
    const known = this.#known.get(shape);
    if (known) return known;
    const made = this.#make(shape);
    this.#known.set(shape, made);
    return made;
  }

  #make(shape: Shape): Check {
    const { constraints = {} } = shape;
    const { rules = [] } = constraints;
    const whole = rules.find((rule) => 'isWhole' in rule && rule.isWhole);
    const parts = [
      whole && 'types' in whole ? this.#whole(whole) : this.#bare(shape),
      ...(whole ? [] : this.#members(shape, constraints)),
      ...rules.filter((rule) => rule !== whole).map((rule) => this.#rule(rule)),
      ...(shape.kind === 'scalar' && shape.name === 'unknown'
        ? [tested(tests.within(boundsOf(constraints)), 'Expected another value')]
        : []),
    ];
    return parts.length === 1 && parts[0] ? parts[0] : all(...parts);
  }

  #whole({ kind, types }: Extract<Rule, { readonly types: readonly Shape[] }>): Check {
    const checks = types.map((type) => this.#lazily(type));
    if (kind === 'all') return all(...checks);
    return kind === 'any' ? union(...checks) : exactlyOne(...checks);
  }

  #bare(shape: Shape): Check {
    const { constraints = {} } = shape;
    const { minItems, maxItems, uniqueItems, minProperties, maxProperties } = constraints;
    const items = {
      ...(minItems !== undefined && { least: minItems }),
      ...(maxItems !== undefined && { most: maxItems }),
      ...(uniqueItems && { unique: uniqueItems }),
    };
    const size = {
      ...(minProperties !== undefined && { least: minProperties }),
      ...(maxProperties !== undefined && { most: maxProperties }),
    };
    switch (shape.kind) {
      case 'scalar':
        return scalar(shape.name, constraints);
      case 'literals':
        return literal(...shape.values);
      case 'array':
        return list(this.#lazily(shape.items), items);
      case 'tuple': {
        const first = shape.items.map((item) => this.#lazily(item));
        const rest = shape.rest && this.#lazily(shape.rest);
        return tuple(first, rest, items, shape.required ?? first.length);
      }
      case 'record':
        return object([], constraints.patterns ? any : this.#lazily(shape.values), size);
      case 'object': {
        const isStrict = constraints.closed && !constraints.patterns;
        const members = shape.properties.map(({ name, type, required }) =>
          required
            ? ([name, this.#lazily(type)] as const)
            : ([name, this.#lazily(type), 'optional'] as const),
        );
        return object(members, isStrict ? none : undefined, size);
      }
      case 'stream':
        return any;
      case 'union':
        return union(...shape.members.map((member) => this.#lazily(member)));
      case 'intersection':
        return all(...shape.members.map((member) => this.#lazily(member)));
      case 'named':
        return this.#lazily(this.#shapes.of(shape.name));
    }
  }

  #members(shape: Shape, { patterns = [], others, closed }: Demands): readonly Check[] {
    if (patterns.length === 0 && !others && !closed) return [];
    const names = shape.kind === 'object' ? shape.properties.map(({ name }) => name) : [];
    const pairs = patterns.flatMap(({ pattern, type }) => {
      const expression = expressionOf(pattern);
      return expression ? [[expression, this.#schema(type)] as const] : [];
    });
    const rest = others ? this.#schema(others) : closed ? 'none' : undefined;
    return [tested(tests.further(names, pairs, rest), 'Expected other members')];
  }

  #schema(shape: Shape): tests.AnySchema {
    return schema(() => this.#lazily(shape));
  }

  #rule(rule: Rule): Check {
    return tested(this.#test(rule), `Expected another value (${rule.kind})`);
  }

  #test(rule: Rule): tests.Test {
    const of = (shape: Shape): tests.AnySchema => this.#schema(shape);
    switch (rule.kind) {
      case 'all':
        return tests.all(...rule.types.map(of));
      case 'any':
        return tests.any(...rule.types.map(of));
      case 'one':
        return tests.one(...rule.types.map(of));
      case 'not':
        return tests.not(of(rule.type));
      case 'names':
        return tests.naming(of(rule.type));
      case 'if':
        return tests.when(of(rule.type), of(rule.met), of(rule.unmet));
      case 'contains':
        return tests.containing(of(rule.type), rule.least, rule.most);
      case 'has':
        return tests.having(...rule.names);
      case 'dependent':
        return tests.depending(rule.name, of(rule.type));
      case 'equals':
        return tests.equalTo(...rule.values);
      case 'unevaluated':
        return tests.unevaluated(
          rule.of,
          rule.by.map(({ when, isAll, names, patterns = [], first, items }) => ({
            ...(when && { when: of(when) }),
            ...(isAll && { isAll }),
            ...(names && { names }),
            patterns: patterns.flatMap((pattern) => expressionOf(pattern) ?? []),
            ...(first !== undefined && { first }),
            ...(items && { items: of(items) }),
          })),
          of(rule.type),
        );
      case 'kind':
        return tests.ofKind(rule.of, of(rule.type));
    }
  }
}

function boundsOf({ pattern, ...demands }: Demands): tests.Bounds {
  const {
    others: _o,
    patterns: _p,
    rules: _r,
    closed: _c,
    contentEncoding: _e,
    ...bounds
  } = demands;
  const expression = pattern === undefined ? undefined : expressionOf(pattern);
  return { ...bounds, ...(expression && { pattern: expression }) };
}

/** What is JSON of a scalar, whatever the client makes of it. */
function scalar(name: string, constraints: Demands): Check {
  switch (name) {
    case 'string':
      return string(boundsOf(constraints));
    case 'date':
    case 'instant':
      return string({ format: 'date-time' });
    case 'number':
      return number(boundsOf(constraints));
    case 'bigint':
      return number({ ...boundsOf(constraints), integer: true });
    case 'boolean':
      return typed('boolean');
    case 'null':
      return literal(null);
    case 'void':
      return typed('undefined');
    case 'never':
      return none;
    default:
      return any;
  }
}
