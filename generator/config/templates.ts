import type { Template } from '../template.ts';
import type { Target } from './config.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { outsideTemplate } from './outside-template.ts';
import { importModule } from './import.ts';

/**
 * The templates that a target brings along; those that it only names are loaded from there, or as
 * packages that `folder` can see.
 */
export async function loadTemplates(
  target: Target,
  folder: string,
  diagnostics: Diagnostics,
): Promise<readonly Template[]> {
  const templates: Template[] = [];
  for (const template of target.templates ?? []) {
    const loaded = await loadTemplate(template, folder, diagnostics);
    if (loaded) templates.push(loaded);
  }
  return templates;
}

async function loadTemplate(
  template: Template | string,
  folder: string,
  diagnostics: Diagnostics,
): Promise<Template | undefined> {
  let value: unknown = template;
  if (typeof template === 'string') {
    try {
      const exported = await importModule(template, `${folder}/batchwright.config.ts`);
      value = exported['template'] ?? exported['default'];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The template \`${template}\` cannot be loaded: ${reason}`;
      diagnostics.error('config/template', message);
      return undefined;
    }
  }
  if (isTemplate(value)) return outsideTemplate(value, diagnostics);
  const name = typeof template === 'string' ? `\`${template}\`` : 'An entry of `templates`';
  diagnostics.error('config/template', `${name} is not a template.`, {
    hint: 'Export a template, an object with a `name` and a function `files`, as `template` or as the default export.',
  });
  return undefined;
}

function isTemplate(value: unknown): value is Template {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && 'files' in value && typeof value.files === 'function';
}
