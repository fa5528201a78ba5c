import { expect, test } from 'vitest';
import { operationLink, routeOf, typeLink } from '../../../templates/explorer/page/routes.ts';

test.each(['getNetwork', '$', 'größe', 'a/b', '%', 'a b'])('leads to the name %s', (name) => {
  expect(routeOf(operationLink(name))).toEqual({ view: 'operation', name });
  expect(routeOf(typeLink(name))).toEqual({ view: 'type', name });
});

test.each(['', '#', '#main', '#/other', '#/other/name'])('shows the beginning for %o', (hash) => {
  expect(routeOf(hash)).toEqual({ view: 'home' });
});

test('takes a name that is not encoded well as it is', () => {
  expect(routeOf('#/type/%E0%A4%A')).toEqual({ view: 'type', name: '%E0%A4%A' });
});
