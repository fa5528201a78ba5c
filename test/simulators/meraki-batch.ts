/** An action as it comes over the wire. */
export interface SentAction {
  readonly resource: string;
  readonly operation: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A batch as the server keeps it. */
export interface Batch {
  readonly id: string;
  readonly actions: readonly SentAction[];
  /** They are shown often. */
  readonly actionsText: string;
  readonly createdAt: number;
  readonly foreign: boolean;
  readonly callback: { readonly url: string; readonly sharedSecret: string } | undefined;
  synchronous: boolean;
  confirmed: boolean;
  endsAt: number;
  ended: boolean;
  failed: boolean;
  errors: readonly string[];
  created: readonly { readonly id: string; readonly uri: string }[];
}

/** The JSON of a batch. */
export function show(batch: Batch): string {
  const { id, confirmed, synchronous, ended, failed, errors, created, actionsText } = batch;
  const status = { completed: ended && !failed, failed, errors, createdResources: created };
  const shown = JSON.stringify({ id, organizationId: '1', confirmed, synchronous, status });
  return `${shown.slice(0, -1)},"actions":${actionsText}}`;
}

/** A member of an action's body that is a text. */
export function textAt(name: string): (action: SentAction) => string | undefined {
  return ({ body }) => {
    const value = body?.[name];
    return typeof value === 'string' ? value : undefined;
  };
}

/** How the server names the action that failed. */
export function executionError(
  { operation, resource, body = {} }: SentAction,
  reason: string,
): string {
  return `Error occurred while executing ${operation} ${resource}/ with ${JSON.stringify(body)}: ${reason}`;
}
