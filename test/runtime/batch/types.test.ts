import { describe, expectTypeOf, test } from 'vitest';
import type { Batch } from '../../../templates/runtime/batch/draft/batch.ts';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import type { Meraki } from './meraki.ts';
import type { Outcome } from '../../../templates/runtime/batch/outcome/outcome.ts';
import type { Created } from '../../../templates/runtime/batch/outcome/batch-result.ts';
import { type BatchInput, ref } from '../../../templates/runtime/batch/action/reference.ts';
import { type Ref } from '../../../templates/runtime/batch/action/types.ts';
import {
  createNetwork,
  createVlan,
  deleteNetwork,
  type Network,
  organizationId,
  updateNetwork,
  updatePort,
  type Vlan,
} from './builders.ts';

const network = createNetwork({ organizationId, body: { name: 'HQ' } });
const vlan = createVlan({ networkId: 'N_1', body: { id: '1', name: 'x' } });
const rename = updateNetwork({ networkId: 'N_1' });

/** Never called: the compiler reads it. */
type Consumer = (batch: Batch<Meraki>) => Promise<void>;

describe('outcomes line up with the actions', () => {
  test('of a list', () => {
    const use: Consumer = async (batch) => {
      const outcomes = await batch.run([network, rename], { organizationId });
      expectTypeOf(outcomes[0]).toEqualTypeOf<Outcome<Created, Network>>();
      expectTypeOf(outcomes[1]).toEqualTypeOf<Outcome<Created | undefined, Network>>();
      expectTypeOf(outcomes.length).toEqualTypeOf<2>();
      // @ts-expect-error there is no third
      void outcomes[2];
    };
    void use;
  });

  test('of a record', () => {
    const use: Consumer = async (batch) => {
      const outcomes = await batch.run({ vlan, rename }, { organizationId }).outcomes();
      expectTypeOf(outcomes.vlan).toEqualTypeOf<Outcome<Created, Vlan>>();
      // @ts-expect-error no such name
      void outcomes.other;
    };
    void use;
  });

  test('of a group', () => {
    const use: Consumer = async (batch) => {
      const [first, pair] = await batch.run([rename, atomic([network, vlan])], { organizationId });
      expectTypeOf(first).toEqualTypeOf<Outcome<Created | undefined, Network>>();
      expectTypeOf(pair).toEqualTypeOf<
        readonly [Outcome<Created, Network>, Outcome<Created, Vlan>]
      >();
    };
    void use;
  });

  test('of a plan, and values', () => {
    const use: Consumer = async (batch) => {
      const plan = batch.plan([vlan, rename]);
      const [created] = await batch.run(plan, { organizationId }).values();
      expectTypeOf(created).toEqualTypeOf<Created>();
    };
    void use;
  });

  test('an outcome has a value only where it was applied', () => {
    const use: Consumer = async (batch) => {
      const [outcome] = await batch.run([vlan], { organizationId });
      // @ts-expect-error it may have failed
      void outcome.value;
      if (outcome.status === 'applied') expectTypeOf(outcome.value).toEqualTypeOf<Created>();
    };
    void use;
  });
});

describe('references are checked', () => {
  test('an id is text', () => {
    expectTypeOf(ref(network)).toEqualTypeOf<Ref<string>>();
    createVlan({ networkId: ref(network), body: { id: ref(vlan), name: 'x' } });
  });

  test('a reference of the wrong type does not compile', () => {
    // @ts-expect-error a VLAN is a number here
    updatePort({ serial: 'Q', portId: '1', body: { vlan: ref(network) } });
    // @ts-expect-error not every text is one of these
    updatePort({ serial: 'Q', portId: '1', body: { enabled: ref(network) } });
  });

  test('a reference to a switch, or to one of several words, stands where these do', () => {
    interface Input {
      readonly enabled: boolean;
      readonly type?: 'access' | 'trunk';
      readonly vlan?: number | null;
      readonly tags?: readonly ('red' | 'green')[];
      readonly target?: string | { readonly id: string };
    }
    const take = (input: BatchInput<Input>): BatchInput<Input> => input;
    const source = {} as {
      readonly flag: Ref<boolean>;
      readonly word: Ref<'access' | 'trunk'>;
      readonly one: Ref<'access'>;
      readonly color: Ref<'red' | 'green'>;
      readonly number: Ref<number>;
      readonly text: Ref<string>;
    };
    take({ enabled: source.flag, type: source.word, vlan: source.number });
    take({ enabled: true, type: source.one, vlan: null, tags: [source.color, 'red'] });
    take({ enabled: false, target: source.text });
    take({ enabled: false, target: { id: source.text } });
    // @ts-expect-error a text may be another word
    take({ enabled: true, type: source.text });
    // @ts-expect-error a number is no switch
    take({ enabled: source.number });
    // @ts-expect-error a color is no type
    take({ enabled: true, type: source.color });
  });

  test('only what creates something can be referred to', () => {
    const use = (batch: Batch<Meraki>): void => {
      batch.ref(network, 'uri');
      // @ts-expect-error an update gives no id
      batch.ref(rename);
      // @ts-expect-error a destroy gives no id
      batch.ref(deleteNetwork({ networkId: 'N_1' }));
      // @ts-expect-error the server tells only id and uri
      batch.ref(network, 'name');
    };
    void use;
  });
});

test('builders take what the operation takes, and nothing else', () => {
  // @ts-expect-error misspelt
  updateNetwork({ networkId: 'N_1', body: { nam: 'x' } });
  // @ts-expect-error missing
  createVlan({ networkId: 'N_1', body: { id: '1' } });
});

test('a run needs the scope of the dialect', () => {
  const use = (batch: Batch<Meraki>): void => {
    // @ts-expect-error organizationId is missing
    void batch.run([rename], {});
    // @ts-expect-error no such policy
    void batch.run([rename], { organizationId, onError: 'rollback' });
  };
  void use;
});
