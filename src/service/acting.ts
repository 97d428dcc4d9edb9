import type { Act } from '../engine/control.ts'
import type { Actor } from '../model/actor.ts'
import type { RunId } from '../model/ids.ts'
import type { ServiceParts } from './parts.ts'

export function person(parts: Pick<ServiceParts, 'person'>, name: string | undefined): Actor {
  return { kind: 'person', name: name ?? parts.person }
}

/** What a caller asks to be done to a run, as run control takes it. */
export function onRun(
  parts: Pick<ServiceParts, 'person'>,
  input: { readonly run: RunId; readonly seen?: number | null | undefined; readonly actor?: string | undefined },
  words: string | null | undefined,
): Act {
  return { run: input.run, seen: input.seen ?? null, actor: person(parts, input.actor), reason: words ?? null }
}
