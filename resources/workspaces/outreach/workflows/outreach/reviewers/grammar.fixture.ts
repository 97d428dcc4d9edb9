/** Real prose for the table tests: what the grammar reviewer must mark down, and what it must leave alone. */
export const faulty: readonly string[] = [
  'We was hoping to recieve your answer by friday. The contract ends soon, and the the new one must start at once.',
  'The team should of told you earlier. We are sorry for the inconvienence, and we has found a hour for a call.',
  'Its a pleasure to invite you to our workshop. We has found a hour for alot of questions, and the lunch dont cost anything.',
  'She dont know about the delivery. We has sent the boxes on monday, and they was broken when they recieved them.',
  'The report, which was wrote by our team, contain many usefull details about the most best customers.',
  'You must of seen our seperate invoice. It is definately not the same as the the one that we send each month.',
  'He have asked for a offer. I has prepared it, but the prices is only valid untill the end of the month.',
  'I would of called you , but the number were wrong. Irregardless, we could meet on tuesday for a hour.',
]

export const clean: readonly string[] = [
  'Thank you for your order. It leaves our warehouse on Monday, and you will have it by Thursday. The invoice is in the box.',
  'We met at the trade fair in Lisbon last month, and you asked me for our price list. I attach it to this message.',
  'The meeting has moved to 3 p.m. on 4 March. Please tell us by Friday if that does not suit you.',
  'Your team has finished the first part of the project. The second part starts next week and takes about a month.',
  'I have spoken to our engineers. They tell me that the new version corrects the fault, and that it is ready now.',
  'If you order before the end of the month, delivery is free. After that, it costs eight euros for each box.',
  "It's time to renew your plan. Nothing changes for you: the price stays the same, and so does its length.",
  'We made a mistake in your last invoice, and we are sorry. You have already paid too much, so we return the difference.',
]
