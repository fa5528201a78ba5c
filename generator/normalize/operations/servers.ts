import type { AuthScheme, Server } from '../../ir/ir.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import type { References } from '../references.ts';

/** Base URLs; an API that names none lives where its document does, which only its user can say. */
export function readServers(document: JsonObject): readonly Server[] {
  return listOf(own(document, 'servers')).map(serverOf);
}

export function serverOf(value: unknown): Server {
  const server = objectOf(value);
  return {
    url: textOf(own(server, 'url')),
    description: textOf(own(server, 'description')),
    variables: sortedEntries(own(server, 'variables')).map(([name, variable]) => ({
      name,
      description: textOf(own(objectOf(variable), 'description')),
      default: textOf(own(objectOf(variable), 'default')),
      values: listOf(own(objectOf(variable), 'enum')).map(textOf),
    })),
  };
}

/** The ways to present credentials; OAuth and OpenID Connect end in a bearer token. */
export function readAuth(document: JsonObject, references: References): readonly AuthScheme[] {
  const schemes = own(objectOf(own(document, 'components')), 'securitySchemes');
  return sortedEntries(schemes).flatMap(([key, entry]): readonly AuthScheme[] => {
    const scheme = objectOf(references.follow(entry, '').value);
    const description = textOf(own(scheme, 'description'));
    const type = textOf(own(scheme, 'type'));
    if (type === 'apiKey') {
      const place = (['header', 'query', 'cookie'] as const).find(
        (one) => own(scheme, 'in') === one,
      );
      return place
        ? [
            {
              kind: 'apiKey',
              key,
              in: place,
              name: textOf(own(scheme, 'name')),
              description,
            },
          ]
        : [];
    }
    if (type === 'http' && textOf(own(scheme, 'scheme')).toLowerCase() === 'basic')
      return [{ kind: 'basic', key, description }];
    return type === 'http' || type === 'oauth2' || type === 'openIdConnect'
      ? [{ kind: 'bearer', key, description }]
      : [];
  });
}
