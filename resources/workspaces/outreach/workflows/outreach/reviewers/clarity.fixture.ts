/** Real prose for the table tests: what the clarity reviewer must mark down, and what it must leave alone. */
export const faulty: readonly string[] = [
  'In order to utilize the portal, you must obtain a password prior to the start. A number of users have sufficient rights.',
  'Owing to the fact that numerous modifications have been implemented in the infrastructure, subsequent delays of considerable duration are anticipated throughout the organization.',
  'Organizational responsibilities regarding administrative authorization procedures remain under investigation pending comprehensive documentation. Administrative authorization procedures necessitate organizational accountability, interdepartmental communication and comprehensive documentation.',
  'We write to you because the delivery that you ordered in March, which was meant to leave the port at the start of April but had to wait for a ship that then had to turn back in a storm, will be late.',
  'Contractual compensation entitlements necessitate individualized determination by independent specialists possessing jurisdictional qualifications. Determination procedures presuppose comprehensive documentation, jurisdictional authorization and organizational accountability.',
  'Until such time as the methodology is approved, we endeavor to furnish results in a timely manner, in excess of what was agreed.',
  'The implementation of the aforementioned requirements facilitates comprehensive interdepartmental communication and accelerates organizational transformation initiatives. Consequently, comprehensive optimization opportunities necessitate additional organizational accountability considerations.',
  'Due to the fact that the office closes, we commence the move in the near future, with the exception of the archive, whether or not it rains.',
]

export const clean: readonly string[] = [
  'Thank you for your order. It leaves our warehouse on Monday, and you will have it by Thursday.',
  'The project is on time. Both plants send their numbers every night, and you see them in the morning.',
  'We found the fault and corrected it. Your reports are right again, and you need not do anything.',
  'The plan costs forty euros a month. You can end it at any time, and you pay nothing after that.',
  'We meet on 4 March at ten. I will bring the contract, and we can go through it page by page.',
  'You asked how long we keep your files. We keep them for a year, and then we delete them.',
  'The pilot takes four weeks and is free. After that, you decide whether you want to keep the reports.',
  'Our office moves in June. The phone numbers stay the same, and so do the people you talk to.',
]
