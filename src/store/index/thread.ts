/** Entry of the index's thread. */
import { answerRequests } from '../thread/answering-thread.ts'
import { openIndexMethods } from './methods.ts'

answerRequests((workspace, _, index) => openIndexMethods(workspace, index))
