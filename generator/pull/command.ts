import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pull, type Pulled, PullError, update } from './pull.ts';

const usage = `Fetches the documents that vendors publish, beside the embedded ones.

  npm run spec:pull                     every API of specs/ that has a source.json
  npm run spec:pull -- meraki           that one
  npm run spec:pull -- meraki --update  what is published now, which source.json then promises;
                                        prints what changes for callers before it replaces anything
  npm run spec:pull -- meraki --update --dry-run
                                        the same, and writes nothing

Writes specs/<api>/vendor.json, if its SHA-256 is the one in specs/<api>/source.json, and if both
batchwright and swagger-parser accept the document.`;

/**
 * The command: pulls the named APIs, or all. Exit code 0, 1 where a document could not be pulled,
 * 2 where the command was not understood.
 */
export async function pullCommand(args: readonly string[], specs: string): Promise<0 | 1 | 2> {
  const options = new Set(args.filter((each) => each.startsWith('-')));
  if (options.has('--help') || options.has('-h')) {
    console.log(usage);
    return 0;
  }
  const isUpdate = options.delete('--update');
  const dryRun = options.delete('--dry-run');
  const named = args.filter((each) => !each.startsWith('-'));
  const known = await apisIn(specs);
  const fault =
    dryRun && !isUpdate ? '--dry-run belongs to --update.' : faultOf(options, named, known, specs);
  if (fault !== undefined) {
    console.error(`${fault}\n\n${usage}`);
    return 2;
  }
  if (known.length === 0) {
    console.error(`No folder in ${specs} has a source.json, so there is nothing to pull.`);
    return 1;
  }
  const fetchOne = (folder: string): Promise<Pulled> =>
    isUpdate
      ? update(folder, { dryRun, onChanges: (text) => console.log(text.trimEnd()) })
      : pull(folder);
  const apis = named.length > 0 ? named : known;
  const results = await Promise.allSettled(apis.map((api) => fetchOne(join(specs, api))));
  for (const result of results) {
    if (result.status === 'rejected' && !(result.reason instanceof PullError)) throw result.reason;
    if (result.status === 'rejected') console.error(result.reason.message);
    else console.log(report(result.value, dryRun));
  }
  return results.some(({ status }) => status === 'rejected') ? 1 : 0;
}

function faultOf(
  options: ReadonlySet<string>,
  named: readonly string[],
  known: readonly string[],
  specs: string,
): string | undefined {
  const [option] = options;
  if (option !== undefined)
    return `There is no option ${option}. There are: --update, --dry-run, --help.`;
  const unknown = named.filter((api) => !known.includes(api));
  if (unknown.length === 0) return undefined;
  const choice = known.length > 0 ? `Those that have one: ${known.join(', ')}.` : 'None has.';
  return `There is no source.json for ${unknown.join(', ')} in ${specs}. ${choice}`;
}

function report({ file, source, fetched }: Pulled, dryRun: boolean): string {
  const what = `${file} (version ${source.version}, ${source.bytes} bytes)`;
  if (!fetched) return `Up to date: ${what}`;
  return dryRun ? `Would write ${what}` : `Wrote ${what}`;
}

async function apisIn(specs: string): Promise<readonly string[]> {
  const names = await readdir(specs).catch(() => []);
  return names.filter((api) => existsSync(join(specs, api, 'source.json'))).toSorted();
}
