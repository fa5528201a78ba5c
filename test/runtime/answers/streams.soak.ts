import { events } from '../../../templates/runtime/answers/events.ts';
import { openStream } from '../../../templates/runtime/answers/stream.ts';
import { answerTable } from '../../../templates/runtime/answers/table.ts';
import { createClient } from '../../../templates/runtime/client.ts';

/** Ten million events pass through a stream, and the heap stays as it is: `npm run soak:streams`. */
const count = Number(process.argv[2] ?? 10_000_000);
const perChunk = 1000;
const chunk = new TextEncoder().encode('id: 1\ndata: {"n":1,"text":"Zoë"}\n\n'.repeat(perChunk));
let left = count / perChunk;
const body = new ReadableStream<Uint8Array>({
  pull(sink) {
    if (left-- > 0) sink.enqueue(chunk);
    else sink.close();
  },
});
const client = createClient({
  baseUrl: 'https://api.example.com',
  fetch: async () => new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }),
});
const answers = answerTable([{ status: 200, type: 'text/event-stream', read: events }]);
const stream = openStream<{ n: number }>(client, undefined, () => ({
  id: 'soak',
  method: 'GET',
  path: '/',
  answers,
}));

let sum = 0;
const heap: number[] = [];
for await (const { n } of stream) {
  sum += n;
  if (sum % (count / 10) !== 0) continue;
  globalThis.gc?.();
  heap.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
}
const growth = Math.max(...heap) - (heap[0] ?? 0);
console.log(`${sum} events; heap in MB after each tenth: ${heap.join(' ')}`);
if (sum !== count || growth > 2) {
  console.error(`The heap grew by ${growth} MB, or events were lost.`);
  process.exitCode = 1;
}
