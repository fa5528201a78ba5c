import { restricted } from '../../ir/constraints.ts';
import type { Rule, Type } from '../../ir/ir.ts';
import { unknown } from '../../ir/type.ts';

/** Anything of which a rule holds. */
export function demanding(...rules: readonly Rule[]): Type {
  return restricted(unknown, [{ rules }]);
}
