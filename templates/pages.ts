import type { PageEnding, PageParam, Paging } from '../generator/ir/paging.ts';
import { type SourceFile, value } from '../generator/print/code.ts';
import {
  array,
  call,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';

const home = 'runtime/pages/paginate';

/** The call that says how the next page is found. */
export function pages(
  paging: Paging,
  items: readonly string[] | undefined,
  file: SourceFile,
): Expression {
  const reader = itemsReader(paging, items, file);
  const strategy = (
    name: string,
    ...own: readonly (readonly [string, Expression | undefined])[]
  ): Expression => {
    const members = [['items', reader] as const, ...own].flatMap(
      ([key, printed]): readonly Member[] => (printed ? [[key, printed]] : []),
    );
    const callee = file.uses(value(name, home));
    return call(callee, object(members));
  };
  switch (paging.kind) {
    case 'link':
      return strategy('linkPages', [
        'direction',
        paging.direction === 'prev' ? string('prev') : undefined,
      ]);
    case 'cursor':
      return strategy(
        'cursorPages',
        [
          'cursor',
          typeof paging.cursor === 'string' ? string(paging.cursor) : strings(paging.cursor),
        ],
        ['param', place(paging.param, file)],
        ['orUrl', paging.orUrl && text('true')],
        ...ending(paging),
      );
    case 'url':
      return strategy('urlPages', ['url', strings(paging.url)], ...ending(paging));
    case 'lastItem':
      return strategy(
        'lastItemPages',
        ['id', strings(paging.id)],
        ['param', place(paging.param, file)],
        ...ending(paging),
      );
    case 'offset':
    case 'page':
      return strategy(
        paging.kind === 'page' ? 'numberPages' : 'offsetPages',
        ['param', place(paging.param, file)],
        ['first', paging.first === undefined ? undefined : text(String(paging.first))],
        ['total', paging.total && strings(paging.total)],
        ['number', paging.number && strings(paging.number)],
        ['next', paging.next && strings(paging.next)],
        ...ending(paging),
      );
  }
}

/** What reads a page's items. */
function itemsReader(
  paging: Paging,
  items: readonly string[] | undefined,
  file: SourceFile,
): Expression {
  if (items) return call(file.uses(value('itemsAt', home)), strings(items));
  const isSingle = paging.kind === 'link' && paging.single;
  return text(file.uses(value(isSingle ? 'listOrItem' : 'listItems', home)));
}

function place(param: PageParam, file: SourceFile): Expression {
  switch (param.in) {
    case 'query':
      return string(param.name);
    case 'header':
      return call(file.uses(value('inHeader', home)), string(param.name));
    case 'body':
      return call(
        file.uses(value('inBody', home)),
        strings(param.path),
        ...(param.numeric ? [text(file.global('Number'))] : []),
      );
  }
}

function ending({
  more,
  last,
}: PageEnding): readonly (readonly [string, Expression | undefined])[] {
  return [
    ['more', more && strings(more)],
    ['last', last && strings(last)],
  ];
}

function strings(path: readonly string[]): Expression {
  return array(path.map(string));
}
