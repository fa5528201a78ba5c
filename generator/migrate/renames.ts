import { Node, type SourceFile, type ts } from 'ts-morph';
import type { PackageProject } from './package-project.ts';
import type { Successors } from './successors.ts';

/** What a name that the old package declares is called in the new one. */
export interface Renamed {
  /** Absent where only its group is another one. */
  readonly now?: string | undefined;
  /** Where it is a function that is in another group. */
  readonly group?: { readonly old: string; readonly now: string } | undefined;
}

/** All that is called otherwise, by where the old package declares it. */
export interface Renames {
  /** The old names: only they need to be looked at. */
  readonly names: ReadonlySet<string>;
  find(declaration: ts.Node): Renamed | undefined;
}

export function renamesOf(
  { project, pathOf }: PackageProject,
  successors: Successors,
  clients: ReadonlyMap<string, string>,
): Renames {
  const found = new Map<ts.Node, Renamed>();
  const names = new Set<string>();
  const file = (module: string): SourceFile | undefined => project.getSourceFile(pathOf(module));
  const add = (nodes: readonly Node[], old: string, renamed: Renamed): void => {
    for (const node of nodes) found.set(node.compilerNode, renamed);
    if (nodes.length > 0) names.add(old);
  };

  for (const [old, { name: now, oldGroup, group, isBatchable }] of successors.functions) {
    const isMoved = oldGroup !== group;
    if (old === now && !isMoved) continue;
    const moved = isMoved ? { old: oldGroup, now: group } : undefined;
    for (const module of isBatchable ? [oldGroup, `batch/${oldGroup}`] : [oldGroup])
      add(declarations(file(module), old), old, {
        now: old === now ? undefined : now,
        group: moved,
      });
  }
  for (const [old, now] of [...successors.types, ...clients])
    for (const module of [successors.oldHomes.get(old) ?? 'types', 'index', 'client'])
      add(declarations(file(module), old), old, { now });
  for (const [type, members] of successors.members)
    for (const declaration of declarations(file(successors.oldHomes.get(type) ?? 'types'), type))
      for (const [old, now] of members) add(membersOf(declaration, old), old, { now });
  for (const [old, now] of successors.groups)
    for (const module of ['index', 'batch/index'])
      add(groupMembers(file(module), old), old, { now });
  return { names, find: (declaration) => found.get(declaration) };
}

/** What a module declares under a name: an enum is a type and a constant. */
function declarations(file: SourceFile | undefined, name: string): readonly Node[] {
  const found = [
    file?.getFunction(name),
    file?.getInterface(name),
    file?.getTypeAlias(name),
    file?.getVariableDeclaration(name),
  ];
  return found.filter((node) => node !== undefined);
}

function membersOf(declaration: Node, name: string): readonly Node[] {
  return declaration
    .getDescendants()
    .filter((each) => Node.isPropertySignature(each) && each.getName() === name);
}

/** The members of the client object and of its batches that stand for groups. */
function groupMembers(file: SourceFile | undefined, group: string): readonly Node[] {
  return (file?.getDescendants() ?? []).filter(
    (each) =>
      Node.isPropertySignature(each) &&
      each.getName() === group &&
      each.getTypeNode()?.getText().includes(`typeof ${group}Module`) === true,
  );
}
