import type { Figures } from '../independent/judge.ts';

interface Row {
  actions: number;
  kills: number;
  requests: number;
  lost: number;
  twice: number;
  otherwise: number;
  foreign: number;
  unnamed: number;
  left: number;
  notDone: number;
  unknown: number;
  readonly reasons: Map<string, number>;
}

/** What was counted in each mode, as a table in Markdown. */
export class ModeTable {
  readonly #rows = new Map<string, Row>();

  add(
    mode: string,
    actions: number,
    report: Figures & { readonly kills: number; readonly requests: number },
  ): void {
    const row = this.#rows.get(mode) ?? emptyRow();
    this.#rows.set(mode, row);
    row.actions += actions;
    row.kills += report.kills;
    row.requests += report.requests;
    row.lost += report.lost;
    row.twice += report.twice;
    row.otherwise +=
      report.calledOtherwise +
      report.claimed +
      report.misdirected +
      report.wrongIds +
      report.disordered;
    row.foreign += report.foreignTouched;
    row.unnamed += report.unnamed;
    row.left += report.leftDrafts;
    row.notDone += report.notDone;
    row.unknown += report.unknown;
    for (const [reason, count] of Object.entries(report.reasons)) {
      row.reasons.set(reason, (row.reasons.get(reason) ?? 0) + count);
    }
  }

  /** The line of a mode. */
  line(mode: string): string {
    const row = this.#rows.get(mode) ?? emptyRow();
    const reasons = [...row.reasons].map(([reason, count]) => `${reason} ${count}`).join(', ');
    const { actions, kills, requests, lost, twice, otherwise, foreign, unnamed, left } = row;
    const counts = [actions, kills, requests, lost, twice, otherwise, foreign, unnamed, left];
    return `| ${[mode, ...counts, row.notDone, row.unknown, reasons].join(' | ')} |`;
  }

  toString(): string {
    const lines = [...this.#rows.keys()].map((mode) => this.line(mode));
    return [head, `| ${'--- | '.repeat(13).trimEnd()}`, ...lines].join('\n');
  }
}

const head =
  '| mode | actions | kills | requests | lost | twice | called otherwise | drafts of others touched | ' +
  'left drafts that are not named | left drafts | honestly not done | unknown | why |';

function emptyRow(): Row {
  return {
    actions: 0,
    kills: 0,
    requests: 0,
    lost: 0,
    twice: 0,
    otherwise: 0,
    foreign: 0,
    unnamed: 0,
    left: 0,
    notDone: 0,
    unknown: 0,
    reasons: new Map(),
  };
}
