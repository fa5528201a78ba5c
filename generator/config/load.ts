import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type {
  AcceptedChange,
  Target,
  ChosenTemplate,
  TemplateChoice,
  TemplateSource,
} from './config.ts';
import { isConfigured, isList, isOptions } from './template-choice.ts';
import { type Diagnostic, type Diagnostics } from '../diagnostics/diagnostics.ts';
import { pointer } from '../json/pointer.ts';
import { isSystemError, systemReason } from '../diagnostics/system-error.ts';
import { checkConfig } from './check.ts';
import { ownerFault } from './owner.ts';

/** A configuration that was read; the paths of its targets are absolute. */
export interface LoadedConfig {
  readonly file: string;
  readonly targets: ReadonlyMap<string, Target>;
  readonly accept: readonly AcceptedChange[];
}

const names = ['ts', 'mts', 'js', 'mjs', 'json'].map((end) => `batchwright.config.${end}`);

/**
 * The nearest configuration in `folder` or above it, as far as the root of the repository, or of the
 * package where there is no repository: what is above that is not the project's own.
 */
export function findConfig(folder: string): string | undefined {
  const above = foldersFrom(folder);
  const root =
    above.find((each) => existsSync(join(each, '.git'))) ??
    above.find((each) => existsSync(join(each, 'package.json')));
  const inside = root === undefined ? above : above.slice(0, above.indexOf(root) + 1);
  return inside
    .flatMap((each) => names.map((name) => join(each, name)))
    .find((file) => existsSync(file));
}

/** A folder and those above it, up to the root of the file system. */
function foldersFrom(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)];
}

interface ConfigOptions {
  /** Whether the user named the file, which says that its owner is trusted. */
  readonly isNamed?: boolean;
}

/** Reads and checks a configuration; where it cannot be used, `diagnostics` says why. */
export async function loadConfig(
  file: string,
  diagnostics: Diagnostics,
  { isNamed = false }: ConfigOptions = {},
): Promise<LoadedConfig | undefined> {
  let value: unknown;
  try {
    const fault = isNamed ? undefined : ownerFault(file);
    if (fault !== undefined) {
      diagnostics.error('config/owner', `The configuration is not loaded: ${fault}.`, {
        file,
        hint: 'If you trust its owner, name it with --config.',
      });
      return undefined;
    }
    value = file.endsWith('.json')
      ? JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
      : await defaultOf(file);
  } catch (error) {
    const reason = reasonOf(error);
    diagnostics.error('config/unreadable', `The configuration cannot be loaded: ${reason}`, {
      file,
      ...placeOf(error, file),
    });
    return undefined;
  }
  const config = checkConfig(value, file, diagnostics);
  if (config === undefined) return undefined;

  const targets = new Map(
    Object.entries(config.targets).map(([name, target]) => [name, locate(target, dirname(file))]),
  );
  return separate(targets, file, diagnostics)
    ? { file, targets, accept: config.accept ?? [] }
    : undefined;
}

/** What a configuration that is code exports. */
async function defaultOf(file: string): Promise<unknown> {
  const { importDefault } = await import('./import.ts');
  return importDefault(file, file);
}

/** A target, or a part of one, whose relative paths start from `folder`. */
export function locate<Part extends Partial<Target>>(part: Part, folder: string): Part {
  const { input, output, overlays, templates, cli } = part;
  return {
    ...part,
    ...(input !== undefined && { input: isElsewhere(input) ? input : resolve(folder, input) }),
    ...(overlays && {
      overlays: overlays.map((each) => (isElsewhere(each) ? each : resolve(folder, each))),
    }),
    ...(output !== undefined && { output: resolve(folder, output) }),
    ...(cli && { cli: { ...cli, output: resolve(folder, cli.output) } }),
    ...(templates && { templates: locateTemplates(templates, folder) }),
  };
}

/** Whether an input is standard input or a URL. */
function isElsewhere(input: string): boolean {
  return input === '-' || /^(?:https?|file):/i.test(input);
}

function locateTemplates(templates: TemplateChoice, folder: string): TemplateChoice {
  if (isList(templates)) return templates.map((template) => locateTemplate(template, folder));
  return Object.fromEntries(
    Object.entries(templates).map(([name, chosen]) => [
      name,
      typeof chosen === 'boolean' || isOptions(chosen) ? chosen : locateTemplate(chosen, folder),
    ]),
  );
}

function locateTemplate(chosen: ChosenTemplate, folder: string): ChosenTemplate {
  if (isConfigured(chosen)) return [located(chosen[0], folder), chosen[1]];
  return located(chosen, folder);
}

function located(template: TemplateSource, folder: string): TemplateSource {
  const isPath = typeof template === 'string' && /^\.{1,2}[/\\]/.test(template);
  return isPath ? resolve(folder, template) : template;
}

/** Whether no two targets write to one folder, or one below the other's. */
function separate(
  targets: ReadonlyMap<string, Target>,
  file: string,
  diagnostics: Diagnostics,
): boolean {
  const all = [...targets].flatMap(([name, { output, cli }]) => [
    { name, output: output + sep },
    ...(cli ? [{ name, output: cli.output + sep }] : []),
  ]);
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      if (!one.output.startsWith(other.output) && !other.output.startsWith(one.output)) continue;
      const message = `The outputs of \`${one.name}\` and \`${other.name}\` overlap.`;
      const at = pointer('targets', other.name, 'output');
      diagnostics.error('config/overlap', message, { file, pointer: at });
      return false;
    }
  }
  return true;
}

/** What the author of a configuration can act on: a missing file, a syntax error, their own error. */
function reasonOf(error: unknown): string {
  if (isSystemError(error)) return systemReason(error);
  return error instanceof Error ? error.message : String(error);
}

/** The line of `file` where an error was thrown. */
function placeOf(error: unknown, file: string): Pick<Diagnostic, 'line' | 'column'> {
  const stack = (error instanceof Error && error.stack) || '';
  const [, line, column] =
    stack
      .split(file)
      .map((rest) => /^:(\d+):(\d+)/.exec(rest))
      .find((found) => found !== null) ?? [];
  return line === undefined ? {} : { line: Number(line), column: Number(column) };
}
