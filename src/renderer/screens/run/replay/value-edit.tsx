import { Undo2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { Json, JsonSchema } from '../../../../model/json.ts'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { EditDiff } from '../../../widgets/diff/edit-diff.tsx'
import type { Problem } from '../../../widgets/schema-form/check.ts'
import { JsonWay } from '../../../widgets/schema-form/json-way.tsx'
import { ProblemList } from '../../../widgets/schema-form/problem-list.tsx'
import { SchemaForm } from '../../../widgets/schema-form/schema-form.tsx'
import { readWritten, type Written } from '../../../widgets/schema-form/written.ts'
import { TabPanels } from '../../../widgets/tabs/tab-panels.tsx'
import './value-edit.css'

interface ValueEditProps {
  readonly name: string
  readonly schema: JsonSchema | null
  readonly before: Json
  /** What is written in its place; undefined where nothing is. */
  readonly edit: Written | undefined
  /** What does not fit, by the schema or by what the workflow says. */
  readonly problems: readonly Problem[]
  readonly refusals: readonly Problem[]
  /** What comes of it: as the definition makes it, once that is known; undefined where it is what it was. */
  readonly after: Json | undefined
  readonly onWrite: (edit: Written) => void
  readonly onTakeBack: () => void
}

/** A value that is written anew, as a form where its schema allows one or as JSON, and what that changes. */
export function ValueEdit({ name, schema, before, edit, problems, refusals, after, onWrite, onTakeBack }: ValueEditProps) {
  const made = useDeferredValue(after)
  const [way, setWay] = useState<'form' | 'json'>(schema === null || (edit?.written ?? null) !== null ? 'json' : 'form')
  const present: Written = edit ?? { value: before, written: null }
  const id = `replay-${name}`
  const json = (
    <JsonWay
      id={id}
      label={`${name} as JSON`}
      of={present}
      problems={problems}
      title="It does not fit yet"
      onWrite={(text) => onWrite(readWritten(text, present.value))}
    />
  )
  return (
    <div className="value-edit">
      {schema === null ? (
        json
      ) : (
        <TabPanels
          label={`How ${name} is written`}
          chosen={way}
          onChoose={setWay}
          panels={[
            {
              name: 'form',
              title: 'Form',
              content: (
                <SchemaForm
                  schema={schema}
                  value={present.value}
                  problems={[...problems, ...refusals]}
                  saysAll
                  label={name}
                  prefix={id}
                  onChange={(value) => onWrite({ value, written: null })}
                />
              ),
            },
            { name: 'json', title: 'JSON', content: json },
          ]}
        />
      )}
      {(schema === null || way === 'json') && <ProblemList problems={refusals} title="The workflow refuses it" />}
      {edit !== undefined && (
        <div className="result">
          {made === undefined ? (
            <p className="quiet">Nothing is changed by it.</p>
          ) : (
            <EditDiff before={before} after={made} of={name} />
          )}
          <IconButton icon={Undo2} label={`Take the edit of ${name} back`} onPress={onTakeBack} />
        </div>
      )}
    </div>
  )
}
