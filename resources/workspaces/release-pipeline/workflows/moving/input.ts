import { z } from 'cairn'

export const Input = z.object({
  seconds: z.number().min(0).max(60).default(3).describe('How long it looks, in seconds: so that two runs meet'),
})
