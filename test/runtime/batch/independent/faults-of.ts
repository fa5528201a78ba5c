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
] as const;
const unless = ['unknown', 'notDone', 'leftDrafts', 'overLimit'] as const;

/** What a report shows that its mode does not allow, in words; empty where every promise is kept. */
export function faultsOf(
  { allows = [], seconds, drafts }: Mode,
  report: Report,
): readonly string[] {
  // A process that begins knows nothing of what the one before has sent.
  const free = report.kills > 0 ? [...allows, 'overLimit'] : allows;
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
