import { useState } from 'react'
import type { RunId } from '../../../../model/ids.ts'
import type { Edited } from '../../../../model/replay.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { nameOfKey } from '../../../widgets/identity/state-key.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Part } from '../inspector/part.tsx'
import { useReplayDrafts } from './drafts.ts'
import { EditableLine } from './editable-line.tsx'
import { type Changed, type Editable, hasAnotherInput } from './edits.ts'
import type { Migrated } from './use-migrated.ts'
import type { Foretold } from './use-replay-preview.ts'

interface EditsPartProps {
  readonly run: RunId
  readonly editables: readonly Editable[]
  readonly changed: Changed
  /** Keys that were edited, but are not taken over from here. */
  readonly left: readonly string[]
  readonly foretold: Foretold
  readonly migrated: Migrated | undefined
}

const page = 50

/** All that the replay takes over: what is opened can be written anew. */
export function EditsPart({ run, editables, changed, left, foretold, migrated }: EditsPartProps) {
  const [most, setMost] = useState(0)
  const newest = editables.filter(({ output }) => output === null || output.isNewest)
  const earlier = editables.filter(({ output }) => output !== null && !output.isNewest)
  // One that was edited is never out of sight.
  const shown = earlier.filter((each, index) => index >= earlier.length - most || changed.some(([one]) => one === each))
  const edits = new Map<string, Edited>((foretold.isOld ? [] : (foretold.told?.edits ?? [])).map((each) => [each.key, each]))
  const line = (each: Editable) => (
    <EditableLine
      key={`${each.key} ${each.address}`}
      run={run}
      editable={each}
      changed={changed}
      refused={foretold.refused}
      made={edits.get(each.key)?.after}
      migrated={migrated}
    />
  )
  const rest = earlier.length - shown.length
  return (
    <Part
      title="Edit first"
      aside={<span className="quiet">{changed.length === 0 ? 'nothing is edited' : `${changed.length} edited`}</span>}
    >
      <p className="quiet">
        {hasAnotherInput(changed)
          ? 'With another input every step runs again, but for those whose output you write: that stands as it is given.'
          : 'Open what the new run is to have otherwise. What goes by it runs again.'}
      </p>
      {left.length > 0 && <LeftOut run={run} keys={left} />}
      {newest.map(line)}
      {shown.map(line)}
      {rest > 0 && (
        <Button tone="quiet" onPress={() => setMost(most + page)}>
          Outputs of {rest} earlier {rest === 1 ? 'iteration' : 'iterations'}
        </Button>
      )}
    </Part>
  )
}

function LeftOut({ run, keys }: { readonly run: RunId; readonly keys: readonly string[] }) {
  const takeBack = (): void => {
    useReplayDrafts.getState().change(run, (draft) => ({
      ...draft,
      edits: Object.fromEntries(Object.entries(draft.edits).filter(([key]) => !keys.includes(key))),
    }))
  }
  return (
    <Callout tone="attention" title={`Not edited from here: ${keys.map(nameOfKey).join(', ')}`}>
      <p>It is not there at this checkpoint, or not with this definition. What you wrote stays for where it is.</p>
      <Button onPress={takeBack}>Take it back</Button>
    </Callout>
  )
}
