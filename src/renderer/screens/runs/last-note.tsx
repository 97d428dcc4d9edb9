import { Button } from '../../widgets/button/button.tsx'

/** Says that the list is filtered as it was last time, though nobody asked for it now. */
export function LastNote({ onClear }: { readonly onClear: () => void }) {
  return (
    <p className="last-note quiet" role="status">
      As you left it
      <Button tone="quiet" onPress={onClear}>
        Show all
      </Button>
    </p>
  )
}
