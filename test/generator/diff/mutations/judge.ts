import { Project, type SourceFile, ts } from 'ts-morph';
import { knownTemplates } from '../../../../templates/index.ts';
import { complete } from '../../../../generator/complete/complete.ts';
import { consumerOf } from '../../../../generator/diff/types/prove/consumer.ts';
import type { Provable } from '../../../../generator/diff/types/prove/prove.ts';
import { render } from '../../../../generator/runtime-files.ts';
import { runtimeTexts } from '../../../support/runtime-texts.ts';

/** Compiles code that uses old packages against new ones, many pairs at once: they share one run-time. */
export class Judge {
  readonly #project = new Project({ useInMemoryFileSystem: true, compilerOptions });
  readonly #consumers = new Map<string, readonly SourceFile[]>();

  static async create(): Promise<Judge> {
    const judge = new Judge();
    for (const [name, text] of runtimeTexts)
      judge.#project.createSourceFile(`/shared/${name}.ts`, text);
    return judge;
  }

  async add(name: string, old: Provable, now: Provable): Promise<void> {
    const folder = `/pair${this.#consumers.size}`;
    const sides = [
      ['old', old],
      ['new', now],
    ] as const;
    for (const [side, { api, dialect }] of sides)
      for (const { path, text } of await render(
        knownTemplates.standard,
        complete(api, {}, dialect),
        { imports: () => undefined, texts: () => [] },
      ))
        if (path.endsWith('.ts'))
          this.#project.createSourceFile(
            `${folder}/${side}/${path}`,
            text.replaceAll(/'(?:\.\.?\/)+runtime\//g, "'/shared/runtime/"),
          );
    const files = consumerOf(old.api, complete(old.api, {}, old.dialect).client).map(
      ({ path, text }) => this.#project.createSourceFile(`${folder}/${path}`, text),
    );
    this.#consumers.set(name, files);
  }

  /** What the compiler says of each pair. */
  verdicts(): ReadonlyMap<string, readonly string[]> {
    const program = this.#project.getProgram();
    return new Map(
      [...this.#consumers].map(([name, files]) => [
        name,
        files
          .flatMap((file) => [
            ...program.getSyntacticDiagnostics(file),
            ...program.getSemanticDiagnostics(file),
          ])
          .map((diagnostic) => {
            const message = diagnostic.getMessageText();
            return typeof message === 'string' ? message : message.getMessageText();
          }),
      ]),
    );
  }
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};
