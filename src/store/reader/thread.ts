/** Entry of the reader's thread. */
import { reading } from '../sqlite/reading.ts'
import { answerRequests } from '../thread/answering-thread.ts'
import { openReads } from './reads.ts'

answerRequests((opening) => reading(opening.workspace, () => openReads(opening.workspace, opening)))
