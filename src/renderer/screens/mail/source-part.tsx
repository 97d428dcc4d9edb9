import { useState } from 'react'
import { CopyButton } from '../../widgets/identity/short-id.tsx'
import { PagedText } from '../../widgets/text/paged-text.tsx'
import { page } from '../../widgets/text/pages.ts'

/** The message as it was received, a piece at a time. */
export function SourcePart({ source }: { readonly source: string }) {
  const [length, setLength] = useState(page)
  return (
    <div className="source-part">
      <div className="copy">
        <span className="quiet">{source.length.toLocaleString('en')} characters</span>
        <CopyButton text={source} label="Copy the source" />
      </div>
      <pre tabIndex={0}>
        <PagedText text={source} length={length} onLength={setLength} />
      </pre>
    </div>
  )
}
