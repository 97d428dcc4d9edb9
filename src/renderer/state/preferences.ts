/** What a person set for themselves on this machine; it outlives the tab. */
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>

/** A browser knows some zones, and throws for every other. */
function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const Preferences = z.object({
  theme: Theme.catch('system'),
  /** A name of the tz database, or `local` for the zone of this machine. */
  zone: z.string().refine((zone) => zone === 'local' || isZone(zone)).catch('local'),
  /** Whether the navigation shows its words. */
  wide: z.boolean().catch(true),
})
type Preferences = z.infer<typeof Preferences>

interface Setters {
  setTheme(theme: Theme): void
  setZone(zone: string): void
  setWide(wide: boolean): void
}

export const usePreferences = create<Preferences & Setters>()(
  persist(
    (set) => ({
      ...Preferences.parse({}),
      setTheme: (theme) => set({ theme }),
      setZone: (zone) => set({ zone }),
      setWide: (wide) => set({ wide }),
    }),
    {
      name: 'cairn.preferences',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ theme, zone, wide }) => ({ theme, zone, wide }),
      merge: (stored, present) => ({ ...present, ...Preferences.parse(stored ?? {}) }),
    },
  ),
)

/** The zone in which every time of the console is shown. */
export function useZone(): string {
  return usePreferences(({ zone }) => (zone === 'local' ? localZone : zone))
}

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Keeps the page in the chosen theme; `system` leaves it to the style sheet. */
export function keepTheme(): void {
  const show = ({ theme }: Preferences): void => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }
  show(usePreferences.getState())
  usePreferences.subscribe(show)
}
