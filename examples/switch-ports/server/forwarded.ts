import type { Plugin } from 'vite';

/** Passes the page's requests on to an account, with the key, which the page never has. */
export function forwarded(baseUrl: string, apiKey: string): Plugin {
  const { origin } = new URL(baseUrl);
  return {
    name: 'forwarded-account',
    config: () => ({
      server: {
        proxy: {
          '/api/v1': {
            target: origin,
            changeOrigin: true,
            headers: { Authorization: `Bearer ${apiKey}` },
            configure: (server) => {
              server.on('proxyRes', (answer, _request, response) => {
                // A page's link leads to the API; the page gets there through here.
                const { link } = answer.headers;
                if (typeof link === 'string')
                  answer.headers['link'] = link.replaceAll(`<${origin}/`, '</');
                // What breaks off breaks off for the page as well, which would wait for the rest.
                answer.on('close', () => {
                  if (!answer.complete) response.destroy();
                });
              });
            },
          },
        },
      },
    }),
  };
}
