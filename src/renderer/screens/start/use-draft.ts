import { useMemo } from 'react'
import type { RunId } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { withoutHidden } from '../../../model/sensitive/hidden.ts'
import { filled } from '../../widgets/schema-form/filled.ts'
import { readWritten } from '../../widgets/schema-form/written.ts'
import { type Draft, draftOf, useDrafts } from './drafts.ts'

/** The one value that form, JSON and earlier runs all write. */
export interface Drafting {
  readonly draft: Draft
  /** Something was filled in: there is something to lose. */
  readonly isTouched: boolean
  setInput(input: Json | undefined): void
  /** The input as JSON; it is the input as soon as it can be read. */
  setWritten(text: string): void
  setContext(context: Json | undefined): void
  setCorrelation(correlation: string): void
  takeOver(run: RunId, input: Json): void
  reset(): void
}

export function useDraft({ name, input: schema, inputSensitive: isSecret }: Manifest): Drafting {
  const stored = useDrafts(({ drafts }) => draftOf(drafts, name))
  const fresh = useMemo((): Draft => {
    return { input: filled(schema, undefined, schema), written: null, correlation: '', origin: null, isSecret }
  }, [schema, isSecret])
  const draft = stored ?? fresh
  return useMemo(() => {
    const { write, drop } = useDrafts.getState()
    const set = (part: Partial<Draft>): void => write(name, { ...(draftOf(useDrafts.getState().drafts, name) ?? fresh), ...part })
    return {
      draft,
      isTouched: stored !== undefined,
      setInput: (input) => set({ input, written: null }),
      setWritten(text) {
        const { value, written } = readWritten(text, draft.input)
        set({ input: value, written })
      },
      setContext: (context) => set({ context }),
      setCorrelation: (correlation) => set({ correlation }),
      takeOver: (run, given) => {
        // What was hidden of it is another run's: here it has to be written.
        const input = withoutHidden(given) ?? null
        set({ input, written: null, origin: { run, input } })
      },
      reset: () => drop(name),
    }
  }, [name, fresh, draft, stored])
}
