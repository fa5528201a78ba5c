import { fileURLToPath } from 'node:url';
import type { OutputFile, Template } from '../template.ts';
import type { Diagnostic, Diagnostics } from '../diagnostics/diagnostics.ts';

/**
 * A template from outside, whose faults are diagnosed and whose files are laid out by prettier: only
 * batchwright's own templates are trusted to do without either.
 */
export function outsideTemplate(template: Template, diagnostics: Diagnostics): Template {
  const { name } = template;
  const fail = (error: unknown): void => {
    const message = `The template \`${name}\` failed: ${reasonOf(error)}`;
    const at = error instanceof LayoutError ? {} : firstFrame(error);
    diagnostics.error('config/template', message, at);
  };
  return {
    name,
    adds(api) {
      try {
        return template.adds?.(api) ?? {};
      } catch (error) {
        fail(error);
        return {};
      }
    },
    async files(api) {
      try {
        const files: unknown = await template.files(api);
        if (isFileList(files)) return await Promise.all(files.map(format));
        const message = `The template \`${name}\` does not give a list of files.`;
        const hint = 'A file is an object with a `path` and a `text`, both strings.';
        diagnostics.error('config/template', message, { hint });
      } catch (error) {
        fail(error);
      }
      return [];
    },
  };
}

class LayoutError extends Error {
  constructor(path: string, cause: unknown) {
    const [reason] = reasonOf(cause).split('\n');
    super(`\`${path}\` cannot be parsed: ${reason}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isFileList(value: unknown): value is readonly OutputFile[] {
  return Array.isArray(value) && value.every(isFile);
}

function isFile(value: unknown): value is OutputFile {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'path' in value &&
    typeof value.path === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

async function format({ path, text }: OutputFile): Promise<OutputFile> {
  const prettier = await import('prettier');
  const { inferredParser } = await prettier.getFileInfo(path);
  if (inferredParser === null) return { path, text };
  const options = { parser: inferredParser, printWidth: 100, singleQuote: true };
  try {
    return { path, text: await prettier.format(text, options) };
  } catch (error) {
    throw new LayoutError(path, error);
  }
}

/** Where an error was thrown, as its stack has it. */
function firstFrame(error: unknown): Pick<Diagnostic, 'file' | 'line' | 'column'> {
  const stack = (error instanceof Error && error.stack) || '';
  const [, place, line, column] =
    /^ +at .*?((?:file:\/\/|\/|[A-Za-z]:\\)[^\n]*?):(\d+):(\d+)\)?$/m.exec(stack) ?? [];
  if (place === undefined) return {};
  const file = place.startsWith('file:') ? fileURLToPath(place) : place;
  return { file, line: Number(line), column: Number(column) };
}
