/** Why the desktop has no workspace open, as main last said; null where it has one, or is about to. */
import { create } from 'zustand'
import type { Refusal } from '../../contract/desktop/refusal.ts'

export const useRefusal = create<{ readonly refusal: Refusal | null }>()(() => ({ refusal: null }))
