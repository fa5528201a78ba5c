import type { Server } from './ir.ts';

/** A server's URL with the default of each variable in its place. */
export function defaultUrl(server: Server): string {
  return server.url.replaceAll(
    /\{([^{}]*)\}/g,
    (whole, name: string) =>
      server.variables.find((variable) => variable.name === name)?.default ?? whole,
  );
}
