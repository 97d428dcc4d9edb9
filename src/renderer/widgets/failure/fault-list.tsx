import type { Fault } from '../../../model/policy/policy-view.ts'
import { ShownText } from '../text/shown-text.tsx'
import './fault-list.css'

/** What is wrong with a file, line by line. */
export function FaultList({ faults }: { readonly faults: readonly Fault[] }) {
  return (
    <ol className="fault-list">
      {faults.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          <span className="line">line {line}</span>
          <ShownText text={message} />
        </li>
      ))}
    </ol>
  )
}
