import type { Failure } from '../../../model/failure.ts'
import './failure-view.css'

/** A failure in full: what, where, the way out, and the stack in the author's own files. */
export function FailureView({ failure }: { readonly failure: Failure }) {
  const { name, message, path, wayOut, stack, code } = failure
  return (
    <div className="failure-view">
      <p className="what">
        <span className="class" data-tone="failure">
          {failure.class.replaceAll('_', ' ')}
        </span>
        <strong>{name}</strong>
        {code !== undefined && <code>{code}</code>}
      </p>
      <p className="message">{message}</p>
      {path !== undefined && (
        <p className="quiet">
          at <code>{path}</code>
        </p>
      )}
      {wayOut !== undefined && <p>{wayOut}</p>}
      {stack !== undefined && <pre tabIndex={0}>{stack}</pre>}
    </div>
  )
}
