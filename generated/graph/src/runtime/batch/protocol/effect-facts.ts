/** What is known of a resource besides what it shows: from the document, and from the dialect's table. */
export interface Resource {
  /** The path of its collection, where that is not the path without its last segment. */
  readonly collection?: string | undefined;
  /** Whether reading its path shows it. */
  readonly read?: boolean | undefined;
  /** Whether reading its collection shows a list. */
  readonly list?: boolean | undefined;
  /** The members that its creation takes; absent where a batch cannot create it. */
  readonly create?: readonly string[] | undefined;
  /** The members that a change takes; absent where a batch cannot change it. */
  readonly update?: readonly string[] | undefined;
  /** Whether a batch can destroy it. */
  readonly destroy?: boolean | undefined;
  /** Members that are taken and never shown: secrets, and what only creation looks at. `a/b` is inside. */
  readonly writeOnly?: readonly string[] | undefined;
  /** Lists whose order has a meaning; the others are sets. Absent where nobody has said so. */
  readonly orderedLists?: readonly string[] | undefined;
  /** What a reset sends, where it cannot be destroyed. */
  readonly resetTo?: Readonly<Record<string, unknown>> | undefined;
  /** It is there from the beginning, so that it can only be changed. */
  readonly alwaysExists?: boolean | undefined;
}

/** Resources by their route, as `/networks/{networkId}/appliance/vlans/{vlanId}`. */
export type Resources = Readonly<Record<string, Resource>>;

/** A verb that is neither create, update nor destroy, and what takes it back. */
export interface VerbFact {
  /** The verb that takes it back. */
  readonly inverse: string;
  /** The member of the resource that shows what it changes. */
  readonly shownIn: string;
  /** What the member shows afterwards: what the action sent under that name, nothing, or another value. */
  readonly leaves: 'sent' | 'nothing' | 'other';
  /** Whether the inverse sends what the member showed before. */
  readonly sendsOld: boolean;
}

/** By verb. */
export type VerbFacts = Readonly<Record<string, VerbFact>>;

/** What a dialect knows of its API's resources, so that changes can be shown beforehand and taken back. */
export interface EffectFacts {
  readonly resources: Resources;
  readonly verbs: VerbFacts;
}

/** Gives the facts: they are loaded when something needs them. */
export type LoadFacts = () => Promise<EffectFacts>;
