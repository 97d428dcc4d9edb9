import { Bookmark, BookmarkPlus, PencilLine, Save, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { TextDialog } from '../../widgets/dialog/text-dialog.tsx'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { PopupMenu, type MenuChoice } from '../../widgets/menu/popup-menu.tsx'
import type { Columns } from '../../widgets/run-table/columns.ts'
import type { Asking } from './search.ts'
import type { Ask } from './use-ask.ts'
import { useViews } from './view-store.ts'
import { freeName, hasChanged, longestName, type SavedView, shippedViews, type View } from './views.ts'

interface ViewActionsProps {
  readonly view: View | undefined
  readonly asking: Asking
  readonly columns: Columns
  readonly onShow: Ask
}

/** What can be done with the view that is shown. */
export function ViewActions({ view, asking, columns, onShow }: ViewActionsProps) {
  const views = useViews((store) => store.views)
  const { save, remove, putBack } = useViews.getState()
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const own = views.find(({ id }) => id === view?.id)
  const isChanged = view !== undefined && hasChanged(view, asking, columns)
  const names = [...shippedViews, ...views].map(({ name }) => name)
  const notOwn = view === undefined ? 'this is no view yet' : own === undefined ? 'it comes with the console' : undefined

  const saveAs = (name: string): void => {
    const made: SavedView = { id: crypto.randomUUID(), name: freeName(name, names), ...asking, columns }
    save(made)
    onShow(asking, made.id)
    tell.done(`Saved as ${made.name}`, 'It is kept on this machine.')
  }
  const removeView = (gone: SavedView): void => {
    const index = views.indexOf(gone)
    remove(gone.id)
    onShow(asking, undefined)
    tell.done(`${gone.name} was deleted`, undefined, {
      label: 'Undo',
      run: () => {
        save(gone, index)
        onShow(gone, gone.id)
      },
    })
  }
  const choices: readonly MenuChoice[] = [
    {
      label: 'Save',
      icon: Save,
      unavailable: notOwn ?? (isChanged ? undefined : 'nothing was changed'),
      onChoose: () => own !== undefined && save({ ...own, ...asking, columns }),
    },
    { label: 'Save as a new view…', icon: BookmarkPlus, onChoose: () => setNaming('new') },
    {
      label: own === undefined ? 'Put back as it was' : 'Put back as saved',
      icon: Undo2,
      unavailable: isChanged ? undefined : 'nothing was changed',
      onChoose: () => {
        if (view === undefined) return
        putBack(view.id)
        onShow(view, view.id)
      },
    },
    { label: 'Rename…', icon: PencilLine, unavailable: notOwn, onChoose: () => setNaming('rename') },
    { label: 'Delete', icon: Trash2, unavailable: notOwn, onChoose: () => own !== undefined && removeView(own) },
  ]
  return (
    <>
      <PopupMenu
        label="View"
        choices={choices}
        trigger={
          <button type="button" className="button">
            <Bookmark size={14} aria-hidden />
            <span className="word">View</span>
          </button>
        }
      />
      {naming !== null && (
        <TextDialog
          title={naming === 'new' ? 'Save as a new view' : 'Rename the view'}
          label="Name"
          text={naming === 'new' ? freeName(own?.name ?? 'My view', names) : (own?.name ?? '')}
          most={longestName}
          verb="Save"
          faultOf={(name) => (name === '' ? `a name has 1 to ${longestName} characters` : undefined)}
          onDone={(name) => {
            if (naming === 'new') saveAs(name)
            else if (own !== undefined) save({ ...own, name })
            return true
          }}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  )
}
