import type { Type } from '../../../ir/ir.ts';
import { isPlainJson } from '../../../ir/operation.ts';
import type { PageEnding, PageParam, Paging } from '../../../ir/paging.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import { typeAt } from './items.ts';
import { type Sort, sortOf } from './members.ts';
import type { Misfit } from './misfit.ts';
import type { Evidence } from './evidence.ts';
import type { Path, ConfiguredParam, ConfiguredPaging } from '../../../ir/pagination-override.ts';

/** The paging that a configuration means, or what of it the operation does not have. */
export function resolvePaging(
  configured: ConfiguredPaging,
  evidence: Evidence,
  body: Type,
): Paging | Misfit {
  const missing = missingPlace(configured, evidence, body);
  if (missing) return missing;
  switch (configured.kind) {
    case 'link':
    case 'url':
      return configured;
    case 'cursor':
    case 'lastItem':
    case 'offset':
    case 'page': {
      const param = paramOf(configured.param, evidence);
      return 'problem' in param ? param : { ...configured, param };
    }
  }
}

function paramOf(configured: ConfiguredParam, evidence: Evidence): PageParam | Misfit {
  const { operation, question, schemas } = evidence;
  if (typeof configured === 'string') {
    const hint =
      'Name a parameter of the query or of a header, or say in a list where it stands in the body.';
    return (
      question.named(configured) ?? {
        problem: `it has no parameter \`${configured}\``,
        hint: `${hint}${didYouMean(configured, question.names())}`,
      }
    );
  }
  const { body } = operation;
  const type = isPlainJson(body) ? typeAt(body.type, configured, schemas) : undefined;
  return type
    ? { in: 'body', path: configured, numeric: sortOf(type, schemas) === 'number' }
    : {
        problem: `the body that it sends has no member \`${configured.join('.')}\``,
        hint: 'Only a body of the type application/json can say which page is wanted.',
      };
}

/** The first place that a configuration speaks of and that the answer does not have. */
function missingPlace(
  configured: ConfiguredPaging,
  { list, schemas }: Evidence,
  body: Type,
): Misfit | undefined {
  const at = (name: string, root: Type, path: Path | string | undefined, ...sorts: Sort[]) => {
    if (path === undefined || typeof path === 'string') return undefined;
    const type = typeAt(root, path, schemas);
    const sort = type && sortOf(type, schemas);
    if (sort && [...sorts, 'other'].includes(sort)) return undefined;
    const what = sort === undefined ? 'leads to nothing' : `leads to a ${sort}`;
    return {
      problem: `\`${name}\`, which is [${path.join(', ')}], ${what} in its result`,
      hint: 'Say the names of the members that lead to the value, from the outside in.',
    };
  };
  switch (configured.kind) {
    case 'link':
      return undefined;
    case 'url':
      return at('url', body, configured.url, 'text', 'list') ?? missingEnding(configured, body, at);
    case 'cursor':
      return (
        at('cursor', body, configured.cursor, 'text', 'number') ??
        missingEnding(configured, body, at)
      );
    case 'lastItem':
      return (
        (list && at('id', list.type, configured.id, 'text', 'number', 'date')) ??
        missingEnding(configured, body, at)
      );
    case 'offset':
    case 'page':
      return (
        at('total', body, configured.total, 'number', 'text') ??
        at('number', body, configured.number, 'number') ??
        missingEnding(configured, body, at)
      );
  }
}

type Check = (
  name: string,
  root: Type,
  path: Path | undefined,
  ...sorts: Sort[]
) => Misfit | undefined;

function missingEnding({ more, last }: PageEnding, body: Type, at: Check): Misfit | undefined {
  return at('more', body, more, 'flag') ?? at('last', body, last, 'flag');
}
