import { useState } from 'react'
import { Button } from '../../widgets/button/button.tsx'
import { CopyButton } from '../../widgets/identity/short-id.tsx'

/** So many characters are shown at once. */
const page = 20_000

/** The message as it was received, a piece at a time. */
export function SourcePart({ source }: { readonly source: string }) {
  const [length, setLength] = useState(page)
  const rest = source.length - length
  return (
    <div className="source-part">
      <div className="copy">
        <span className="quiet">{source.length.toLocaleString('en')} characters</span>
        <CopyButton text={source} label="Copy the source" />
      </div>
      <pre tabIndex={0}>{source.slice(0, length)}</pre>
      {rest > 0 && (
        <Button tone="quiet" onPress={() => setLength(length + page)}>
          Show {Math.min(rest, page).toLocaleString('en')} more characters
        </Button>
      )}
    </div>
  )
}
