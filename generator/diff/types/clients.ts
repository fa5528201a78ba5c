import type { ClientFactory, CredentialOption, VariableOption } from '../../ir/api.ts';
import type { ApiDifference } from '../api/difference.ts';
import { type TypeRule, typeRules } from './type-rules.ts';

/** Compares the functions that make a client, and the options that they take. */
export function compareClients(old: ClientFactory, now: ClientFactory): readonly ApiDifference[] {
  const found: ApiDifference[] = [];
  const say = (rule: TypeRule, way: readonly string[], text: string): void =>
    void found.push({
      rule,
      severity: typeRules[rule].severity,
      text,
      place: [`\`create${old.name}\``, ...way],
    });
  if (old.name !== now.name) say('client-renamed', [], `is called \`create${now.name}\``);
  if (old.baseUrl && !now.baseUrl) say('client-option-required', ['`baseUrl`'], 'is required');
  if (!old.requiresUserAgent && now.requiresUserAgent)
    say('client-option-required', ['`userAgent`'], 'is required');

  const before = optionsOf(old);
  const after = optionsOf(now);
  for (const [name, from] of before) {
    const to = after.get(name);
    const way = [`\`${name}\``];
    if (!to) say('client-option-removed', way, 'is gone');
    else if (!takes(to, from)) say('client-option-changed', way, 'has another type');
    if (to?.required && !from.required) say('client-option-required', way, 'is required');
  }
  for (const [name, { required }] of after) {
    if (before.has(name)) continue;
    if (required) say('client-option-required', [`\`${name}\``], 'is new and required');
    else say('client-option-added', [`\`${name}\``], 'is new');
  }
  return found;
}

interface ClientOption {
  readonly required: boolean;
  /** What its value is: the parts of credentials, or any text, or one of some. */
  readonly kind: 'basic' | 'secret' | 'text';
  /** Empty where any will do. */
  readonly values: readonly string[];
}

function optionsOf({ credentials, variables }: ClientFactory): ReadonlyMap<string, ClientOption> {
  return new Map([
    ...credentials.map((each) => [each.option, credentialOption(each)] as const),
    ...variables.map((each) => [each.option, variableOption(each)] as const),
  ]);
}

function credentialOption({ required, scheme }: CredentialOption): ClientOption {
  return { required, kind: scheme.kind === 'basic' ? 'basic' : 'secret', values: [] };
}

function variableOption({ variable }: VariableOption): ClientOption {
  return { required: false, kind: 'text', values: variable.values };
}

function takes(option: ClientOption, other: ClientOption): boolean {
  if (option.kind !== other.kind) return option.kind === 'secret' && other.kind === 'text';
  if (option.values.length === 0) return true;
  return other.values.length > 0 && other.values.every((value) => option.values.includes(value));
}
