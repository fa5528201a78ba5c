import type { Meraki } from '../../../generated/meraki/src/index.ts';

/**
 * Keeps so many calls for an organization going for so many seconds; each of them must succeed in the
 * end. Gives how many did.
 */
export async function load(
  { organizations }: Meraki,
  organizationId: string,
  parallel: number,
  seconds: number,
): Promise<number> {
  const end = performance.now() + seconds * 1e3;
  const counts = await Promise.all(
    Array.from({ length: parallel }, async () => {
      let count = 0;
      for (; performance.now() < end; count += 1)
        await organizations.getOrganizationNetworks(
          { organizationId },
          { retry: { attempts: Infinity } },
        );
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
