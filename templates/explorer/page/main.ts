import { type ApiData, readApiData } from './api-data.ts';
import { changesView } from './changes-view.ts';
import { append, type Content, element } from './element.ts';
import { codeBlock } from './highlight.ts';
import { homeView } from './home-view.ts';
import { listenToKeys } from './keys.ts';
import { operationView } from './operation-view.ts';
import { journalReader } from './dialect-batch.ts';
import { NotARun, readRun } from './recorded-run.ts';
import { JournalError } from '../../runtime/batch/journal/journal.ts';
import { routeOf, typeLink } from './routes.ts';
import { runInvitation, runView } from './run-view.ts';
import { groupAt, sidebarOf } from './sidebar.ts';
import { themeButton } from './theme.ts';

const data = readApiData();
const { index } = data;
const sidebar = sidebarOf(index);
const main = element('main', { attributes: { id: 'main' } });
const places = new Map(index.operations.map(([name], place) => [name, place]));
const types = new Map(index.types.map((name, place) => [name, place]));

function linkOf(name: string): string | undefined {
  return types.has(name) ? typeLink(name) : undefined;
}

async function contentOf({ operation, type, changes }: ApiData): Promise<Content> {
  const route = routeOf(location.hash);
  switch (route.view) {
    case 'home':
      return homeView(index);
    case 'run':
      return runInvitation(openRun);
    case 'changes':
      return changes
        ? changesView(changes)
        : missing('This page was made of one document: there is nothing to compare.');
    case 'type': {
      const place = types.get(route.name);
      const text = place === undefined ? undefined : await type(place);
      if (text === undefined) return missing(`There is no type ${route.name}.`);
      return [heading(route.name), codeBlock('Type', text, linkOf)];
    }
    case 'operation': {
      const place = places.get(route.name);
      const row = place === undefined ? undefined : index.operations[place];
      const detail = place === undefined ? undefined : await operation(place);
      if (!row || !detail) return missing(`There is no operation ${route.name}.`);
      const group = index.groups[groupAt(index, route.name)]?.name ?? '';
      return operationView({ row, group, detail, linkOf });
    }
  }
}

function heading(text: string): HTMLElement {
  return element('h1', { attributes: { tabindex: '-1' } }, text);
}

function missing(text: string): Content {
  return [heading('Not found'), element('p', {}, text)];
}

/** How often something was shown: an answer that comes late must not replace a newer one. */
let turn = 0;

async function show(isFirst = false): Promise<void> {
  const own = ++turn;
  const content = await contentOf(data);
  if (own !== turn) return;
  fill(content, isFirst);
  const route = routeOf(location.hash);
  sidebar.select(route.view === 'operation' ? route.name : undefined);
}

function fill(content: Content, isFirst = false): void {
  main.replaceChildren();
  append(main, content);
  const head = main.querySelector('h1');
  document.title = `${head?.textContent ?? ''} · ${index.title}`;
  if (isFirst) return;
  // A screen reader reads on from here, and the page begins at its top.
  head?.focus({ preventScroll: true });
  main.scrollTo(0, 0);
}

/** More than a browser can hold as one text. */
const largest = 200_000_000;

async function openRun(file: File): Promise<void> {
  const own = ++turn;
  const content = await readFile(file);
  if (own !== turn) return;
  fill(content);
  sidebar.select(undefined);
}

async function readFile(file: File): Promise<Content> {
  if (file.size > largest) return runInvitation(openRun, `${file.name} has more than 200 MB.`);
  try {
    const reader = index.batching && journalReader(index.batching);
    return runView(await readRun(await file.text(), file.name, reader), file.name);
  } catch (error) {
    const why =
      error instanceof NotARun || error instanceof JournalError
        ? error.message
        : 'The file cannot be read.';
    return runInvitation(openRun, `${file.name}: ${why}`);
  }
}

function start(): void {
  const link = (href: string, text: string): HTMLElement =>
    element('a', { attributes: { href } }, text);
  append(document.body, [
    element('a', { class: 'skip', attributes: { href: '#main' } }, 'Skip to the content'),
    element(
      'header',
      {},
      link('#/', index.title),
      element(
        'span',
        { class: 'links' },
        // Its block stands behind this script: whether it is there is known at the end of the page.
        element(
          'a',
          { attributes: { href: '#/changes', id: 'changes-link', hidden: '' } },
          'Changes',
        ),
        link('#/run', 'Plan or journal'),
        themeButton(),
      ),
    ),
    element('div', { class: 'columns' }, sidebar.root, main),
  ]);
  addEventListener('hashchange', () => void show());
  addEventListener('DOMContentLoaded', () => {
    if (data.changes) document.querySelector('#changes-link')?.removeAttribute('hidden');
    if (routeOf(location.hash).view === 'changes') void show();
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void openRun(file);
  });
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    main.querySelector('h1')?.focus();
  });
  listenToKeys(sidebar);
  void show(true);
}

start();
