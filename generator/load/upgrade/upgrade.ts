import {
  fragmentOf,
  pointer as pointerTo,
  pointerOfFragment,
  valueAt,
} from '../../json/pointer.ts';
import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';
import { shapes } from '../structure.ts';
import type { Reference } from '../scan.ts';
import type { Workspace } from '../workspace.ts';
import { Moves } from './moves.ts';
import { bodyPartOf, mediaTypesOf, upgradePathItem } from './operation.ts';
import { upgradeParameter } from './parameter.ts';
import { upgradeResponse } from './response.ts';
import { securitySchemesOf, serversOf } from './root.ts';
import { upgradeSchemas } from './schema.ts';

/**
 * A Swagger 2.0 document as one of OpenAPI 3.0 that says the same. The parts of the former become
 * parts of the latter, so that it must not be used afterwards; `sources` learns where they went.
 */
export function upgrade({ document, contents, sources, problems }: Workspace): MutableObject {
  const { references } = contents;
  const moves = new Moves(sources, problems);
  upgradeSchemas(document, shapes.document);
  if (isObject(document['paths'])) {
    for (const [path, pathItem] of Object.entries(document['paths'])) {
      if (!path.startsWith('x-') && isObject(pathItem)) {
        upgradePathItem(pathItem, pointerTo('paths', path), document, moves);
      }
    }
  }
  const components = componentsOf(document, moves);
  const upgraded: MutableObject = { openapi: '3.0.3' };
  const servers = serversOf(document);
  for (const [key, value] of Object.entries(document)) {
    if (key === 'info') Object.assign(upgraded, { info: value }, servers && { servers });
    else if (!replaced.has(key)) setOwn(upgraded, key, value);
  }
  if (Object.keys(components).length > 0) upgraded['components'] = components;
  redirect(upgraded, references, moves);
  moves.finish();
  return upgraded;
}

/** What OpenAPI 3.0 says elsewhere. */
const replaced = new Set([
  'swagger',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
]);

function componentsOf(document: MutableObject, moves: Moves): MutableObject {
  const { definitions, parameters, responses, securityDefinitions, produces } = document;
  const components: MutableObject = {};
  if (isObject(definitions)) {
    components['schemas'] = definitions;
    moves.move('/definitions', '/components/schemas');
  }
  if (isObject(parameters)) {
    const kept: MutableObject = {};
    for (const [name, parameter] of Object.entries(parameters)) {
      const at = pointerTo('parameters', name);
      // Those of bodies and forms are in the operations by now.
      if (!isObject(parameter) || bodyPartOf(parameter, at, document, true) !== undefined) continue;
      const isReference = typeof parameter['$ref'] === 'string';
      setOwn(kept, name, isReference ? parameter : upgradeParameter(parameter, at, moves.problems));
      moves.move(at, pointerTo('components', 'parameters', name));
    }
    components['parameters'] = kept;
  }
  if (isObject(responses)) {
    const types = mediaTypesOf(produces);
    for (const [name, response] of Object.entries(responses)) {
      const from = pointerTo('responses', name);
      const to = pointerTo('components', 'responses', name);
      moves.move(from, to);
      if (isObject(response)) upgradeResponse(response, types, from, to, moves);
    }
    components['responses'] = responses;
  }
  if (isObject(securityDefinitions)) {
    components['securitySchemes'] = securitySchemesOf(securityDefinitions);
    moves.move('/securityDefinitions', '/components/securitySchemes');
  }
  return components;
}

/** Makes references lead to where things are now. */
function redirect(document: MutableObject, references: readonly Reference[], moves: Moves): void {
  for (const { holder, key } of references) {
    const written = holder[key];
    const pointer = typeof written === 'string' ? pointerOfFragment(written) : undefined;
    if (pointer === undefined) continue;
    const place = moves.placeOf(pointer);
    if (valueAt(document, place) === undefined) delete holder[key];
    else holder[key] = fragmentOf(place);
  }
}
