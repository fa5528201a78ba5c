import { element } from './element.ts';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const key = 'batchwright-theme';

/** A button that goes through the themes; the choice is kept where the browser lets a file keep something. */
export function themeButton(): HTMLElement {
  let theme = stored();
  const button = element('button', {
    attributes: { type: 'button' },
    on: {
      click: () => {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
        store(theme);
        apply();
      },
    },
  });
  function apply(): void {
    document.documentElement.dataset['theme'] = theme;
    button.textContent = `Theme: ${theme}`;
  }
  apply();
  return button;
}

function stored(): Theme {
  try {
    const known = localStorage.getItem(key);
    return themes.find((theme) => theme === known) ?? 'system';
  } catch {
    return 'system';
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // The choice lasts as long as the page.
  }
}
