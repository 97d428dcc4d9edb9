import { type ReactNode, useState } from 'react'
import type { Json } from '../../../../model/json.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'
import { PagedText } from '../../../widgets/text/paged-text.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { inWords, titled } from '../words.ts'
import { isBrief, type Piece, type Scalar } from './pieces.ts'
import type { Reading } from './use-reading.ts'
import './shown-value.css'

interface ShownValueProps {
  readonly value: Json
  readonly reading: Reading
  /** Stands between what is taken in at a glance and what is read. */
  readonly children?: ReactNode
}

/** A value as a person reads it; as JSON on demand. */
export function ShownValue({ value, reading, children }: ShownValueProps) {
  const [isJson, setJson] = useState(false)
  const brief = isJson ? [] : reading.pieces.filter(isBrief)
  const others = isJson ? [] : reading.pieces.filter((piece) => !isBrief(piece))
  return (
    <section className="shown-value" aria-label="What is shown">
      {brief.map((piece, index) => (
        <PieceView key={index} piece={piece} reading={reading} />
      ))}
      {children}
      {isJson && <JsonTree value={value} label="What is shown" />}
      {others.map((piece, index) => (
        <PieceView key={index} piece={piece} reading={reading} />
      ))}
      {value !== null && (
        <div>
          <Button tone="quiet" onPress={() => setJson(!isJson)}>
            {isJson ? 'Show as facts' : 'Show as JSON'}
          </Button>
        </div>
      )}
    </section>
  )
}

function PieceView({ piece, reading }: { readonly piece: Piece; readonly reading: Reading }) {
  switch (piece.as) {
    case 'cards':
      return (
        <Titled name={piece.name}>
          <dl className="cards">
            {piece.cards.map(({ name, value }) => (
              <div key={name}>
                <dt title={spelled(name)}>
                  <ShownText text={inWords(name)} />
                </dt>
                <dd>{value === null ? <span className="quiet">none</span> : <ShownText text={worded(value)} />}</dd>
              </div>
            ))}
          </dl>
        </Titled>
      )
    case 'facts':
      return (
        <dl className="facts">
          {piece.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>
                <ShownText text={inWords(name)} />
              </dt>
              <dd>
                <ShownText text={worded(value)} />
              </dd>
            </div>
          ))}
        </dl>
      )
    case 'text':
      return (
        <Titled name={piece.name}>
          <div className="text">
            <PagedText text={piece.text} length={reading.lengthOf(piece.name)} onLength={(length) => reading.show(piece.name, length)} />
          </div>
        </Titled>
      )
    case 'list':
      return (
        <Titled name={piece.name}>
          <ul className="items">
            {piece.items.map((item, index) => (
              <li key={index}>
                <ShownText text={worded(item)} />
              </li>
            ))}
          </ul>
        </Titled>
      )
    case 'table':
      return <TableView piece={piece} />
    case 'nothing':
      return (
        <p className="quiet">
          None: <ShownText text={piece.names.map(inWords).join(', ')} />
        </p>
      )
    case 'json':
      return (
        <Titled name={piece.name}>
          <JsonTree value={piece.value} label={spelled(titled(piece.name))} />
        </Titled>
      )
  }
}

function Titled({ name, children }: { readonly name: string | null; readonly children: ReactNode }) {
  return (
    <div className="piece">
      {name !== null && (
        <h3>
          <ShownText text={titled(name)} />
        </h3>
      )}
      {children}
    </div>
  )
}

function TableView({ piece: { name, columns, rows } }: { readonly piece: Extract<Piece, { as: 'table' }> }) {
  return (
    <Titled name={`${name} (${rows.length})`}>
      <div className="scroll" tabIndex={0} role="region" aria-label={spelled(titled(name))}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <ShownText text={inWords(column)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={columns[column]} className={typeof cell === 'number' ? 'figure' : undefined}>
                    <ShownText text={worded(cell)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Titled>
  )
}

function worded(value: Scalar): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 6, useGrouping: Math.abs(value) >= 10_000 }) : value
}
