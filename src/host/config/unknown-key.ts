/** What is said of a key that is none where it stands: where it belongs, or what may have been meant. */
import { nearest } from '../../model/query/nearest.ts'
import type { Group, Outline, Path } from './outline.ts'

export function unknownKey(path: Path, within: Group, file: Group): string {
  const key = path.at(-1) ?? ''
  return `is no setting: ${belongs(path, file) ?? deeper(path, within) ?? meant(key, [...within.keys.keys()])}`
}

/** Of a key that has its place elsewhere: overrides stand at the top, and some things are said for all alone. */
function belongs(path: Path, file: Group): string | undefined {
  const [first, workflow = '', second, step, ...ofStep] = path
  if (first !== 'workflows') {
    const key = path.at(-1)
    if (key !== 'workflows' && key !== 'steps') return undefined
    const place = path.slice(0, -1).join('.')
    return `what is said of a workflow or a step stands under its name, as workflows.NAME${key === 'steps' ? '.steps.ID' : ''}${place === '' ? '' : `.${place}`}`
  }
  const ofWorkflow = path.slice(2)
  if (second === 'steps' && step !== undefined && ofStep.length > 0) {
    const whole = ['workflows', workflow, ...ofStep]
    if (has(file, whole)) return `it can be said of a workflow, not of a step: write it as ${whole.join('.')}`
    return has(file, ofStep) ? forAll(ofStep) : undefined
  }
  return has(file, ofWorkflow) ? forAll(ofWorkflow) : undefined
}

function forAll(path: Path): string {
  return `it can be said for all alone: write it as ${path.join('.')}, at the top`
}

function has(outline: Outline, [key, ...rest]: Path): boolean {
  if (key === undefined) return true
  if (outline.kind === 'leaf') return false
  const next = outline.kind === 'group' ? outline.keys.get(key) : outline.of
  return next !== undefined && has(next, rest)
}

/** Of a key that stands too high up. */
function deeper(path: Path, within: Group): string | undefined {
  const found = find(within, path.at(-1) ?? '')
  return found === undefined ? undefined : `write it as ${[...path.slice(0, -1), ...found].join('.')}`
}

function find({ keys }: Group, wanted: string): Path | undefined {
  for (const [key, each] of keys) {
    if (each.kind !== 'group') continue
    if (each.keys.has(wanted)) return [key, wanted]
    const within = find(each, wanted)
    if (within !== undefined) return [key, ...within]
  }
  return undefined
}

function meant(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  return near === undefined ? `take it out, or write one of ${known.join(', ')}` : `did you mean ${near}? There are ${known.join(', ')}`
}
