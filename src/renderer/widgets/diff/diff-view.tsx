/**
 * Two versions in one, as lines with `+` and `−`; what a reader of the page hears says the same. Of documents of
 * megabytes the lines in sight are drawn, and a long line a page at a time; what is looked for is found in all of them.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { Copy } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import { FindBar } from '../find/find-bar.tsx'
import { useCopying } from '../find/use-copying.ts'
import { MeasuredLines } from '../lines/measured-lines.tsx'
import { page } from '../text/pages.ts'
import { DiffLine, marks, type ShownLine } from './diff-line.tsx'
import { findInLines, type Hit, mostHits } from './find-in-lines.ts'
import './diff.css'

/** What is no longer than this is seen at a glance: nobody looks for anything in it. */
const glance = { lines: 12, characters: 1_000 }

interface DiffViewProps {
  readonly lines: readonly ShownLine[]
  readonly label: string
}

export function DiffView({ lines, label }: DiffViewProps) {
  const [sought, setSought] = useState('')
  const text = useDeferredValue(sought)
  const hits = useMemo(() => findInLines(lines, text), [lines, text])
  const hitsOfLines = useMemo(() => Map.groupBy(hits, ({ line }) => line), [hits])
  const [shown, setShown] = useState<{ readonly place: number }>()
  /** Of lines of which more than a page is shown, how many characters. */
  const [lengths, setLengths] = useState<ReadonlyMap<number, number>>(new Map())
  const [copied, copy] = useCopying()
  const scroller = useRef<HTMLDivElement>(null)
  /** The hit that is to come into sight as soon as it is drawn: once, or nobody could scroll away from it. */
  const awaited = useRef<Hit>(undefined)
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => 20, overscan: 12 })
  const lengthOf = (line: number): number => lengths.get(line) ?? page
  const reach = (line: number, length: number): void => setLengths((before) => new Map(before).set(line, length))

  const seek = (words: string): void => {
    setSought(words)
    setShown(undefined)
  }
  const show = (place: number): void => {
    const hit = hits[place]
    if (hit === undefined) return
    awaited.current = hit
    setShown({ place })
    if (hit.end > lengthOf(hit.line)) reach(hit.line, Math.ceil(hit.end / page) * page)
    const isDrawn = virtual.getVirtualItems().some(({ index }) => index === hit.line)
    const [top] = virtual.getOffsetForIndex(hit.line, 'start') ?? []
    if (!isDrawn && top !== undefined) scroller.current?.scrollTo({ top })
  }
  const drawn = (hit: Hit, place: HTMLElement): void => {
    if (awaited.current !== hit) return
    awaited.current = undefined
    place.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  return (
    <div className="diff-view">
      {!isSeenAtAGlance(lines) && (
        <FindBar
          label="Find in the difference"
          sought={sought}
          onSeek={seek}
          count={hits.length}
          most={mostHits}
          place={shown?.place}
          onShow={show}
          idle={copied}
        >
          <IconButton icon={Copy} label="Copy the difference" onPress={() => copy('Difference', lines.map(written).join('\n'))} />
        </FindBar>
      )}
      <div className="lines" ref={scroller} role="region" aria-label={label} tabIndex={0}>
        <MeasuredLines virtual={virtual}>
          {(index) => {
            const line = lines[index]
            return (
              line !== undefined && (
                <DiffLine
                  line={line}
                  length={lengthOf(index)}
                  onMore={() => reach(index, lengthOf(index) + page)}
                  hits={hitsOfLines.get(index) ?? none}
                  current={shown && hits[shown.place]}
                  onDrawn={drawn}
                />
              )
            )
          }}
        </MeasuredLines>
      </div>
    </div>
  )
}

const none: readonly Hit[] = []

function isSeenAtAGlance(lines: readonly ShownLine[]): boolean {
  return lines.length <= glance.lines && lines.every(({ parts }) => parts.reduce((sum, { text }) => sum + text.length, 0) <= glance.characters)
}

const written = ({ kind, depth, parts }: ShownLine): string => `${marks[kind] || ' '} ${'  '.repeat(depth)}${parts.map(({ text }) => text).join('')}`
