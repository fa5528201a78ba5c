// Answers the requests of the bench, in a process of its own so that its work is not counted.
import { createServer } from 'node:http';

const small = JSON.stringify(organizations(3));
const large = JSON.stringify(organizations(3600));
const page = JSON.stringify(organizations(1000));
const pages = 100;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (url.pathname.startsWith('/large/')) return response.end(large);
  if (!url.pathname.startsWith('/pages/')) return response.end(small);
  const number = Number(url.searchParams.get('startingAfter') ?? 0) + 1;
  if (number < pages) {
    const next = new URL(url);
    next.host = String(request.headers.host);
    next.searchParams.set('startingAfter', String(number));
    response.setHeader('Link', `<${next}>; rel="next"`);
  }
  response.end(page);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
// It ends with the bench, whatever ends that.
process.once('disconnect', () => process.exit());

/** @param {number} count */
function organizations(count) {
  return Array.from({ length: count }, (_, index) => ({
    id: String(537_758 + index),
    name: `Branch office "${index}"`,
    url: `https://n1.meraki.com/o/VjjsAd/manage/organization/overview/${index}`,
    api: { enabled: index % 2 === 0 },
    licensing: { model: 'co-term' },
    cloud: { region: { name: 'North America', host: { name: 'United States' } } },
    management: { details: [{ name: 'MSP ID', value: `${index * 7}` }] },
  }));
}
