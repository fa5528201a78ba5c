import { expect, test } from 'vitest';
import {
  answer,
  badGzip,
  cutBody,
  finish,
  head,
  resetAfterRequest,
  resetAtOnce,
  shortBody,
  slowBody,
  unfinishedChunks,
  writeAndClose,
} from '../../simulators/fault-acts.ts';
import { type Act, faultServer } from '../../simulators/faults.ts';
import { randomOf } from '../../simulators/random.ts';
import { clientAt, failure, random, until } from './client.ts';

const networkId = 'N_1';
const whole = { id: 'N_1', tags: ['a', 'b'] };
const fine = answer({ body: whole });

/** What goes wrong, and whether the server may have acted on the request. */
const faults: readonly (readonly [act: Act, acted: boolean])[] = [
  [answer({ status: 429, headers: { 'Retry-After': '0' } }), false],
  [answer({ status: 400, body: { errors: ['no'] } }), false],
  [resetAtOnce, true],
  [resetAfterRequest, true],
  [finish, true],
  [shortBody, true],
  [unfinishedChunks, true],
  [cutBody(whole), true],
  [slowBody(10), true],
  [badGzip, true],
  [answer({ status: 500, body: '<html>' }), true],
  [answer({ status: 503 }), true],
  [writeAndClose('HTTP/1.1 nonsense\r\n\r\n'), true],
  [writeAndClose(head(307, { Location: 'http://127.0.0.2/', 'Content-Length': '0' })), false],
];

test.each(Array.from({ length: 30 }, (_, index) => index + 1))(
  'whatever goes wrong, a call ends with the truth (seed %i)',
  async (seed) => {
    random(0);
    const chance = randomOf(seed);
    // One of two requests fails; what became of each is noted as it happens.
    const acted: boolean[] = [];
    const server = until(
      await faultServer({
        seed,
        script: () => {
          const [act, late] =
            chance() < 0.5 ? [fine, true] : faults[Math.floor(chance() * faults.length)]!;
          acted.push(late);
          return act;
        },
      }),
    );
    const { networks, appliance } = clientAt(server.origin, { bodyTimeout: 100 });
    for (let count = 0; count < 4; count += 1) {
      const call = chance() < 0.5 ? networks.getNetwork({ networkId }) : undefined;
      if (call) {
        await call.then((body) => expect(body).toEqual(whole)).catch(() => failure(call));
        continue;
      }
      const before = acted.length;
      const body = { id: '99', name: 'x' };
      const post = appliance.createNetworkApplianceVlan({ networkId, body });
      const error = await post.then(
        (vlan) => void expect(vlan).toEqual(whole),
        () => failure(post),
      );
      const mine = acted.slice(before);
      // Nothing follows what the server may have acted on.
      expect(mine.indexOf(true)).toBeOneOf([-1, mine.length - 1]);
      if (error) expect(error.outcome).toBe(mine.at(-1) ? 'unknown' : undefined);
    }
  },
);
