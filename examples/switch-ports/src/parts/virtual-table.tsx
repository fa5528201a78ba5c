import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

export interface Column<Key extends string> {
  readonly key: Key;
  readonly heading: string;
  /** Its track of the grid: `8rem`, `1fr`. */
  readonly size: string;
}

interface VirtualTableProps<Key extends string> {
  readonly label: string;
  /** For the layout on narrow screens. */
  readonly kind: string;
  readonly columns: readonly Column<Key>[];
  readonly count: number;
  readonly keyOf: (index: number) => string;
  readonly cell: (index: number, column: Key) => ReactNode;
  readonly heights: { readonly wide: number; readonly narrow: number };
  readonly onNearEnd?: () => void;
}

/** A table of any length: only the rows that can be seen are in the page. Enter leads to the field below. */
export function VirtualTable<Key extends string>({
  label,
  kind,
  columns,
  count,
  keyOf,
  cell,
  heights,
  onNearEnd,
}: VirtualTableProps<Key>): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const height = isNarrow ? heights.narrow : heights.wide;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: keyOf,
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0 && last >= count - 1) onNearEnd?.();
  }, [last, count, onNearEnd]);

  // The field that Enter leads to. Its row may be drawn later, after the table has scrolled to it.
  const wanted = useRef<string>(undefined);
  const focusWanted = (): void => {
    if (wanted.current === undefined) return;
    const { activeElement: active, body } = document;
    // Who has gone elsewhere meanwhile stays there.
    if (active !== body && !scroller.current?.contains(active)) wanted.current = undefined;
    else scroller.current?.querySelector<HTMLElement>(wanted.current)?.focus();
  };
  useEffect(focusWanted);

  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement)) return;
    if (!event.target.matches('input, select')) return;
    const from = event.target.closest('[role=row]')?.getAttribute('aria-rowindex');
    const key = event.target.closest<HTMLElement>('[role=cell]')?.dataset['key'];
    const to = Number(from) + (event.shiftKey ? -1 : 1);
    if (to < 2 || to > count + 1) return;
    event.preventDefault();
    virtualizer.scrollToIndex(to - 2);
    wanted.current = `[aria-rowindex="${to}"] [data-key="${key}"] :is(input, select)`;
    focusWanted();
  };

  const template = { gridTemplateColumns: columns.map(({ size }) => size).join(' ') };
  return (
    <div
      ref={scroller}
      className={`table ${kind}`}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      onKeyDown={move}
      onFocus={() => {
        wanted.current = undefined;
      }}
    >
      <div role="rowgroup" className="head">
        <div role="row" aria-rowindex={1} style={template}>
          {columns.map(({ key, heading }) => (
            <div role="columnheader" key={key}>
              {heading}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="body" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, key, start, size }) => (
          <div
            role="row"
            key={key}
            aria-rowindex={index + 2}
            style={{ ...template, height: size, transform: `translateY(${start}px)` }}
          >
            {columns.map((column) => (
              <div role="cell" key={column.key} data-key={column.key}>
                {cell(index, column.key)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const narrow = window.matchMedia('(max-width: 45rem)');

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => narrow.removeEventListener('change', changed);
    },
    () => narrow.matches,
  );
}
