/** What stands for a replay wherever one is told of: a new run that was forked off another. */
export { GitFork as replayIcon } from 'lucide-react'
