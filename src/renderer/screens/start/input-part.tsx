import { useId } from 'react'
import type { Manifest } from '../../../model/manifest.ts'
import { JsonWay } from '../../widgets/schema-form/json-way.tsx'
import { SchemaForm } from '../../widgets/schema-form/schema-form.tsx'
import { TabPanels } from '../../widgets/tabs/tab-panels.tsx'
import { EarlierWay } from './earlier-way.tsx'
import type { Drafting } from './use-draft.ts'
import type { Starting } from './use-starting.ts'
import type { Way } from './way.ts'

/** With this the ids of the form's fields begin. */
export const inputId = 'input'
/** The id of the field of JSON. */
export const jsonId = 'input-json'

interface InputPartProps {
  readonly manifest: Manifest
  readonly drafting: Drafting
  readonly starting: Starting
  readonly way: Way
  readonly onWay: (way: Way) => void
}

/** The input, in each of the ways to write it: they all write the one value. */
export function InputPart({ manifest, drafting, starting, way, onWay }: InputPartProps) {
  const heading = useId()
  const { draft } = drafting
  const form = (
    <SchemaForm
      schema={manifest.input}
      value={draft.input}
      problems={starting.input}
      saysAll={starting.saysAll}
      label="Input"
      prefix={inputId}
      onChange={drafting.setInput}
    />
  )
  const json = (
    <JsonWay
      id={jsonId}
      label="Input as JSON"
      of={{ value: draft.input, written: draft.written }}
      problems={starting.input}
      title="It does not fit the input yet"
      onWrite={drafting.setWritten}
    />
  )
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading} className="unseen">
        Input
      </h2>
      <TabPanels
        label="Where the input comes from"
        chosen={way}
        onChoose={onWay}
        panels={[
          { name: 'form', title: 'Form', content: <div className="way">{form}</div> },
          { name: 'json', title: 'JSON', content: <div className="way">{json}</div> },
          { name: 'earlier', title: 'Earlier run', content: <EarlierWay manifest={manifest} drafting={drafting} /> },
        ]}
      />
    </section>
  )
}
