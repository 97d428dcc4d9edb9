import { useMemo, useState } from 'react'
import type { Json } from '../../../../model/json.ts'
import { endOf, page, partShown } from '../../../widgets/text/pages.ts'
import { type Piece, piecesOf } from './pieces.ts'

/** How far the long texts of a value are shown. */
export interface Reading {
  readonly pieces: readonly Piece[]
  /** How many characters are shown of the text of that name. */
  readonly lengthOf: (name: string) => number
  readonly show: (name: string, length: number) => void
  /** What is shown in part only, and how much of it: whoever answers has to know. */
  readonly unread: readonly string[]
}

/** `edited` is the text that may be edited, by its name. */
export function useReading(value: Json, besides?: Json, edited?: { readonly name: string; readonly text: string }): Reading {
  const [lengths, setLengths] = useState<ReadonlyMap<string, number>>(new Map())
  const pieces = useMemo(() => piecesOf(value, besides), [value, besides])
  return useMemo(() => {
    const lengthOf = (name: string): number => lengths.get(name) ?? page
    const texts = pieces.flatMap((piece) => (piece.as === 'text' ? [piece] : []))
    const unread = [...texts, ...(edited === undefined ? [] : [edited])].flatMap(({ name, text }) => {
      const part = partShown(text, endOf(text, lengthOf(name)))
      return part === undefined ? [] : [`${name} (${part})`]
    })
    return { pieces, lengthOf, show: (name, length) => setLengths(new Map(lengths).set(name, length)), unread }
  }, [pieces, lengths, edited])
}
