import { ArrowRight } from 'lucide-react'
import type { RunId } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { JsonTree } from '../../widgets/json/json-tree.tsx'
import { problemsOf } from '../../widgets/schema-form/check.ts'
import { counted } from '../../../model/counted.ts'
import type { Draft } from './drafts.ts'
import { ProblemList } from '../../widgets/schema-form/problem-list.tsx'
import { useRunInput } from './use-take-over.ts'

interface EarlierInputProps {
  readonly run: RunId
  readonly manifest: Manifest
  readonly draft: Draft
  readonly onTake: (input: Json) => void
}

/** The input of an earlier run, held against today's schema before it is taken over. */
export function EarlierInput({ run, manifest, draft, onTake }: EarlierInputProps) {
  const { data: input, error } = useRunInput(run)
  if (error !== null) {
    return (
      <Callout tone="failure" title="The input of this run cannot be read">
        {error.message}
      </Callout>
    )
  }
  if (input === undefined) return <Skeleton lines={6} />
  const problems = problemsOf(manifest.input, input)
  return (
    <section className="earlier-input" aria-label="Its input">
      <div className="bar">
        <Button icon={ArrowRight} onPress={() => onTake(input)}>
          {draft.origin?.run === run ? 'Take it over again' : 'Take this input over'}
        </Button>
        <span className="quiet">
          {problems.length === 0 ? 'It fits version ' : `${counted(problems.length, 'part does', 'parts do')} not fit version `}
          {manifest.version} of the workflow.
        </span>
      </div>
      <ProblemList problems={problems} title="What no longer fits" />
      <JsonTree value={input} label="Input of the earlier run" />
    </section>
  )
}
