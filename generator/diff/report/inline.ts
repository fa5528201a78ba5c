import { printable } from '../../diagnostics/printable.ts';

/** Text that may come from a document, as it is: its code spans stay, and nothing else is markup. */
export function inlineMarkdown(text: string): string {
  return printable(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part) : plain(part)))
    .join('');
}

/** A code span. In a table a backslash before a bar ends the cell in some readers, and not in others. */
function code(span: string): string {
  return /[|\\]/.test(span) ? `<code>${entities(span.slice(1, -1))}</code>` : span;
}

/** Text in which nobody is mentioned, and no other change is referred to. */
function plain(text: string): string {
  return entities(text).replaceAll(/@|(?<!&)#(?=\d)/g, '$&<!-- -->');
}

/** Text without a character that Markdown or HTML take for markup. */
function entities(text: string): string {
  return text.replaceAll(/[&<>|\\`*_~[\]!]/g, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
