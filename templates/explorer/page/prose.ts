import { element } from './element.ts';

const link = /\[([^\]\n]+)\]\((https?:\/\/[^)\s]+)\)/g;

/** A text of the document. Its links work; other Markdown is shown as it is written. */
export function prose(text: string): HTMLElement {
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
