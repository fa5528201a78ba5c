import type { ReactNode } from 'react';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly tone?: 'good' | 'bad' | 'open';
}

/** Counts, side by side. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }): ReactNode {
  return (
    <dl className="figures">
      {figures.map(({ name, value, tone }) => (
        <div key={name} className={value > 0 ? tone : undefined}>
          <dt>{name}</dt>
          <dd>{value.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `1 change`, `2,000 changes`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : noun.endsWith('ch') ? 'es' : 's'}`;
}
