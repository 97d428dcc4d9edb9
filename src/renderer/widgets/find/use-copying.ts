import { useState } from 'react'

/** What was copied last, in words, and what copies a text. */
export function useCopying(): readonly [copied: string, copy: (what: string, text: string) => void] {
  const [copied, setCopied] = useState('')
  const copy = (what: string, text: string): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(`${what} copied`))
  }
  return [copied, copy]
}
