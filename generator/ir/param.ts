import type { Doc, Type } from './declared-type.ts';

/** A piece of a path: text, or the parameter whose value stands there. */
export type PathPart = string | PathParam;

export interface PathParam {
  readonly param: Param;
}

export type ParamPlace = 'path' | 'query' | 'header' | 'cookie';

/**
 * How a value becomes text: an OpenAPI style, `brackets` (`name[]=a`, `name[lt]=b`), `json`, or the
 * whole query: as it is, or as JSON.
 */
export type ParamStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie'
  | 'brackets'
  | 'json'
  | 'whole'
  | 'wholeJson';

/** One string, number or boolean; several; named ones; or any of these. */
export type ParamShape = 'scalar' | 'list' | 'object' | 'mixed';

export interface Param {
  /** The name on the wire. */
  readonly name: string;
  /** The property of the input that holds the value; unique in the operation. */
  readonly key: string;
  readonly in: ParamPlace;
  readonly required: boolean;
  readonly type: Type;
  /** What the value is, whatever its type is called: most styles agree on a scalar. */
  readonly shape: ParamShape;
  readonly style: ParamStyle;
  readonly explode: boolean;
  /** Whether a value in a path or query leaves reserved characters (RFC 3986) as they are. */
  readonly allowReserved: boolean;
  readonly doc: Doc;
}
