import type { ElementMode, ElementReport } from './element-trial.ts';
import type { Mode } from './modes.ts';
import type { Report } from './trial.ts';

const promises = [
  'endless',
  'lost',
  'twice',
  'calledOtherwise',
  'claimed',
  'misdirected',
  'wrongIds',
  'disordered',
  'foreignTouched',
  'unnamed',
] as const;
const unless = ['unknown', 'notDone', 'leftDrafts', 'overLimit'] as const;

/** What a report shows that its mode does not allow, in words; empty where every promise is kept. */
export function faultsOf(
  { allows = [], seconds, drafts }: Mode,
  report: Report,
): readonly string[] {
  // A process that begins knows nothing of what the one before has sent, and not the ids that it was answered.
  const free = report.kills > 0 ? [...allows, 'overLimit', 'leftDrafts'] : allows;
  const counted = [...promises, ...unless.filter((figure) => !free.includes(figure))];
  const faults = counted.flatMap((figure) =>
    report[figure] > 0 ? [`${figure} ${report[figure]}`] : [],
  );
  // What kills cost in time depends on when they come.
  const longest = report.kills > 0 ? undefined : seconds?.(report);
  if (longest !== undefined && report.seconds > longest)
    faults.push(`seconds ${report.seconds} > ${Math.round(longest)}`);
  const most = report.kills > 0 ? undefined : drafts?.(report);
  if (most !== undefined && report.drafts > most) faults.push(`drafts ${report.drafts} > ${most}`);
  return faults;
}

/** The same for a server of request batches. */
export function elementFaultsOf(
  { allows = [] }: ElementMode,
  report: ElementReport,
): readonly string[] {
  const free = new Set<string>([...allows, 'leftDrafts', 'overLimit']);
  // A process that dies takes an answer with it.
  if (report.kills > 0) free.add('unknown');
  const counted = [...promises, ...unless.filter((figure) => !free.has(figure))];
  return counted.flatMap((figure) => (report[figure] > 0 ? [`${figure} ${report[figure]}`] : []));
}
