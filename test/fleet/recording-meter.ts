import type { FleetMeter } from '../../generated/meraki/src/fleet.js';

type Attributes = Record<string, string>;

/** What was measured: sums of counters, values of histograms, and the highest value that a gauge has shown. */
export interface Recorded {
  readonly sums: Record<string, number>;
  readonly values: Record<string, number[]>;
  readonly highest: Record<string, number>;
}

/** A meter that keeps what it is given. Gauges are looked at as an exporter does, only more often. */
export class RecordingMeter implements FleetMeter {
  readonly recorded: Recorded = { sums: {}, values: {}, highest: {} };
  readonly #callbacks: (() => void | Promise<void>)[] = [];

  createCounter(name: string): ReturnType<FleetMeter['createCounter']> {
    const { sums } = this.recorded;
    return {
      add: (value, attributes) => {
        const key = keyOf(name, attributes);
        sums[key] = (sums[key] ?? 0) + value;
      },
    };
  }

  createHistogram(name: string): ReturnType<FleetMeter['createHistogram']> {
    const { values } = this.recorded;
    return { record: (value) => void (values[name] ??= []).push(value) };
  }

  createObservableGauge(name: string): ReturnType<FleetMeter['createObservableGauge']> {
    const { highest } = this.recorded;
    const observe = (value: number, attributes?: Attributes): void => {
      const key = keyOf(name, attributes);
      highest[key] = Math.max(highest[key] ?? -Infinity, value);
    };
    return { addCallback: (callback) => void this.#callbacks.push(() => callback({ observe })) };
  }

  async look(): Promise<void> {
    await Promise.all(this.#callbacks.map((callback) => callback()));
  }
}

function keyOf(name: string, attributes: Attributes = {}): string {
  return [name, ...Object.entries(attributes).map((pair) => pair.join('='))].join(' ');
}
