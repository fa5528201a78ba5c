type Child = Node | string | undefined | readonly Child[];

/** What fills a part of the page. */
export type Content = readonly Child[];

type Listeners = {
  readonly [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void;
};

interface Options {
  readonly class?: string;
  /** Attributes as HTML has them; `undefined` leaves one out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly on?: Listeners;
}

/** An element. Text is only ever text: what a document or a file says is never read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  options: Options = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (options.class !== undefined) made.className = options.class;
  for (const [attribute, value] of Object.entries(options.attributes ?? {}))
    if (value !== undefined) made.setAttribute(attribute, value);
  for (const [type, listener] of Object.entries(options.on ?? {}))
    // The pairs of an object lose which listener belongs to which event.
    made.addEventListener(type, listener as EventListener);
  append(made, children);
  return made;
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string') parent.appendChild(document.createTextNode(child));
    else if (child instanceof Node) parent.appendChild(child);
    else append(parent, child);
  }
}

/** A table with a heading for each column; `label` names it for a screen reader. */
export function table(
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const head = heads.map((text) => element('th', { attributes: { scope: 'col' } }, text));
  return element(
    'div',
    { class: 'scroll', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, head)),
      element(
        'tbody',
        {},
        rows.map((cells) =>
          element(
            'tr',
            {},
            cells.map((cell) => element('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** A section under a heading of the second level. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), children);
}

/** A list of sentences; nothing where there is none. */
export function sentences(texts: readonly string[]): HTMLElement | undefined {
  if (texts.length === 0) return undefined;
  return element(
    'ul',
    {},
    texts.map((text) => element('li', {}, text)),
  );
}
