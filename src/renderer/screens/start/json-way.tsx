import { parseJson } from '../../widgets/json/parse-json.ts'
import { JsonEditor } from '../../widgets/json/json-editor.tsx'
import type { Problem } from '../../widgets/schema-form/check.ts'
import { ProblemList } from './problem-list.tsx'
import type { Drafting } from './use-draft.ts'

interface JsonWayProps {
  readonly drafting: Drafting
  readonly problems: readonly Problem[]
}

export function JsonWay({ drafting: { draft, setWritten }, problems }: JsonWayProps) {
  const text = draft.written ?? (draft.input === undefined ? '' : JSON.stringify(draft.input, null, 2))
  const { problem } = parseJson(text)
  return (
    <div className="way">
      <JsonEditor id="input-json" label="Input as JSON" text={text} problem={problem} onWrite={setWritten} />
      {problem === undefined && <ProblemList problems={problems} title="It does not fit the input yet" />}
    </div>
  )
}
