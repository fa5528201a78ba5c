import type { ChosenTemplate, TemplateChoice, TemplateOptions, TemplateSource } from './config.ts';

/** Whether a choice of templates is a list. */
export function isList(choice: TemplateChoice): choice is readonly ChosenTemplate[] {
  return Array.isArray(choice);
}

/** Whether a choice is a template with its options. */
export function isConfigured(
  choice: ChosenTemplate | TemplateOptions,
): choice is readonly [TemplateSource, TemplateOptions] {
  return Array.isArray(choice);
}

/** Whether a choice is options alone: a template has files. */
export function isOptions(
  choice: ChosenTemplate | TemplateOptions | true,
): choice is TemplateOptions {
  return typeof choice === 'object' && !Array.isArray(choice) && !('files' in choice);
}
