import { parsers } from '../test/security/linear/parsers.ts';

// How the time of everything that reads a text of somebody else grows with the text: at 1, 2 and 4 MB the best
// of three runs. `npm run bench:linear [-- <part of a name>]`; ends with 1 where one grows more than 2.3 times.

const sizes = [1, 2, 4].map((mega) => mega * 1_048_576);
const most = 2.3;
/** Milliseconds below which the clock says more about the machine. */
const least = 20;

const [wanted = ''] = process.argv.slice(2);
let slow = 0;

for (const { name, prepare } of parsers) {
  if (!name.includes(wanted)) continue;
  const times: number[] = [];
  for (const size of sizes) times.push(await best(() => prepare(size)));
  const growths = times.slice(1).map((time, index) => time / Math.max(times[index] ?? 0, least));
  const isSlow = growths.some((growth) => growth > most);
  slow += Number(isSlow);
  const cells = times.map((time) => time.toFixed(1).padStart(9)).join('');
  const ratios = growths.map((growth) => growth.toFixed(2).padStart(6)).join('');
  process.stdout.write(`${isSlow ? '!' : ' '}${cells} ms${ratios}  ${name.slice(0, 60)}\n`);
}
process.stdout.write(`${slow} of ${parsers.length} grow more than ${most} times\n`);
process.exit(slow > 0 ? 1 : 0);

async function best(make: () => () => unknown): Promise<number> {
  let time = Infinity;
  for (let run = 0; run < 3; run += 1) {
    const work = make();
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    time = Math.min(time, (user + system) / 1000);
  }
  return time;
}
