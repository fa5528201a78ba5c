import { numberOf } from './number.js';
import type { ShapeCheck } from './check-of.js';
import { define, isNever, isNull, isObject, type Json, merged, parsed } from './json.js';
import { between, oneOf, type Random, randomOf } from './random.js';
import { DEEP, DEEPEST, type SampleOptions } from './sample-options.js';
import {
  type Demands,
  expressionOf,
  isOpen,
  type Member,
  openLast,
  type Rule,
  type Shape,
  type Shapes,
} from './shape.js';
import { text } from './text.js';

const ATTEMPTS = 40;
/** Items of a list that may have any number. */
const ITEMS = 2;

/** One attempt to make a value of a shape: JSON that its schema accepts, if luck has it. */
export class Draft {
  readonly #shapes: Shapes;
  readonly #check: ShapeCheck;
  readonly #options: SampleOptions;
  readonly #random: Random;
  readonly #attempt: number;

  constructor(shapes: Shapes, check: ShapeCheck, options: SampleOptions, attempt: number) {
    this.#shapes = shapes;
    this.#check = check;
    this.#options = options;
    this.#random = randomOf(options.seed);
    this.#attempt = attempt;
  }

  /** A value; a shape that says no kind of its own adds to what is given. */
  value(shape: Shape, depth: number, given?: unknown): unknown {
    if (depth > DEEPEST) return null;
    const { rules = [] } = shape.constraints ?? {};
    if (rules.length === 0) return this.#bare(shape, depth);
    const whole = rules.find((rule) => 'isWhole' in rule && rule.isWhole);
    const isAdded = whole || (given !== undefined && isOpen(shape));
    const base = isAdded ? given : this.#bare(shape, depth);
    const start = whole ? this.#rule(whole, base, shape, depth) : base;
    return rules
      .filter((rule) => rule !== whole)
      .reduce((value, rule) => this.#rule(rule, value, shape, depth), start);
  }

  #bare(shape: Shape, depth: number): unknown {
    const { constraints = {} } = shape;
    switch (shape.kind) {
      case 'scalar':
        return this.#scalar(shape.name, constraints, depth);
      case 'literals': {
        const [first = null, ...others] = shape.values.filter((one) => one !== null);
        return this.#options.nulls && shape.values.includes(null)
          ? null
          : oneOf(this.#random, [first, ...others]);
      }
      case 'array':
      case 'stream':
        return this.#items([], shape.items, constraints, depth);
      case 'tuple': {
        const first = shape.items.map((item) => this.value(item, depth + 1));
        return this.#items(first, undefined, constraints, depth, shape.rest);
      }
      case 'record':
        return this.#fill({}, shape.values, constraints, depth, this.#leastOf(constraints, depth));
      case 'object':
        return this.#object(shape.properties, constraints, depth);
      case 'union':
        return this.#union(shape.members, depth);
      case 'intersection':
        return openLast(shape.members).reduce<unknown>(
          (before, member) => merged(before, this.value(member, depth, before)),
          undefined,
        );
      case 'named':
        return this.value(this.#shapes.of(shape.name), depth + 1);
    }
  }

  #object(properties: readonly Member[], constraints: Demands, depth: number): Json {
    const made: Record<string, unknown> = {};
    const most = constraints.maxProperties ?? Infinity;
    const required = properties.filter((property) => property.required).length;
    let room = most - required;
    for (const { name, type, required: isRequired, shown = [] } of properties) {
      const isNeeded = isRequired || depth <= DEEP;
      if (!isNeeded || (!isRequired && (isNever(type) || room < 1))) continue;
      if (!isRequired) room -= 1;
      define(made, name, this.#shown(shown, type) ?? this.value(type, depth + 1));
    }
    const { minProperties = 0 } = constraints;
    if (Object.keys(made).length >= minProperties) return made;
    for (const { name, type } of properties)
      if (!Object.hasOwn(made, name) && Object.keys(made).length < minProperties)
        define(made, name, this.value(type, depth + 1));
    const anything: Shape = { kind: 'scalar', name: 'string' };
    return this.#fill(made, anything, constraints, depth, minProperties);
  }

  /** A value that the document shows, if it fits; the first attempt takes none that was not asked for. */
  #shown(shown: readonly string[], type: Shape): unknown {
    if (!this.#options.shown || this.#attempt > 1) return undefined;
    for (const json of shown) {
      const value = parsed(json);
      const isPlain = value !== undefined && (value !== null || this.#options.nulls);
      if (isPlain && this.#check.fits(value, type)) return value;
    }
    return undefined;
  }

  /** Further members, under names that the patterns want. */
  #fill(
    made: Record<string, unknown>,
    values: Shape,
    { patterns = [], others, closed }: Demands,
    depth: number,
    least: number,
  ): Json {
    const [pattern] = patterns;
    for (let tries = 0; Object.keys(made).length < least && tries < least + ATTEMPTS; tries += 1) {
      const plain = text(this.#random, pattern ? { pattern: pattern.pattern } : {});
      const name = pattern || tries === 0 ? plain : `${plain}${tries}`;
      if (closed && !pattern) return made;
      const fitting = patterns.find((one) => expressionOf(one.pattern)?.test(name));
      const type = fitting?.type ?? others ?? values;
      define(made, name, this.value(type, depth + 1));
    }
    return made;
  }

  #items(
    first: unknown[],
    type: Shape | undefined,
    { minItems = 0, maxItems = Infinity, uniqueItems }: Demands,
    depth: number,
    rest?: Shape,
  ): readonly unknown[] {
    const wanted =
      type && depth <= DEEP + 1 ? Math.max(ITEMS - Number(depth > 2), minItems) : minItems;
    const count = Math.min(wanted, maxItems);
    const items = type ?? rest;
    if (!items || isNever(items)) return first;
    const seen = new Set(first.map((one) => JSON.stringify(one)));
    for (let tries = 0; first.length < count && tries < count + ATTEMPTS; tries += 1) {
      const item = this.value(items, depth + 1);
      const key = JSON.stringify(item);
      if (uniqueItems && seen.has(key)) continue;
      seen.add(key);
      first.push(item);
    }
    return first;
  }

  #union(members: readonly Shape[], depth: number): unknown {
    const plain = members.filter((member) => !isNull(member) && !isNever(member));
    const hasNull = plain.length < members.length;
    if (hasNull && (plain.length === 0 || this.#options.nulls || depth > DEEPEST / 2)) return null;
    if (depth > DEEP) {
      const short = plain.find(({ kind }) => kind === 'scalar' || kind === 'literals');
      if (short) return this.value(short, depth);
      if (hasNull && depth > DEEP + 4) return null;
      const list = plain.find(({ kind }) => kind === 'array' || kind === 'record');
      if (list) return this.value(list, depth);
    }
    const [first = members[0], ...others] = plain;
    if (!first) return null;
    return this.value(oneOf(this.#random, [first, ...others]), depth);
  }

  #scalar(name: string, constraints: Demands, depth: number): unknown {
    switch (name) {
      case 'string':
        return text(this.#random, constraints);
      case 'date':
      case 'instant':
        return text(this.#random, { format: 'date-time' });
      case 'number':
        return numberOf(this.#random, constraints);
      case 'bigint':
        return numberOf(this.#random, { ...constraints, integer: true });
      case 'boolean':
        return this.#random() < 0.5;
      case 'null':
        return null;
      case 'unknown':
        return this.#anything(constraints, depth);
      default:
        return undefined;
    }
  }

  /** A value of the kind that is spoken of. */
  #anything(demands: Demands, depth: number): unknown {
    const isOf = (...names: readonly (keyof Demands)[]): boolean =>
      names.some((name) => demands[name] !== undefined);
    if (isOf('minItems', 'maxItems', 'uniqueItems'))
      return this.#items([], { kind: 'scalar', name: 'string' }, demands, depth);
    if (isOf('minProperties', 'maxProperties', 'closed', 'others', 'patterns'))
      return this.#object([], demands, depth);
    if (isOf('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'integer'))
      return numberOf(this.#random, demands);
    // Of what may be anything, a text may be what is ruled out.
    const others = isOf('pattern', 'format', 'minLength', 'maxLength')
      ? []
      : [2, true, {}, [], null];
    return [text(this.#random, demands), ...others][this.#attempt % (others.length + 1)];
  }

  #rule(rule: Rule, value: unknown, shape: Shape, depth: number): unknown {
    switch (rule.kind) {
      case 'all':
        return openLast(rule.types).reduce(
          (before, type) => this.#with(before, type, depth),
          value,
        );
      case 'any':
      case 'one':
        return this.#choice(rule, value, depth);
      case 'if': {
        const isMet = this.#check.fits(value, rule.type);
        return this.#with(value, isMet ? rule.met : rule.unmet, depth);
      }
      case 'has': {
        if (!isObject(value) && value !== undefined) return value;
        const made = { ...value };
        for (const name of rule.names)
          if (!Object.hasOwn(made, name)) define(made, name, this.#member(shape, name, depth));
        return made;
      }
      case 'dependent':
        return isObject(value) && Object.hasOwn(value, rule.name)
          ? this.#with(value, rule.type, depth)
          : value;
      case 'kind': {
        const isOf = rule.of === 'array' ? Array.isArray(value) : isObject(value);
        return isOf ? this.#with(value, rule.type, depth) : value;
      }
      case 'equals': {
        const [first = 'null', ...others] = rule.values;
        return JSON.parse(oneOf(this.#random, [first, ...others]));
      }
      case 'contains': {
        if (!Array.isArray(value)) return value;
        const fitting = value.filter((item) => this.#check.fits(item, rule.type)).length;
        const more = Array.from({ length: Math.max(rule.least - fitting, 0) }, () =>
          this.value(rule.type, depth + 1),
        );
        return [...more, ...value.slice(0, Math.max(value.length - more.length, 0))];
      }
      case 'names': {
        if (!isObject(value)) return value;
        const named = Object.entries(value).map(([name, member]) =>
          this.#check.fits(name, rule.type)
            ? ([name, member] as const)
            : ([String(this.value(rule.type, depth + 1)), member] as const),
        );
        return Object.fromEntries(named);
      }
      case 'not':
      case 'unevaluated':
        // What does not fit is tried again with other values.
        return value;
    }
  }

  #choice({ types }: { readonly types: readonly Shape[] }, value: unknown, depth: number): unknown {
    const plain = types.filter((type) => !isNull(type) && !isNever(type));
    const isNullable = plain.length < types.length;
    if (isNullable && (this.#options.nulls || plain.length === 0)) return null;
    const at = (between(this.#random, 0, plain.length - 1) + this.#attempt) % plain.length;
    const short =
      depth > DEEP ? plain.find(({ kind }) => kind === 'scalar' || kind === 'literals') : undefined;
    const chosen = short ?? plain[at];
    return chosen ? this.#with(value, chosen, depth) : value;
  }

  /** A value that is of a type besides: objects have the members of both. */
  #with(value: unknown, type: Shape, depth: number): unknown {
    if (value !== undefined && this.#check.fits(value, type)) return value;
    return merged(value, this.value(type, depth + 1, value));
  }

  /** So many members a map has. */
  #leastOf({ minProperties = 0 }: Demands, depth: number): number {
    return depth > DEEP || this.#attempt % 2 === 1 ? minProperties : Math.max(minProperties, 1);
  }

  #member(shape: Shape, name: string, depth: number): unknown {
    const found =
      shape.kind === 'object' ? shape.properties.find((one) => one.name === name) : undefined;
    return this.value(found?.type ?? { kind: 'scalar', name: 'string' }, depth + 1);
  }
}
