/** The settings one by one: what each is, and what is said of it, for all and in particular. */
import type { Json } from '../../model/json.ts'
import { type PolicyChange, type Reach, type Said, type Setting, unshown } from '../../model/policy/policy-view.ts'
import { scopes } from './config-schema.ts'
import { type Leaf, outlineAt, type Outline, type Path, unnamed, usualOf } from './outline.ts'
import type { ConfigRead } from './parse-config.ts'
import { at, isTree, namedIn } from './tree.ts'

/** A setting with its values as they are written, also those that are not to be shown. */
export interface Row {
  readonly key: string
  readonly leaf: Leaf
  readonly said: readonly Said[]
}

export function rowsOf({ written: { tree, lineOf } }: ConfigRead): Row[] {
  const { workflows, ...ofAll } = tree
  const parts = namedIn(workflows).flatMap(([workflow, { steps, ...own }]) => [
    { workflow, step: null, own, place: ['workflows', workflow] },
    ...namedIn(steps).map(([step, ofStep]) => ({ workflow, step, own: ofStep, place: ['workflows', workflow, 'steps', step] })),
  ])
  const usual = usualOf(scopes.all) ?? {}
  return leaves(scopes.all, [], [usual, ofAll, ...parts.map(({ own }) => own)]).map(([path, leaf]) => {
    const forAll: Said = { workflow: null, step: null, value: at(ofAll, path) ?? at(usual, path) ?? null, line: lineOf(path) }
    const inParticular = parts.flatMap(({ workflow, step, own, place }): Said[] => {
      const value = at(own, path)
      return value === undefined ? [] : [{ workflow, step, value, line: lineOf([...place, ...path]) }]
    })
    return { key: path.join('.'), leaf, said: [forAll, ...inParticular] }
  })
}

/** Every leaf; under names those that any of the trees has. */
function leaves(outline: Outline, path: Path, trees: readonly (Json | undefined)[]): [Path, Leaf][] {
  if (outline.kind === 'leaf') return [[path, outline]]
  const keys = outline.kind === 'group' ? [...outline.keys.keys()] : [...new Set(trees.flatMap((tree) => (isTree(tree) ? Object.keys(tree) : [])))]
  if (outline.kind === 'named' && keys.length === 0) return [[path, unnamed(outline)]]
  return keys.flatMap((key) => {
    const within = outline.kind === 'group' ? outline.keys.get(key) : outline.of
    return within === undefined ? [] : leaves(within, [...path, key], trees.map((tree) => at(tree, [key])))
  })
}

/** What the sections are about, by their keys. */
export function sectionsOf(outline: Outline = scopes.all, path: Path = []): Record<string, string> {
  if (outline.kind === 'leaf') return {}
  const within = outline.kind === 'group' ? [...outline.keys].flatMap(([key, each]) => Object.entries(sectionsOf(each, [...path, key]))) : []
  const own = path.length === 0 ? [] : [[path.join('.'), outline.meaning] as const]
  return Object.fromEntries([...own, ...within])
}

export function reachOf(path: Path): Reach {
  if (outlineAt(scopes.step, path) !== undefined) return 'step'
  return outlineAt(scopes.workflow, path) === undefined ? 'all' : 'workflow'
}

/**
 * The settings as they are shown. What takes effect at the next start alone is shown as it was when the host started, with
 * what the file says since.
 */
export function settingsIn(rows: readonly Row[], started: readonly Row[]): Setting[] {
  return rows.map(({ key, leaf, said }) => {
    const { meaning, wants, usual = null, takes, isSecret } = leaf
    const atStart = takes === 'start' ? started.find((row) => row.key === key)?.said : undefined
    const shown = (one: Said): Said => (isSecret && one.value !== null ? { ...one, value: unshown } : one)
    const standing = said.map((now): Said => {
      const before = atStart?.find(({ workflow, step }) => workflow === now.workflow && step === now.step)
      if (before === undefined || isSame(before.value, now.value)) return shown(now)
      return { ...shown({ ...now, value: before.value }), next: shown(now).value }
    })
    return { key, meaning, wants, usual, reach: reachOf(key.split('.')), takes, said: standing }
  })
}

/** What is not the same from one file to the next. */
export function changesBetween(before: readonly Row[], after: readonly Row[]): PolicyChange[] {
  const places = new Map([...before, ...after].flatMap(({ key, leaf, said }) => said.map(({ workflow, step }) => [JSON.stringify([key, workflow, step]), { key, leaf, workflow, step }])))
  return [...places.values()].flatMap(({ key, leaf: { isSecret, takes }, workflow, step }) => {
    const [from, to] = [before, after].map((rows) => {
      return rows.find((row) => row.key === key)?.said.find((said) => said.workflow === workflow && said.step === step)?.value
    })
    if (isSame(from, to)) return []
    const shown = (value: Json | undefined): Json | undefined => (isSecret && value !== null && value !== undefined ? unshown : value)
    const [was, is] = [shown(from), shown(to)]
    return [{ key, workflow, step, ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }), takes }]
  })
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
