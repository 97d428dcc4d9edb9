import type { Json } from '../../../model/json.ts'
import { JsonDiff } from './json-diff.tsx'
import { TextDiff } from './text-diff.tsx'
import './edit-diff.css'

interface EditDiffProps {
  readonly before: Json
  readonly after: Json
  /** What is edited, where several things may be. */
  readonly of?: string
}

/** What an edit changes, before it is given and after. */
export function EditDiff({ before, after, of }: EditDiffProps) {
  const edit = of === undefined ? 'edit' : `edit of ${of}`
  return (
    <section className="edit-diff" aria-label={`What the ${edit} changes`}>
      <h3>What the {edit} changes</h3>
      {typeof before === 'string' && typeof after === 'string' ? (
        <TextDiff before={before} after={after} label={`The ${edit}`} />
      ) : (
        <JsonDiff before={before} after={after} label={`The ${edit}`} />
      )}
    </section>
  )
}
