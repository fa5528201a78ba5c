import { execFileSync, spawnSync } from 'node:child_process';

/** A network of the test's own: a bridge on this machine, and namespaces with an address each. */
export interface Network extends Disposable {
  /** Where the servers of this machine listen, for those in the namespaces. */
  readonly address: string;
  /** All addresses of the network, as PostgreSQL writes them. */
  readonly subnet: string;
  readonly members: readonly Member[];
}

/** A namespace. */
export interface Member {
  readonly address: string;
  /** What stands before a command that is to run in it. */
  readonly prefix: readonly string[];
  /** Cuts it off. Silently: packets are lost, and neither end is told; else its link is down. */
  cut(isSilent: boolean): void;
  join(): void;
}

/** Undefined where this machine has no namespaces for us, as without the rights of root. */
export function startNetwork(count: number): Network | undefined {
  const mark = process.pid.toString(36);
  const bridge = `bw${mark}`;
  const names: string[] = [];
  const links: string[] = [bridge];
  const dispose = (): void => {
    for (const name of names) spawnSync('ip', ['netns', 'del', name]);
    for (const link of links) spawnSync('ip', ['link', 'del', link]);
  };
  const net = `10.213.${process.pid % 256}`;
  try {
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('addr', 'add', `${net}.1/24`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    const members = Array.from({ length: count }, (_, index) => {
      const name = `bw${mark}-${index}`;
      const outside = `bw${mark}v${index}`;
      const address = `${net}.${index + 2}`;
      ip('netns', 'add', name);
      names.push(name);
      links.push(outside);
      ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
      ip('link', 'set', outside, 'master', bridge, 'up');
      const prefix = ['ip', 'netns', 'exec', name];
      ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
      ip('-n', name, 'link', 'set', 'eth0', 'up');
      ip('-n', name, 'link', 'set', 'lo', 'up');
      return {
        address,
        prefix,
        cut: (isSilent: boolean): void =>
          ip('link', 'set', outside, isSilent ? 'nomaster' : 'down'),
        join: (): void => ip('link', 'set', outside, 'master', bridge, 'up'),
      };
    });
    return { address: `${net}.1`, subnet: `${net}.0/24`, members, [Symbol.dispose]: dispose };
  } catch {
    dispose();
    return undefined;
  }
}

/** Whether this machine has namespaces for us. */
export const hasNetworks: boolean = isThere();

function isThere(): boolean {
  using network = startNetwork(1);
  return network !== undefined;
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: 'ignore' });
}
