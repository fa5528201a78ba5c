import { complete } from '../../../complete/complete.ts';
import type { Dialect } from '../../../dialects/dialect.ts';
import type { ApiDescription } from '../../../ir/ir.ts';
import { ownRuntime } from '../../../packed-runtime.ts';
import { render } from '../../../runtime-files.ts';
import type { Template } from '../../../template.ts';
import type { Finding } from '../../finding.ts';
import { fingerprint } from '../../fingerprint.ts';
import { typeRules } from '../type-rules.ts';
import { consumerOf } from './consumer.ts';

/** An API, and the dialect that its package is emitted with. */
export interface Provable {
  readonly api: ApiDescription;
  readonly dialect: Dialect | undefined;
}

/** What the compiler says against code that used the old package, on the new one. */
export interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** The line of code that it refuses. */
  readonly text: string;
  /** The same as a finding, for where no other says it. */
  readonly finding: Finding;
}

/**
 * Compiles code that uses all that the old package exports against the new package, both printed by
 * the same templates. No error means
 * that code that compiled still does.
 */
export async function prove(
  old: Provable,
  now: Provable,
  templates: readonly Template[],
): Promise<readonly CompilerError[]> {
  const { Project, ts } = await import('ts-morph');
  const runtime = ownRuntime('runtime');
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      lib: [
        'lib.es2022.d.ts',
        'lib.dom.d.ts',
        'lib.dom.iterable.d.ts',
        'lib.dom.asynciterable.d.ts',
      ],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    },
  });
  for (const [folder, { api, dialect }] of [
    ['old', old],
    ['new', now],
  ] as const) {
    project.createSourceFile(`/${folder}/package.json`, '{"type":"module"}', { overwrite: true });
    for (const { path, text } of await render(templates, complete(api, {}, dialect), runtime))
      if (path.endsWith('.ts')) project.createSourceFile(`/${folder}/${path}`, text);
  }
  project.createSourceFile('/package.json', '{"type":"module"}');
  const files = consumerOf(old.api, complete(old.api, {}, old.dialect).client).map(
    ({ path, text }) => project.createSourceFile(`/${path}`, text),
  );
  return files.flatMap((file) =>
    file.getPreEmitDiagnostics().map((diagnostic) => {
      const line = diagnostic.getLineNumber() ?? 1;
      const said = diagnostic.getMessageText();
      const message = typeof said === 'string' ? said : said.getMessageText();
      const text = file.getFullText().split('\n')[line - 1] ?? '';
      return { file: file.getBaseName(), line, message, text, finding: findingOf(message, text) };
    }),
  );
}

function findingOf(message: string, text: string): Finding {
  const rule = 'compiler-error';
  const { severity } = typeRules[rule];
  return { rule, axis: 'types', severity, message, fingerprint: fingerprint(rule, message, text) };
}
