import { type Content, element } from './element.ts';

const link = /\[([^\]\n]+)\]\((https?:\/\/[^)\s]+)\)/g;

/** A text of our own, in which backticks mark code. */
export function inline(text: string): Content {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? element('code', {}, part.slice(1, -1)) : part));
}

/** Signs that lay a text out and say nothing: of quotes, and of lines across the page. */
const layout = /^[ \t]*(?:>[ \t]?|(?:-{3,}|\*{3,}|_{3,})[ \t]*$)/gm;

/** A text of the document. Its links work; other Markdown is shown as it is written. */
export function prose(markdown: string): HTMLElement {
  const text = markdown
    .replaceAll(layout, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const parts: (string | Node)[] = [];
  let end = 0;
  for (const match of text.matchAll(link)) {
    const [whole, label = '', href = ''] = match;
    parts.push(
      text.slice(end, match.index),
      element('a', { attributes: { href, rel: 'noreferrer' } }, label),
    );
    end = match.index + whole.length;
  }
  return element('p', { class: 'prose' }, parts, text.slice(end));
}
