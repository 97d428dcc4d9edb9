import { Search } from 'lucide-react'
import { type RefObject, useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'

/** `/` leads to the query. */
export function useSearchKeys(input: RefObject<HTMLInputElement | null>): void {
  const commands = useMemo((): readonly Command[] => {
    const run = (): void => {
      input.current?.focus()
      input.current?.select()
    }
    return [{ id: 'runs/query', title: 'Look for runs', section: 'Runs', icon: Search, keys: '/', also: 'query filter search', run }]
  }, [input])
  useCommands(commands)
}
