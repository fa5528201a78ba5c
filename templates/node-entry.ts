import { exportLine } from '../generator/print/code.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';

/** `src/node.ts`: what has its use in Node alone. */
export const nodeEntry: Template = {
  name: 'node-entry',
  files({ batch }): readonly OutputFile[] {
    const { module = '', exports = [] } = batch?.node ?? {};
    const named = (names: readonly string[], from: string): string =>
      exportLine(
        names.map((name) => ({ name, isType: /^[A-Z]/.test(name) })),
        `./runtime/${from}.js`,
      );
    const text =
      named(exports, `batch/${module}`) +
      named(['undiciFetch', 'Undici', 'UndiciOptions'], 'transport/undici');
    return [{ path: 'src/node.ts', text: banner + text }];
  },
};
