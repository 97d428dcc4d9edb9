import type { Failure } from '../../../model/failure.ts'
import { ShownText } from '../text/shown-text.tsx'

/** Where a failure is, and what can be done about it, as far as it says. */
export function WayOut({ of: { path, wayOut } }: { readonly of: Pick<Failure, 'path' | 'wayOut'> }) {
  return (
    <>
      {path !== undefined && (
        <p className="quiet">
          at{' '}
          <code>
            <ShownText text={path} />
          </code>
        </p>
      )}
      {wayOut !== undefined && (
        <p>
          <ShownText text={wayOut} />
        </p>
      )}
    </>
  )
}
