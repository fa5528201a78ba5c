import type { MutableObject } from '../../json/narrow.ts';
import type { Parsed } from '../parse/parse.ts';
import type { Problems } from '../problems.ts';
import type { SourceMap } from '../source-map.ts';
import type { OperationFilter } from './filter.ts';
import { type OverlayReading, readOverlay } from './overlay.ts';
import { applyTransform, type DocumentTransform } from './transform.ts';

/** What a user changes of a document before it is used, since vendors' documents have faults. */
export interface ShapeOptions {
  /** OpenAPI Overlay documents (1.0, 1.1): paths, or `http(s)` URLs; applied in this order. */
  readonly overlays?: readonly string[] | undefined;
  /** Changes the document after the overlays, in place or by what it returns. */
  readonly transform?: DocumentTransform | undefined;
  /** Keeps these operations alone. */
  readonly include?: OperationFilter | undefined;
  /** Leaves these operations out. */
  readonly exclude?: OperationFilter | undefined;
}

/** Applies overlays, then the transform, to a document that was parsed and not yet looked at. */
export async function shapeDocument(
  { name, value }: Parsed & { readonly value: MutableObject },
  { overlays = [], transform }: ShapeOptions,
  sources: SourceMap,
  problems: Problems,
  reading: OverlayReading,
): Promise<void> {
  for (const source of overlays) {
    const overlay = await readOverlay(source, problems, reading);
    if (!overlay) continue;
    // JSONPath is for overlays alone, and takes as long to load as a small document to print.
    const { applyOverlay } = await import('./apply-overlay.ts');
    applyOverlay(value, overlay, sources, problems);
  }
  if (transform && !problems.failed) await applyTransform(value, transform, name, problems);
}
