import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import { copyText } from '../feedback/copy-text.ts'
import './identity.css'

/** The last eight places of an id: ULIDs of one moment differ only there. */
export const shortId = (id: string): string => id.slice(-8)

/** An id as people tell it apart, the whole of it under the pointer. */
export function ShortId({ id }: { readonly id: string }) {
  return (
    <code className="short-id" title={id}>
      {shortId(id)}
    </code>
  )
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    if (!(await copyText(text))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return <IconButton icon={copied ? Check : Copy} label={copied ? 'Copied' : label} onPress={() => void copy()} />
}
