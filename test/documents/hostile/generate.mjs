// A process of its own, which may run out of time or memory: generates what it is told to.
import { generate } from '../../../dist/generator/index.js';

process.on('message', ({ input, output }) => {
  generate({ input, output, lenient: true }).then(
    ({ diagnostics }) => answer({ diagnostics }),
    (error) => answer({ diagnostics: [], thrown: String(error.stack) }),
  );
});

function answer(result) {
  process.send({ ...result, kibibytes: process.resourceUsage().maxRSS });
}
