import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { RangeName } from './ranges.ts'

const Kept = z.object({ range: RangeName.catch('1h') })

interface StickyRange extends z.infer<typeof Kept> {
  setRange(range: RangeName): void
}

/** The range that was looked at last: an address that names none shows it. */
export const useStickyRange = create<StickyRange>()(
  persist((set) => ({ range: '1h', setRange: (range) => set({ range }) }), {
    name: 'cairn.overview',
    partialize: ({ range }) => ({ range }),
    merge: (stored, present) => ({ ...present, ...Kept.parse(stored ?? {}) }),
  }),
)
