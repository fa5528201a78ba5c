import type { ImportGraph } from './import-graph.ts';

/** By a layer (a folder or a file), the layers that it may import besides itself. */
export type Layers = Readonly<Record<string, readonly string[]>>;

/** An import that the layers do not allow: `from` and `to` are modules. */
export interface Trespass {
  readonly from: string;
  readonly to: string;
}

/** The layer of a module: of several folders around it, the innermost that is one. */
export function layerOf(path: string, layers: Layers): string | undefined {
  return Object.keys(layers)
    .filter((layer) => path === layer || path.startsWith(`${layer}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** The imports of a graph that cross its layers against the rules. */
export function trespassesIn(graph: ImportGraph, layers: Layers): readonly Trespass[] {
  return [...graph].flatMap(([from, targets]) => {
    const layer = layerOf(from, layers);
    if (layer === undefined) return [];
    return targets
      .filter((to) => {
        const other = layerOf(to, layers);
        return other !== layer && (other === undefined || !layers[layer]?.includes(other));
      })
      .map((to) => ({ from, to }));
  });
}
