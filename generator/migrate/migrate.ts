import { relative } from 'node:path';
import type { SourceFile } from 'ts-morph';
import { complete } from '../complete/complete.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Api } from '../ir/api.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { ownRuntime } from '../packed-runtime.ts';
import type { Runtime } from '../runtime.ts';
import { render } from '../runtime-files.ts';
import type { Template } from '../template.ts';
import { applied, type Edit, inOrder } from './edits.ts';
import { moveImports } from './imports.ts';
import { type PackageProject, packageProject } from './package-project.ts';
import { renameUses } from './renamed-uses.ts';
import { renamesOf } from './renames.ts';
import { type Successors, successorsOf } from './successors.ts';

/** One of the two packages: its API, and how it is emitted. */
export interface MigrationSide {
  readonly api: ApiDescription;
  readonly dialect: Dialect | undefined;
  /** Of the package. */
  readonly name: string | undefined;
}

/** A file of code, before and after. */
export interface MigratedFile {
  readonly path: string;
  readonly before: string;
  readonly edits: readonly Edit[];
  readonly after: string;
}

/** A place that needs a person: what the compiler says of it with the new package. */
export interface OpenPlace {
  readonly path: string;
  /** 1-based, in the migrated file. */
  readonly line: number;
  readonly message: string;
}

/** What becomes of code that used the old package. */
export interface Migration {
  /** All files of code, those that stay as they are included. */
  readonly files: readonly MigratedFile[];
  readonly open: readonly OpenPlace[];
}

/**
 * Rewrites code for what has a sure successor in the new package, and compiles the result against
 * it: what the compiler refuses now, and did not before, is left to a person. Writes nothing.
 */
export async function migrate(
  old: MigrationSide,
  now: MigrationSide,
  patterns: readonly string[],
  folder: string,
  templates: readonly Template[],
): Promise<Migration> {
  const runtime = ownRuntime('runtime');
  const [before, after] = await Promise.all(
    [old, now].map((side) => print(side, templates, runtime)),
  );
  if (!before || !after) return { files: [], open: [] };
  const used = packageProject(before, patterns, folder);
  const consumers = consumersOf(used);
  const files = edited(used, consumers, before, after, successorsOf(old.api, now.api));
  const known = new Set(problemsOf(consumers).map(keyOf));
  const next = packageProject(after, patterns, folder);
  for (const { path, after: text } of files)
    next.project.getSourceFile(path)?.replaceWithText(text);
  const checked = files.flatMap(({ path }) => next.project.getSourceFile(path) ?? []);
  const open = problemsOf(checked).filter((problem) => !known.has(keyOf(problem)));
  return {
    files: files.map((file) => ({ ...file, path: relative(folder, file.path) })),
    open: open.map((place) => ({ ...place, path: relative(folder, place.path) })),
  };
}

interface Printed extends Pick<Api, 'client'> {
  readonly name: string;
  readonly files: Awaited<ReturnType<typeof render>>;
}

async function print(
  { api, dialect, name }: MigrationSide,
  templates: readonly Template[],
  runtime: Runtime,
): Promise<Printed> {
  const whole = complete(api, { name }, dialect);
  const files = await render(templates, whole, runtime);
  return { name: whole.package.name, client: whole.client, files };
}

/** The code: all that is not the package. A file may use it through another one. */
function consumersOf({ project, pathOf }: PackageProject): readonly SourceFile[] {
  const own = pathOf('index').replace(/src\/index\.ts$/, '');
  return project.getSourceFiles().filter((file) => !file.getFilePath().startsWith(own));
}

function edited(
  used: PackageProject,
  consumers: readonly SourceFile[],
  before: Printed,
  after: Printed,
  successors: Successors,
): readonly MigratedFile[] {
  const checker = used.project.getTypeChecker().compilerObject;
  const renames = renamesOf(used, successors, clientNames(before.client.name, after.client.name));
  const names = { old: before.name, now: after.name };
  return consumers.map((file) => {
    const edits: Edit[] = [];
    const moves: Edit[] = [];
    renameUses(file, checker, renames, (edit) => edits.push(edit));
    moveImports(file, names, successors, edits, (edit) => moves.push(edit));
    const ordered = inOrder([...moves, ...edits]);
    const text = file.getFullText();
    return {
      path: file.getFilePath(),
      before: text,
      edits: ordered,
      after: applied(text, ordered),
    };
  });
}

function clientNames(old: string, now: string): ReadonlyMap<string, string> {
  return new Map(
    old === now
      ? []
      : [
          [old, now],
          [`create${old}`, `create${now}`],
          [`${old}Options`, `${now}Options`],
        ],
  );
}

function problemsOf(files: readonly SourceFile[]): readonly OpenPlace[] {
  return files.flatMap((file) =>
    file.getPreEmitDiagnostics().map((diagnostic) => {
      const said = diagnostic.getMessageText();
      const message = typeof said === 'string' ? said : said.getMessageText();
      return { path: file.getFilePath(), line: diagnostic.getLineNumber() ?? 1, message };
    }),
  );
}

/** The line may be another one, once imports were split. */
function keyOf({ path, message }: OpenPlace): string {
  return `${path}: ${message}`;
}
