/** Words that say how others hang together, not what a text is about. Words of one or two letters are not listed. */
export const functionWords: ReadonlySet<string> = new Set(
  `about above after again against all also although always and another any are aren't around because been before being
  below between both but can can't cannot could couldn't did didn't does doesn't doing don't done down during each either
  else enough even ever every everything few first for from further gave get gets give given gives going gone got had has
  have haven't having hence her here hers herself him himself his how however into isn't it's its itself just last least
  less let let's like made make makes many may might mine more most much must myself neither never next nor not nothing
  now off often once one ones only onto other others our ours ourselves out over own per perhaps please rather same second
  several shall she should since some something still such than that that's the their theirs them themselves then there
  therefore these they thing things this those though three through thus too toward towards two under unless until upon
  very want wants was wasn't way we're were weren't what when where whether which while who whom whose why will with within
  without won't would yes yet you you're your yours yourself`
    .split(/\s+/),
)
