import { type Editable, memberOf } from './places.ts';

/** Documents with a few paths of a large one each, so that each is compiled in no time. */
export function slicesOf(document: Editable, size: number): readonly Editable[] {
  const paths = Object.entries(memberOf(document, 'paths'));
  return Array.from({ length: Math.ceil(paths.length / size) }, (_, index) => {
    const own = Object.fromEntries(paths.slice(index * size, (index + 1) * size));
    return { ...document, paths: own, 'x-batchable-actions': [] };
  });
}
