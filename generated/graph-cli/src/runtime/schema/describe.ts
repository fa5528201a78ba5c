// @ts-nocheck
import { type Constraints, resolve, type Shape, type Types } from './shape.js';

const MOST_CHOICES = 20;

/** What a value must be, in words: completes “must be”. */
export function describe(shape: Shape, types: Types, depth = 0): string {
  const found = resolve(shape, types);
  if (depth > 4) return 'JSON';
  switch (found.kind) {
    case 'scalar':
      return scalar(found.name, found.constraints);
    case 'literals':
      return choices(found.values.map(String));
    case 'array':
      return `a list of ${describe(found.items, types, depth + 1)}`;
    case 'tuple':
      return `a list of ${found.items.length} values`;
    case 'stream':
      return 'a stream';
    case 'record':
    case 'object':
    case 'intersection':
      return 'a JSON object';
    case 'union':
      return [...new Set(found.members.map((each) => describe(each, types, depth + 1)))].join(
        ' or ',
      );
  }
}

/** The values that a parameter may have, where they are few and known. */
export function choicesOf(shape: Shape, types: Types): readonly string[] {
  const found = resolve(shape, types);
  if (found.kind === 'literals') return found.values.map(String);
  if (found.kind === 'scalar' && found.name === 'boolean') return ['true', 'false'];
  return [];
}

function choices(values: readonly string[]): string {
  if (values.length <= 1) return values.join('');
  const shown = values.slice(0, MOST_CHOICES);
  return `one of ${shown.join(', ')}${shown.length < values.length ? ', …' : ''}`;
}

function scalar(name: string, constraints: Constraints = {}): string {
  switch (name) {
    case 'string':
      return `text${lengths(constraints)}`;
    case 'number':
      return `${constraints.integer ? 'a whole number' : 'a number'}${bounds(constraints)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'binary':
    case 'buffer':
    case 'stream':
      return 'bytes';
    default:
      return 'JSON';
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Constraints): string {
  const parts = [
    minimum !== undefined && `at least ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && `at most ${maximum}`,
    exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `, ${parts.join(' and ')}` : '';
}

function lengths({ minLength, maxLength }: Constraints): string {
  const parts = [
    minLength !== undefined && minLength > 0 && `at least ${minLength}`,
    maxLength !== undefined && `at most ${maxLength}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? ` of ${parts.join(' and ')} characters` : '';
}
