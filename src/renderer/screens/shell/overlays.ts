import { create } from 'zustand'

/** What can lie over any screen; one at a time. */
type Overlay = 'palette' | 'keys'

interface Overlays {
  readonly open: Overlay | null
  show(overlay: Overlay): void
  close(): void
}

export const useOverlays = create<Overlays>()((set) => ({
  open: null,
  show: (open) => set({ open }),
  close: () => set({ open: null }),
}))
