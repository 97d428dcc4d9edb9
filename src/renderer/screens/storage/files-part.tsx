import type { Outputs } from '../../../contract/index.ts'
import { bytes } from '../../../model/bytes.ts'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { filesOf } from './files.ts'
import './storage-part.css'
import './files-part.css'

type Use = Outputs['storage']['get']

/** What the files of the workspace hold, as parts of one bar and in words. */
export function FilesPart({ use }: { readonly use: Use | undefined }) {
  if (use === undefined) return <Skeleton lines={4} />
  const parts = filesOf(use)
  const total = parts.reduce((sum, part) => sum + part.bytes, 0)
  return (
    <div className="storage-part files-part">
      <p className="total">
        <strong>{bytes(total)}</strong>
        <span className="quiet">in the workspace&apos;s folder .cairn</span>
      </p>
      <div className="bar" aria-hidden>
        {parts.map(({ id, bytes: size, isInStore }) => (
          <span key={id} data-part={id} data-store={isInStore} style={{ flexGrow: size }} />
        ))}
      </div>
      <dl>
        {parts.map(({ id, name, note, bytes: size }) => (
          <div key={id} title={note}>
            <dt>
              <span className="mark" data-part={id} aria-hidden />
              {name}
            </dt>
            <dd title={`${size.toLocaleString('en')} bytes`}>{bytes(size)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
