// Writes two outputs to one folder in turn until it is stopped, or fails: the other side of
// interruption.test.ts. Arguments: the folder, and the size of each file.
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { write } from '../../../generator/write/write.ts';

const [root = '', size = ''] = process.argv.slice(2);

for (let turn = 0; ; turn += 1) {
  const diagnostics = new Diagnostics();
  const text = `${String(turn % 2).repeat(Number(size))}\n`;
  const files = Array.from({ length: 30 }, (_, index) => ({ path: `src/${index}.ts`, text }));
  await write(root, files, {}, diagnostics);
  if (diagnostics.failed) {
    console.log(diagnostics.list.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    process.exit(1);
  }
  if (turn === 0) console.log('started');
}
