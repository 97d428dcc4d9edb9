/** A form made from a JSON Schema. The value and what is wrong with it come from outside. */
import { useId, useMemo } from 'react'
import type { Json, JsonSchema } from '../../../model/json.ts'
import type { Problem } from './check.ts'
import { FieldView } from './field-view.tsx'
import { FormContext, type FormParts } from './form-context.ts'
import { pathText, writeAt } from './path.ts'
import { useLeft } from './use-left.ts'
import './schema-form.css'

interface SchemaFormProps {
  readonly schema: JsonSchema
  readonly value: Json | undefined
  readonly problems: readonly Problem[]
  /** Every problem is said, not only those of fields that were left. */
  readonly saysAll: boolean
  readonly label: string
  /** Before the ids of its fields; `idIn` makes the same. */
  readonly prefix: string
  readonly onChange: (value: Json | undefined) => void
}

/** The id of the field at a path in the form of that prefix. */
export const idIn = (prefix: string, path: readonly string[]): string => `${prefix}:${pathText(path)}`

export function SchemaForm({ schema, value, problems, saysAll, label, prefix, onChange }: SchemaFormProps) {
  const { place, left } = useLeft()
  const form = useMemo((): FormParts => {
    return {
      root: schema,
      value,
      write: (path, part) => onChange(writeAt(value, path, part)),
      problemsAt(path) {
        const at = pathText(path)
        if (!saysAll && !left.has(at)) return []
        return problems.filter((problem) => pathText(problem.path) === at).map(({ message }) => message)
      },
      idOf: (path) => idIn(prefix, path),
      Field: FieldView,
    }
  }, [schema, value, problems, saysAll, left, prefix, onChange])
  const name = useId()
  return (
    <FormContext value={form}>
      <div ref={place} className="schema-form" role="group" aria-labelledby={name}>
        <span id={name} className="unseen">
          {label}
        </span>
        <FieldView schema={schema} path={[]} label={label} required />
      </div>
    </FormContext>
  )
}
