/** The descriptor of Meraki's action batches, as the emitted package has it. */
export { type Meraki, meraki } from '../../../generated/meraki/src/batch/dialect.ts';
