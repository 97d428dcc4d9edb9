import { parseJson } from '../json/parse-json.ts'
import { JsonEditor } from '../json/json-editor.tsx'
import type { Problem } from './check.ts'
import { ProblemList } from './problem-list.tsx'
import { type Written, writtenText } from './written.ts'

interface JsonWayProps {
  readonly id: string
  readonly label: string
  readonly of: Written
  readonly problems: readonly Problem[]
  /** Said above what does not fit. */
  readonly title: string
  readonly onWrite: (text: string) => void
}

/** A value as JSON, and what does not fit of it. */
export function JsonWay({ id, label, of, problems, title, onWrite }: JsonWayProps) {
  const text = writtenText(of)
  const { problem } = parseJson(text)
  return (
    <>
      <JsonEditor id={id} label={label} text={text} problem={problem} onWrite={onWrite} />
      {problem === undefined && <ProblemList problems={problems} title={title} />}
    </>
  )
}
