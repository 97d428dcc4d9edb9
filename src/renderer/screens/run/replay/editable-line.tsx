import type { Failure } from '../../../../model/failure.ts'
import type { RunId } from '../../../../model/ids.ts'
import type { Json } from '../../../../model/json.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { parseJson } from '../../../widgets/json/parse-json.ts'
import { same } from '../../../widgets/diff/json-lines.ts'
import type { Written } from '../../../widgets/schema-form/written.ts'
import { Disclosure } from '../inspector/disclosure.tsx'
import { LoadLarge, useStored } from '../inspector/stored-value.tsx'
import { type Edit, useReplayDraft, useReplayDrafts } from './drafts.ts'
import { type Changed, type Editable, problemsOf, refusalsAt } from './edits.ts'
import type { Migrated } from './use-migrated.ts'
import { ValueEdit } from './value-edit.tsx'

interface EditableLineProps {
  readonly run: RunId
  readonly editable: Editable
  readonly changed: Changed
  readonly refused: readonly Failure[]
  /** What the definition makes of the edit. */
  readonly made: Json | undefined
  /** What another definition makes of the values that are taken over; undefined until it is known. */
  readonly migrated: Migrated | undefined
}

/** A value that is taken over; its editor is made when it is opened, and stays open while it is edited. */
export function EditableLine({ run, editable, changed, refused, made, migrated }: EditableLineProps) {
  const { key, name, since } = editable
  const edit = changed.find(([each]) => each === editable)?.[1]
  const faults = edit === undefined ? [] : [...problemsOf(editable, edit), ...refusalsAt(editable, refused)]
  const isWrong = faults.length > 0
  const set = migrated?.has(key) === true ? 'migrated' : `set at checkpoint ${since}`
  const aside = edit === undefined ? set : isWrong ? 'does not fit' : 'edited'
  return (
    <Disclosure title={name} aside={<span className={isWrong ? 'wrong' : undefined}>{aside}</span>} openAtFirst={edit !== undefined}>
      {() => <Opened run={run} editable={editable} refused={refused} made={made} migrated={migrated} />}
    </Disclosure>
  )
}

function Opened({ run, editable, refused, made, migrated }: Omit<EditableLineProps, 'changed'>) {
  const { key, name, address, schema, isSensitive } = editable
  const edit = useReplayDraft(run).edits[key]
  const there = migrated?.get(key)
  const { value: stored, size, problem, load } = useStored(there === undefined ? address : null)
  const asItIs = migrated === undefined ? undefined : stored
  const before = there === undefined ? asItIs : there
  if (problem !== undefined) {
    return (
      <Callout tone="failure" title="The value could not be read">
        {problem}
      </Callout>
    )
  }
  if (size !== undefined) return <LoadLarge size={size} onLoad={load} />
  if (before === undefined) return <Skeleton lines={3} height="20px" />
  const { change } = useReplayDrafts.getState()
  const write = ({ value, written }: Written): void => {
    // What is no JSON yet is not forgotten: nothing is begun without it.
    const isBroken = written !== null && parseJson(written).problem !== undefined
    const isChange = isBroken || value === undefined || !same(value, before)
    const changed: Edit = { value, written, isChange, isSecret: isSensitive }
    change(run, (draft) => ({ ...draft, edits: { ...draft.edits, [key]: changed } }))
  }
  const takeBack = (): void => {
    change(run, ({ edits: { [key]: _, ...edits }, ...draft }) => ({ ...draft, edits }))
  }
  return (
    <>
      {isSensitive && <p className="quiet">Marked as sensitive: what you write here is gone with the page.</p>}
      <ValueEdit
        name={name}
        schema={schema}
        before={before}
        edit={edit}
        problems={edit === undefined ? [] : problemsOf(editable, edit)}
        refusals={edit?.isChange === true ? refusalsAt(editable, refused) : []}
        after={edit?.value === undefined || same(edit.value, before) ? undefined : (made ?? edit.value)}
        onWrite={write}
        onTakeBack={takeBack}
      />
    </>
  )
}
