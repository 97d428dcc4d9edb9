import { getRouteApi, Link } from '@tanstack/react-router'
import { Braces, X } from 'lucide-react'
import { bytes } from '../../../model/bytes.ts'
import { otherFields, type StorageUse, type ValueUse } from '../../../model/storage-use.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { ByteTable } from './byte-table.tsx'
import './values-part.css'

const route = getRouteApi('/storage')

/** Fields that are named in a line; the others are counted. */
const mostNamed = 5

/** What values take, by the step that they are of and the fields at the top of them. */
export function ValuesPart({ use }: { readonly use: Pick<StorageUse, 'values'> | undefined }) {
  const { workflow } = route.useSearch()
  const values = use?.values.filter((value) => workflow === undefined || value.workflow === workflow)
  const aside =
    workflow === undefined ? undefined : (
      <Link to="/storage" search={{}} className="values-part-filter" title="Those of all workflows">
        {workflow} <X size={12} aria-hidden />
        <span className="unseen">: show those of all workflows</span>
      </Link>
    )
  return (
    <Panel title="Values, by step and field" aside={aside} flush>
      {values?.length === 0 ? (
        <Empty icon={Braces} title="No values">
          {workflow === undefined ? 'No run has left any yet.' : `No run of ${workflow} has left any.`}
        </Empty>
      ) : (
        <ByteTable
          label="Bytes of values by step"
          of="Step"
          note="Fields"
          rows={values?.map((value) => ({
            id: `${value.workflow} ${value.kind} ${value.step ?? ''}`,
            name: <Name value={value} withWorkflow={workflow === undefined} />,
            bytes: value.bytes,
            note: <Fields fields={value.fields} />,
          }))}
        />
      )}
    </Panel>
  )
}

const kinds = { input: 'Input', context: 'Context', output: '', decision: 'Shown or edited at ' } as const

function Name({ value: { workflow, kind, step }, withWorkflow }: { readonly value: ValueUse; readonly withWorkflow: boolean }) {
  return (
    <>
      {kinds[kind]}
      {step}
      {withWorkflow && <span className="quiet"> of {workflow}</span>}
    </>
  )
}

function Fields({ fields }: Pick<ValueUse, 'fields'>) {
  const named = fields.filter(({ field }) => field !== '').slice(0, mostNamed)
  const left = fields.length - named.length
  if (named.length === 0) return <span className="quiet">as a whole</span>
  return (
    <ul className="values-part-fields">
      {named.map(({ field, bytes: size }) => (
        <li key={field}>
          <FieldName field={field} />{' '}
          {bytes(size)}
        </li>
      ))}
      {left > 0 && <li className="quiet">{left} more</li>}
    </ul>
  )
}

function FieldName({ field }: { readonly field: string }) {
  if (field === otherFields) return <span className="quiet">other fields</span>
  return (
    <code>
      <ShownText text={field} />
    </code>
  )
}
