// @ts-nocheck
/** What is used of a meter of OpenTelemetry: that of `@opentelemetry/api` fits, and nothing of it is loaded. */
export interface FleetMeter {
  createCounter(name: string, options: InstrumentOptions): Counter;
  createHistogram(name: string, options: InstrumentOptions): { record(value: number): void };
  createObservableGauge(
    name: string,
    options: InstrumentOptions,
  ): { addCallback(observe: (result: Observation) => void | Promise<void>): void };
}

interface InstrumentOptions {
  readonly description: string;
  readonly unit?: string;
}

interface Counter {
  add(value: number, attributes?: Attributes): void;
}

interface Observation {
  observe(value: number, attributes?: Attributes): void;
}

type Attributes = Record<string, string>;
