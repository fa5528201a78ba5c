import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Installed } from '../installed.ts';

/** What a person does when their client asks. */
export type Person = (message: string) => {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Readonly<Record<string, string>>;
};

/** A person who types what they are asked to type. */
export const agreeing: Person = (message) => ({
  action: 'accept',
  content: { code: /type ([A-Z0-9]{4})\./.exec(message)?.[1] ?? '' },
});

export interface ModelOptions {
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absent where the client cannot ask its user. */
  readonly person?: Person;
  readonly era?: 'legacy' | 'modern';
}

/** A model's side of the protocol: it calls tools, and reads what they say. */
export class Model implements AsyncDisposable {
  readonly client: Client;
  /** What the person was asked. */
  readonly asked: string[] = [];
  stderr = '';
  /** The process of the server, where it has one of its own. */
  pid: number | undefined;

  constructor({ person, era = 'legacy' }: Pick<ModelOptions, 'person' | 'era'>) {
    this.client = new Client(
      { name: 'test', version: '1.0.0' },
      {
        capabilities: person ? { elicitation: {} } : {},
        versionNegotiation: { mode: era === 'legacy' ? 'legacy' : { pin: '2026-07-28' } },
      },
    );
    if (person)
      this.client.setRequestHandler('elicitation/create', ({ params }) => {
        this.asked.push(params.message);
        return person(params.message);
      });
  }

  /** Over the standard streams of a process of its own. */
  static async overStdio(cli: Installed, options: ModelOptions): Promise<Model> {
    const model = new Model(options);
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cli.main, 'mcp', ...(options.args ?? [])],
      env: { PATH: process.env['PATH'] ?? '', HOME: cli.folder, ...options.env },
      cwd: cli.folder,
      stderr: 'pipe',
    });
    transport.stderr?.on('data', (text: Buffer) => (model.stderr += String(text)));
    await model.client.connect(transport);
    model.pid = transport.pid ?? undefined;
    return model;
  }

  /** Calls a tool; gives the text that the model reads. */
  async call(name: string, args: Record<string, unknown> = {}): Promise<string> {
    const { content } = await this.client.callTool({ name, arguments: args });
    return content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  }

  /** Applies a plan, and waits for the end of its run. */
  async apply(plan: Record<string, unknown>): Promise<string> {
    let text = await this.call('apply', plan);
    for (
      let run = runOf(text);
      text.includes('it goes on');
      text = await this.call('status', { run })
    )
      await new Promise((next) => setTimeout(next, 50));
    return text;
  }

  /** Plans changes of ports of the switch Q2AA. */
  async plan(...names: readonly string[]): Promise<{ readonly plan: string; hash: string }> {
    const changes = names.map((name, index) => ({
      operation: 'updateDeviceSwitchPort',
      input: { serial: 'Q2AA', portId: String(index + 1), body: { name } },
    }));
    return planOf(await this.call('plan', { changes }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
  }
}

/** The id and hash that a result names. */
export function planOf(text: string): { readonly plan: string; hash: string } {
  const [, plan = ''] = /^plan: (\S+)$/m.exec(text) ?? [];
  const [, hash = ''] = /^hash: (\S+)$/m.exec(text) ?? [];
  if (plan === '') throw new Error(text);
  return { plan, hash };
}

/** The id of the run that a result names. */
export function runOf(text: string): string {
  return /^run (\d{8}T\d{6}-[0-9a-f]{6}(?:-undo)?): /m.exec(text)?.[1] ?? '';
}

/** What data a result holds. */
export function dataOf(text: string): string {
  return /<(data-[0-9a-f]{12})>\n([\s\S]*)\n<\/\1>/.exec(text)?.[2] ?? '';
}

/** A person at a terminal, who types an answer. */
export async function atTerminal(
  cli: Installed,
  args: readonly string[],
  { env, types }: { readonly env: Readonly<Record<string, string>>; readonly types: string },
): Promise<{ readonly code: number; readonly shown: string }> {
  const folder = cli.main.replace(/main\.js$/, '');
  const { main } = await import(pathToFileURL(join(folder, 'runtime/main.js')).href);
  const { api } = await import(pathToFileURL(join(folder, 'api.js')).href);
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  let shown = '';
  stderr.on('data', (text: Buffer) => {
    shown += String(text);
    if (String(text).includes(' to go on: ')) stdin.write(`${types}\n`);
  });
  stdout.resume();
  const code = await main(api, args, {
    stdin,
    stdout,
    stderr,
    env: { HOME: cli.folder, XDG_STATE_HOME: join(cli.folder, '.local/state'), ...env },
  });
  return { code, shown };
}

/** The folder of a plan that was kept. */
export function planFolder(cli: Installed, bin: string, id: string): string {
  return join(cli.folder, '.local/state', bin, 'mcp/plans', id);
}

/** The runs of this machine. */
export async function runsOf(cli: Installed, bin: string): Promise<readonly string[]> {
  return readdir(join(cli.folder, '.local/state', bin, 'runs')).catch(() => []);
}
