/**
 * What a user of the packages whose batches are single requests can and cannot write: what an API's batches
 * cannot do is not there. As in `consumer.ts`, each `@ts-expect-error` has to be found.
 */
import { createAxapi } from '../../../generated/axapi/src/index.js';
import { createGraph } from '../../../generated/graph/src/index.js';
import { createJournyx } from '../../../generated/journyx/src/index.js';

const baseUrl = 'https://10.0.0.1';

export async function axapi(): Promise<void> {
  const { batch } = createAxapi({ baseUrl, signature: 'secret' });
  const server = batch.slb.createSlbServer({ body: { server: { name: 's1' } } });
  const read = batch.slb.getSlbServer({ name: 's1' });

  const [made, shown] = await batch.run([server, read], { configVersion: 17 });
  if (made.status === 'applied') console.log(made.value.server.name);
  if (shown.status === 'applied') console.log(shown.value.server.host);
  if (made.status === 'rolledBack') console.log(made.cause);
  // @ts-expect-error Only an applied action has a value.
  console.log(made.value);
  await batch.run([batch.atomic([server, read])]);

  // @ts-expect-error There are no drafts.
  batch.draft([server]);
  // @ts-expect-error Nothing calls back.
  batch.parseCallback('{}', { sharedSecret: 'secret' });
  // @ts-expect-error Results cannot be referred to.
  batch.ref(server);
  // @ts-expect-error There is one mode.
  batch.plan([server], { mode: 'async' });
  // @ts-expect-error Nothing calls back.
  batch.run([server], { callback: { url: baseUrl, sharedSecret: 'secret' } });
  // @ts-expect-error There is nothing to verify: each result came with its batch.
  batch.run([server], { verify: true });
  // @ts-expect-error A failure undoes the batch, or it goes on.
  batch.run([server], { onError: 'stop' });
}

export async function journyx(): Promise<void> {
  const { batch } = createJournyx({ baseUrl, login: { user: 'user', password: 'secret' } });
  const project = batch.projects.createProject({ body: { pname: 'Bridge' } });
  const rename = batch.projects.updateProject({
    id: batch.ref(project),
    etag: '"7"',
    body: { pname: 'Tunnel' },
  });

  const outcomes = await batch.run({ project, rename }, { onError: 'continue' });
  if (outcomes.project.status === 'applied') console.log(outcomes.project.value.results.pname);
  // @ts-expect-error Nothing is undone.
  if (outcomes.rename.status === 'rolledBack') return;

  // @ts-expect-error There are no drafts.
  batch.draft([project]);
  // @ts-expect-error Nothing calls back.
  batch.parseCallback('{}', { sharedSecret: 'secret' });
  // @ts-expect-error Actions are applied one by one.
  batch.atomic([project, rename]);
  // @ts-expect-error There is one mode.
  batch.plan([project], { mode: 'async' });
  // @ts-expect-error Nothing is undone.
  batch.run([project], { onError: 'rollback' });
  // @ts-expect-error There is no version of everything.
  batch.run([project], { configVersion: 1 });
  // @ts-expect-error An ETag is a text.
  batch.projects.updateProject({ id: 'P', etag: 7, body: {} });
}

export async function graph(): Promise<void> {
  const { batch } = createGraph({ token: 'secret' });
  const user = batch.users.getUser({ 'user-id': 'ann' });
  const again = batch.users.getUser({ 'user-id': batch.ref(user) });

  const [first, second] = await batch.run([user, again]);
  if (first.status === 'applied') console.log(first.value.displayName);
  // @ts-expect-error Nothing is undone.
  if (second.status === 'rolledBack') return;
  // @ts-expect-error There are two outcomes, as there are two actions.
  const [, , third] = await batch.run([user, again]);
  console.log(third);

  const message = batch.mail.createMessage({ 'user-id': 'ann', body: { importance: 'low' } });
  batch.users.updateUser({
    'user-id': 'bob',
    body: { accountEnabled: batch.ref(user, 'accountEnabled') },
  });
  batch.mail.createMessage({
    'user-id': 'bob',
    body: { importance: batch.ref(message, 'importance') },
  });
  // @ts-expect-error A name is no switch.
  batch.users.updateUser({ 'user-id': 'b', body: { accountEnabled: batch.ref(user, 'mail') } });
  // @ts-expect-error A subject may be any text, and not one of three.
  batch.mail.createMessage({ 'user-id': 'b', body: { importance: batch.ref(message, 'subject') } });

  // @ts-expect-error There are no drafts.
  batch.draft([user]);
  // @ts-expect-error Nothing calls back.
  batch.parseCallback('{}', { sharedSecret: 'secret' });
  // @ts-expect-error Actions are applied one by one.
  batch.atomic([user, again]);
  // @ts-expect-error There is one mode.
  batch.plan([user], { mode: 'async' });
  // @ts-expect-error Nothing is undone.
  batch.run([user], { onError: 'rollback' });
  // @ts-expect-error A user has no such member.
  batch.ref(user, 'nickName');
}
