import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client, organizationId } from '../api';
import { getOrganizationDevices, type GetOrganizationDevicesInput } from '../meraki/organizations';
import { getDeviceSwitchPortsQuery } from '../meraki/tanstack-query';
import type { DeviceSwitchPort } from '../meraki/types';
import { pathOf, type Port } from './port';

/** The ports of all switches, how many switches have been read, and what went wrong. */
export interface Ports {
  readonly ports: readonly Port[];
  readonly switches: number;
  readonly read: number;
  readonly isReading: boolean;
  readonly error: Error | null;
  retry(): void;
}

interface Switch {
  readonly serial: string;
  readonly name: string;
}

export function usePorts(): Ports {
  const devices = useQuery({
    queryKey: ['switches', organizationId],
    queryFn: async ({ signal }): Promise<readonly Switch[]> => {
      const switches: Switch[] = [];
      const input: GetOrganizationDevicesInput = { organizationId, productTypes: ['switch'] };
      for await (const { serial, name } of getOrganizationDevices(client, input, { signal }))
        if (serial !== undefined) switches.push({ serial, name: name ?? serial });
      return switches;
    },
  });
  const { data: switches = none, error, isFetching, refetch } = devices;
  const combine = useCallback(
    (results: readonly UseQueryResult<readonly DeviceSwitchPort[]>[]): Ports => ({
      ports: results.flatMap(({ data = [] }, at) =>
        data.map((port) => portOf(switches[at]!, port)),
      ),
      switches: switches.length,
      read: results.filter(({ data }) => data).length,
      isReading: isFetching || results.some((each) => each.isFetching),
      error: error ?? results.find((each) => each.error)?.error ?? null,
      retry: () => {
        if (error) void refetch();
        for (const each of results) if (each.error) void each.refetch();
      },
    }),
    [switches, error, isFetching, refetch],
  );
  const queries = switches.map(({ serial }) => getDeviceSwitchPortsQuery(client, { serial }));
  return useQueries({ queries, combine });
}

const none: readonly Switch[] = [];

function portOf({ serial, name: switchName }: Switch, port: DeviceSwitchPort): Port {
  const { portId = '', name = '', enabled = true, poeEnabled = false } = port;
  const { type = 'access', vlan = 1 } = port;
  const settings = { name, enabled, poeEnabled, type, vlan };
  return { path: pathOf(serial, portId), serial, switchName, portId, settings };
}
