import type { Api } from '../generator/ir/api.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { data } from '../generator/print/laid.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';

const home = 'runtime/simulate/simulated-account';

/** `src/testing.ts`: an account in memory, for the tests of those who use the package. */
export const testing: Template = {
  name: 'testing',
  adds: (api) => (isSimulated(api) ? { exports: { './testing': 'testing' } } : {}),
  files(api): readonly OutputFile[] {
    if (!isSimulated(api)) return [];
    const scope = { module: 'testing', modules: api.modules, declares: ['createAccount', 'api'] };
    const text = printModule(scope, (file) => testingModule(api, file));
    return [{ path: 'src/testing.ts', text: banner + text }];
  },
};

/** Whether the simulator plays the batches of an API: action batches. */
export function isSimulated({ batch }: Pick<Api, 'batch'>): boolean {
  return batch?.dialect === 'meraki';
}

function testingModule({ groups, client, batch }: Api, { code }: SourceFile): string {
  const operations = groups.flatMap((group) => group.operations);
  const routes = [...new Set(operations.map(({ route }) => route))].toSorted();
  // Of a URL that has variables none can be made.
  const [, basePath = ''] =
    /^[a-z]+:\/\/[^/?#]*([^?#]*?)\/?(?:[?#]|$)/i.exec(client.baseUrl?.default ?? '') ?? [];
  const scope = Object.fromEntries((batch?.scope ?? []).map((name) => [name, '1']));
  const make: Ref = value('simulatedAccount', home);
  const account = type('SimulatedAccount', home);
  return code`const api: ${type('AccountApi', home)} = ${data({ basePath, scope, routes })};

/**
 * An account in memory, which answers as the API does: plain calls, pages, and action batches with their
 * drafts. \`createClient({ \u2026, fetch: createAccount({ seed }).fetch })\` sends nothing over the network.
 */
export function createAccount(options?: ${type('AccountOptions', home)}): ${account} {
  return ${make}(api, options);
}

export type {
  AccountOptions,
  Change,
  Members,
  SentAction,
  SimulatedAccount,
  SimulatedReply,
  SimulatedRequest,
} from './${home}.js';
`;
}
