/** What every field of a form shares: the value that it is a part of, and what is wrong where. */
import { type ComponentType, createContext, use } from 'react'
import type { Json, JsonSchema } from '../../../model/json.ts'
import type { Path } from './path.ts'

export interface FormParts {
  /** References are read from here. */
  readonly root: JsonSchema
  readonly value: Json | undefined
  write(path: Path, part: Json | undefined): void
  /** What may be said of what is wrong just there. */
  problemsAt(path: Path): readonly string[]
  idOf(path: Path): string
  /** The component of any field, for those that have fields in them. */
  readonly Field: ComponentType<FieldProps>
}

export const FormContext = createContext<FormParts | undefined>(undefined)

/** @throws Error outside a form */
export function useForm(): FormParts {
  const form = use(FormContext)
  if (form === undefined) throw new Error('a field is shown outside its form')
  return form
}

export interface FieldProps {
  readonly schema: JsonSchema
  readonly path: Path
  readonly label: string
  readonly required: boolean
}
