import { useState } from 'react'
import { copyText } from '../feedback/copy-text.ts'

/** What was copied last, in words, and what copies a text. */
export function useCopying(): readonly [copied: string, copy: (what: string, text: string) => void] {
  const [copied, setCopied] = useState('')
  const copy = async (what: string, text: string): Promise<void> => {
    if (await copyText(text)) setCopied(`${what} copied`)
  }
  return [copied, (what, text) => void copy(what, text)]
}
