import type { KnownTemplates, Template } from '../template.ts';
import type { ChosenTemplate, Target, TemplateOptions, TemplateSource } from './config.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { outsideTemplate } from './outside-template.ts';
import { importModule, resolveModule } from './import.ts';
import { ownerFault } from './owner.ts';
import { isConfigured, isList, isOptions } from './template-choice.ts';

/**
 * The templates of a target's package; those that it only names are loaded from there, or as
 * packages that `folder` can see.
 */
export async function loadTemplates(
  { templates: chosen = [] }: Pick<Target, 'templates'>,
  { standard, optIn }: KnownTemplates,
  folder: string,
  diagnostics: Diagnostics,
): Promise<readonly Template[]> {
  const load = async (sources: readonly ChosenTemplate[]): Promise<readonly Template[]> => {
    const loaded: Template[] = [];
    for (const choice of sources) {
      const [source, options] = isConfigured(choice) ? choice : [choice];
      const known = typeof source === 'string' ? await optIn.get(source)?.() : undefined;
      const template = await loadTemplate(known?.template ?? source, folder, diagnostics, options);
      if (template) loaded.push(template);
    }
    return loaded;
  };
  if (isList(chosen)) return [...standard, ...(await load(chosen))];

  const known = new Set([...standard.map(({ name }) => name), ...optIn.keys()]);
  const templates = new Map(standard.map((template) => [template.name, template]));
  for (const [name, choice] of Object.entries(chosen)) {
    if (typeof choice === 'boolean' && !known.has(name)) {
      const message = `There is no template \`${name}\`.${didYouMean(name, known)}`;
      const hint = `Those that come with batchwright are: ${[...known].join(', ')}.`;
      diagnostics.error('config/template', message, { hint });
    } else if (choice === false) templates.delete(name);
    else if (choice !== true || !templates.has(name)) {
      const [loaded] = await load([
        choice === true ? name : isOptions(choice) ? [templates.get(name) ?? name, choice] : choice,
      ]);
      if (loaded) templates.set(name, loaded);
    }
  }
  return [...templates.values()];
}

async function loadTemplate(
  template: TemplateSource,
  folder: string,
  diagnostics: Diagnostics,
  options?: TemplateOptions,
): Promise<Template | undefined> {
  let value: unknown = template;
  if (typeof template === 'string') {
    try {
      const from = `${folder}/batchwright.config.ts`;
      const file = await resolveModule(template, from);
      const fault = file === undefined ? undefined : ownerFault(file);
      if (fault !== undefined) {
        diagnostics.error('config/owner', `The template \`${template}\` is not loaded: ${fault}.`, {
          hint: 'If you trust its owner, make the file yours, or import it in the configuration.',
        });
        return undefined;
      }
      const exported = await importModule(template, from);
      value = exported['template'] ?? exported['default'];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The template \`${template}\` cannot be loaded: ${reason}`;
      diagnostics.error('config/template', message);
      return undefined;
    }
  }
  if (isTemplate(value)) {
    const configured = options ? withOptions(value, options, diagnostics) : value;
    return configured && outsideTemplate(configured, diagnostics);
  }
  const name = typeof template === 'string' ? `\`${template}\`` : 'An entry of `templates`';
  diagnostics.error('config/template', `${name} is not a template.`, {
    hint: 'Export a template, an object with a `name` and a function `files`, as `template` or as the default export.',
  });
  return undefined;
}

function withOptions(
  template: Template,
  options: TemplateOptions,
  diagnostics: Diagnostics,
): Template | undefined {
  const { name } = template;
  if (!template.configure) {
    diagnostics.error('config/template', `The template \`${name}\` takes no options.`);
    return undefined;
  }
  try {
    return template.configure(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    diagnostics.error('config/template', `The template \`${name}\` refuses its options: ${reason}`);
    return undefined;
  }
}

function isTemplate(value: unknown): value is Template {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && 'files' in value && typeof value.files === 'function';
}
